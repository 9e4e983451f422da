using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Identity.Tokens;
using MinaKyukyu.Server.Pages.Markup;

namespace MinaKyukyu.Server.Pages.Access;

/// <summary>The ways into the pages: a one-time link in a demonstration, the department's issuer otherwise.</summary>
internal static class SignInRoutes
{
    public static void Map(WebApplication app, PageRoutes routes, Func<PageSession, string> homeOf)
    {
        PageGate gate = app.Services.GetRequiredService<PageGate>();
        TokenSignIn? tokens = app.Services.GetService<TokenSignIn>();
        routes.Open(
            "/signin",
            async http =>
            {
                if (gate.SignIn(http) is { } session)
                {
                    See(http, WantedOr(http, homeOf(session)));
                }
                else if (tokens is null || !await tokens.BeginAsync(http))
                {
                    await routes.StrangerAsync(http);
                }
            }
        );
        if (tokens is null)
        {
            return;
        }

        routes.Open(
            TokenSignIn.CallbackPath,
            async http =>
            {
                IReadOnlyList<(PageSession Session, string Secret)> sessions =
                    await tokens.EndAsync(http);
                if (sessions.Count == 0)
                {
                    await routes.StrangerAsync(http);
                    return;
                }

                foreach ((PageSession session, string secret) in sessions)
                {
                    PageGate.Keep(http, session, secret);
                }

                await GoOnAsync(http, homeOf(sessions[0].Session));
            }
        );
        if (app.Services.GetService<DevelopmentIssuer>() is { } development)
        {
            MapDevelopment(app, routes, development);
        }
    }

    /// <summary>Its own page, or one that the link names below it.</summary>
    private static string WantedOr(HttpContext http, string home)
    {
        string wanted = http.Request.Query["to"].ToString();
        bool isOurs = wanted == home || wanted.StartsWith(home + "?", StringComparison.Ordinal);
        return isOurs ? wanted : home;
    }

    private static void See(HttpContext http, string path)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = path;
    }

    /// <summary>
    /// By a page and not by a redirect: a browser that comes from the issuer would not send the new cookie, which is for requests
    /// of this site alone, along a chain of redirects.
    /// </summary>
    private static Task GoOnAsync(HttpContext http, string path) =>
        WriteAsync(
            http,
            Html.Of(
                $"""<!doctype html><html lang="ja"><head><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={path}"><title>サインインしました</title></head><body><p><a href="{path}">続ける / go on</a></p></body></html>"""
            )
        );

    /// <summary>Who do you want to be? Loopback only; the start says so aloud.</summary>
    private static void MapDevelopment(
        WebApplication app,
        PageRoutes routes,
        DevelopmentIssuer issuer
    )
    {
        PageFrame frame = app.Services.GetRequiredService<PageFrame>();
        routes.Open(
            DevelopmentIssuer.AuthorizePath,
            http =>
            {
                IQueryCollection query = http.Request.Query;
                if (RoleWords.All.TryGetValue(query["as"].ToString(), out CallerRole role))
                {
                    string code = issuer.Grant(
                        role,
                        query["nonce"].ToString(),
                        query["code_challenge"].ToString()
                    );
                    See(
                        http,
                        TokenSignIn.CallbackPath
                            + QueryString
                                .Create([
                                    new KeyValuePair<string, string?>("code", code),
                                    new("state", query["state"].ToString()),
                                ])
                                .ToString()
                    );
                    return Task.CompletedTask;
                }

                return WriteAsync(http, Choice(frame, http.Request.QueryString.ToString()));
            }
        );
    }

    private static Html Choice(PageFrame frame, string query) =>
        frame.Around(
            new PageHead("模擬サインイン", "Development sign-in", "notice"),
            Html.Of(
                $"""
                <main class="notice-text">
                <p>試行用です。誰として入りますか。 <span lang="en">For demonstrations only. Who do you want to be?</span></p>
                <ul>{Html.Join(
                    RoleWords
                        .All.Where(r => PageGate.HasPage(r.Value) && !r.Value.IsCrew())
                        .OrderBy(r => r.Value)
                        .Select(r =>
                            Html.Of(
                                $"""<li><a href="{DevelopmentIssuer.AuthorizePath + query + "&as=" + r.Key}">{r.Key}</a></li>"""
                            )
                        )
                )}</ul>
                </main>
                """
            )
        );

    private static Task WriteAsync(HttpContext http, Html page)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(page.ToString(), Encoding.UTF8, http.RequestAborted);
    }
}
