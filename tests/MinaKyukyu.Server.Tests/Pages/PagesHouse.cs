using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Incidents.Watch;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Pages.Access;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Tests.Pages;

/// <summary>A whole server on the sample city, in a data directory of its own, and browsers that look at it.</summary>
public sealed partial class PagesHouse : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("mina-pages-").FullName;
    private WebApplication _app = null!;

    internal Uri Web => MinaServer.AddressesOf(_app).Web;

    internal Uri Grpc => MinaServer.AddressesOf(_app).Grpc;

    internal Department Department => _app.Services.GetRequiredService<Department>();

    public async Task InitializeAsync()
    {
        string root = FindRoot();
        _app = MinaServer.Build(
            new MinaServerOptions
            {
                Data = _data,
                City = Path.Combine(root, "samples", "tachikawa"),
                Codes = Path.Combine(root, "codes", "fdma-2026.csv"),
                Grpc = new Uri("http://127.0.0.1:0"),
                Web = new Uri("http://127.0.0.1:0"),
                DemoIdentities = true,
                // Every order is late at once, so that no test waits for an alarm.
                Watch = new WatchOptions
                {
                    DeliveredWithin = TimeSpan.Zero,
                    AcknowledgedWithin = TimeSpan.Zero,
                },
            }
        );
        await _app.StartAsync();
        foreach (UnitPlan unit in Department.City.Plan.Units)
        {
            await SignOnAsync(unit);
        }
    }

    public async Task DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>A browser that came in by a link.</summary>
    internal async Task<Browser> SignInAsync(CallerRole role, UnitId? unit = null)
    {
        Browser browser = Stranger();
        string link = _app.Services.GetRequiredService<SignInLinks>().Mint(role, unit);
        await browser.GetAsync(link);
        return browser;
    }

    internal string MintLink(CallerRole role) =>
        _app.Services.GetRequiredService<SignInLinks>().Mint(role);

    internal Browser Stranger() => new(Web);

    private async Task SignOnAsync(UnitPlan unit)
    {
        var caller = new Caller(
            Department.City.Plan.Id,
            unit.Device,
            StandInKey.Of(unit.Device),
            CallerRole.CrewLeader,
            unit.Crew,
            unit.Id
        );
        var command = new Command(caller, new RequestId($"on-{unit.Id}"), SHA256.HashData([]));
        await _app
            .Services.GetRequiredService<RunDuty>()
            .SignOnAsync(command, unit.Id, null, [], _ => [], default);
    }

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "MinaKyukyu.sln")))
        {
            at = at.Parent;
        }

        return at?.FullName
            ?? throw new DirectoryNotFoundException(
                "The repository's root is not above the tests."
            );
    }
}

/// <summary>What a browser does: keeps cookies, follows nothing by itself, sends back a form's hidden fields.</summary>
internal sealed partial class Browser(Uri web) : IDisposable
{
    private readonly HttpClient _http = new(
        new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }
    )
    {
        BaseAddress = web,
        Timeout = TimeSpan.FromSeconds(20),
    };

    public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
    {
        using HttpResponseMessage answer = await _http.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task<HttpResponseMessage> AskAsync(string path) => _http.GetAsync(path);

    public async Task<(HttpStatusCode Status, string Location)> PostAsync(
        string path,
        Dictionary<string, string> fields
    )
    {
        using var form = new FormUrlEncodedContent(fields);
        using HttpResponseMessage answer = await _http.PostAsync(path, form);
        return (answer.StatusCode, answer.Headers.Location?.ToString() ?? "");
    }

    /// <summary>The hidden fields of the first form that goes to a path.</summary>
    public static Dictionary<string, string> FormOf(string page, string action)
    {
        int start = page.IndexOf($"action=\"{action}\"", StringComparison.Ordinal);
        Assert.True(start >= 0, $"no form goes to {action}");
        string form = page[start..page.IndexOf("</form>", start, StringComparison.Ordinal)];
        return HiddenField()
            .Matches(form)
            .ToDictionary(
                m => m.Groups["name"].Value,
                m => m.Groups["value"].Value,
                StringComparer.Ordinal
            );
    }

    /// <summary>A form whose answer is a page.</summary>
    public async Task<(HttpStatusCode Status, string Text)> PostForPageAsync(
        string path,
        Dictionary<string, string> form
    )
    {
        using HttpResponseMessage response = await _http.PostAsync(
            path,
            new FormUrlEncodedContent(form)
        );
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Opens an incident by the form; returns its id.</summary>
    public async Task<string> OpenAsync(Dictionary<string, string> call)
    {
        (_, string page) = await GetAsync("/board/new");
        Dictionary<string, string> fields = FormOf(page, "/board/new");
        foreach ((string name, string value) in call)
        {
            fields[name] = value;
        }

        (HttpStatusCode status, string location) = await PostAsync("/board/new", fields);
        Assert.Equal(HttpStatusCode.SeeOther, status);
        return location.Split('=')[1];
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex(
        """type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)">""",
        RegexOptions.NonBacktracking
    )]
    private static partial Regex HiddenField();
}
