using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Pages.Access;
using MinaKyukyu.Server.Pages.Board;
using MinaKyukyu.Server.Pages.Crew;
using MinaKyukyu.Server.Pages.Forms;
using MinaKyukyu.Server.Pages.Map;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Pages.Oversight;
using MinaKyukyu.Server.Pages.Report;

namespace MinaKyukyu.Server.Pages;

/// <summary>The door of the pages: board, crew, report, oversight. They work without script, on the web listener alone.</summary>
internal static class PagesModule
{
    private static readonly CallerRole[] Dispatcher = [CallerRole.Dispatcher];
    private static readonly CallerRole[] Crews = [CallerRole.CrewLeader];
    private static readonly CallerRole[] Officers = [CallerRole.InformationOfficer];
    private static readonly CallerRole[] Readers = [CallerRole.Analyst, CallerRole.Dispatcher];

    public static void AddPages(this IServiceCollection services)
    {
        services.AddSingleton<SignInLinks>();
        services.AddSingleton<PageGate>();
        services.AddSingleton<PageFrame>();
        services.AddSingleton<RefusalPage>();
        services.AddSingleton<StreetMap>();
        services.AddSingleton<UnitPlaces>();
        services.AddSingleton<Towns>();
        services.AddSingleton<BoardAdvice>();
        services.AddSingleton<IncidentColumn>();
        services.AddSingleton<BoardMap>();
        services.AddSingleton<UnitColumn>();
        services.AddSingleton<RecommendationCard>();
        services.AddSingleton<OrderWatchLines>();
        services.AddSingleton<ActivityLog>();
        services.AddSingleton<BoardPage>();
        services.AddSingleton<OverridePage>();
        services.AddSingleton<NewIncidentPage>();
        services.AddSingleton<BoardCommands>();
        services.AddSingleton<RestrictedLines>();
        services.AddSingleton<RoadsPage>();
        services.AddSingleton<RoadCommands>();
        services.AddSingleton<OrderSheet>();
        services.AddSingleton<MilestoneButtons>();
        services.AddSingleton<CardFlow>();
        services.AddSingleton<HospitalList>();
        services.AddSingleton<CrewPage>();
        services.AddSingleton<CrewCommands>();
        services.AddSingleton<ReasonTables>();
        services.AddSingleton<ReportPage>();
        services.AddSingleton<OversightPage>();
        services.AddSingleton<NoticePage>();
        services.AddSingleton<OversightCommands>();
    }

    public static void MapPages(this WebApplication app, MinaServerOptions options)
    {
        Telemetry.TelemetryModule.MapMetrics(app);
        var routes = new PageRoutes(app);
        MapWayIn(app, routes);
        MapBoard(app, routes);
        MapCrew(app, routes);
        routes.Get("/report", Readers, app.Services.GetRequiredService<ReportPage>().Show);
        routes.Get(
            OversightPage.Path,
            Officers,
            app.Services.GetRequiredService<OversightPage>().ShowAsync
        );
        routes.Post(
            OversightCommands.ClosePath,
            Officers,
            app.Services.GetRequiredService<OversightCommands>().CloseAsync
        );
        routes.Post(
            OversightCommands.NoticePath,
            Officers,
            app.Services.GetRequiredService<OversightCommands>().PrintAsync
        );
        if (options is { PrintSignInLinks: true, DemoIdentities: true })
        {
            app.Lifetime.ApplicationStarted.Register(() => PrintLinks(app));
        }
    }

    private static void MapWayIn(WebApplication app, PageRoutes routes)
    {
        string stylesheet = ReadStylesheet();
        routes.Open("/", http => See(http, "/board"));
        SignInRoutes.Map(app, routes, HomeOf);
        routes.Open("/pages.css", http => Write(http, "text/css; charset=utf-8", stylesheet));
    }

    private static void MapBoard(WebApplication app, PageRoutes routes)
    {
        BoardCommands commands = app.Services.GetRequiredService<BoardCommands>();
        StreetMap streets = app.Services.GetRequiredService<StreetMap>();
        routes.Get("/board", Dispatcher, app.Services.GetRequiredService<BoardPage>().Show);
        routes.Get(
            "/board/override",
            Dispatcher,
            app.Services.GetRequiredService<OverridePage>().Show
        );
        routes.Get(
            "/board/new",
            Dispatcher,
            app.Services.GetRequiredService<NewIncidentPage>().Show
        );
        routes.Post("/board/new", Dispatcher, commands.OpenAsync);
        routes.Post("/board/assign", Dispatcher, commands.AssignAsync);
        RoadCommands roads = app.Services.GetRequiredService<RoadCommands>();
        routes.Get(RoadsPage.Path, Dispatcher, app.Services.GetRequiredService<RoadsPage>().Show);
        routes.Post(RoadsPage.Path, Dispatcher, roads.RestrictAsync);
        routes.Post(RoadCommands.LiftPath, Dispatcher, roads.LiftAsync);
        // Streets are public; a browser may keep them for the hour, which spares it their redrawing every few seconds.
        routes.Open(
            BoardMap.StreetsPath,
            http => Write(http, "image/svg+xml", streets.Svg, "max-age=3600")
        );
    }

    private static void MapCrew(WebApplication app, PageRoutes routes)
    {
        CrewCommands commands = app.Services.GetRequiredService<CrewCommands>();
        CrewPage page = app.Services.GetRequiredService<CrewPage>();
        routes.Get("/crew", Crews, page.ShowAsync);
        routes.Get("/crew/refused", Crews, page.ShowRefusals);
        routes.Post("/crew/acknowledge", Crews, commands.AcknowledgeAsync);
        routes.Post("/crew/milestone", Crews, commands.TapAsync);
        routes.Post("/crew/withdraw", Crews, commands.WithdrawAsync);
        routes.Post("/crew/no-card", Crews, commands.CloseCardAsync);
        routes.Post("/crew/hospital", Crews, commands.AnswerAsync);
    }

    /// <summary>Where a session begins.</summary>
    private static string HomeOf(PageSession session) =>
        session.Role switch
        {
            CallerRole.CrewLeader => "/crew",
            CallerRole.Analyst => "/report",
            CallerRole.InformationOfficer => OversightPage.Path,
            _ => "/board",
        };

    private static Task See(HttpContext http, string path)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = path;
        return Task.CompletedTask;
    }

    private static Task Write(HttpContext http, string type, string text, string? cache = null)
    {
        http.Response.ContentType = type;
        if (cache is not null)
        {
            http.Response.Headers.CacheControl = cache;
        }

        return http.Response.WriteAsync(text, http.RequestAborted);
    }

    private static string ReadStylesheet()
    {
        using Stream stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream("pages.css")
            ?? throw new InvalidOperationException("The stylesheet is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>For whoever started the server; standard output belongs to the command's own answer.</summary>
    private static void PrintLinks(WebApplication app)
    {
        SignInLinks links = app.Services.GetRequiredService<SignInLinks>();
        string web = MinaServer.AddressesOf(app).Web.GetLeftPart(UriPartial.Authority);
        Console.Error.WriteLine("一回限りのサインイン用リンク / one-time sign-in links:");
        Console.Error.WriteLine($"  指令台 board   {web}{links.Mint(CallerRole.Dispatcher)}");
        Console.Error.WriteLine($"  救急隊 crew    {web}{links.Mint(CallerRole.CrewLeader)}");
        Console.Error.WriteLine($"  統計   report  {web}{links.Mint(CallerRole.Analyst)}");
        Console.Error.WriteLine(
            $"  監督   oversight {web}{links.Mint(CallerRole.InformationOfficer)}"
        );
    }
}
