using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MinaKyukyu.Server.City;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Pages.Markup;

namespace MinaKyukyu.Server.Pages.Access;

/// <summary>Who may see a page, on which listener, and what a browser must never do with it.</summary>
internal sealed class PageGate(MinaServerOptions options, SignInLinks links, PageFrame frame)
{
    /// <summary>No script, nothing from elsewhere, no frame around it.</summary>
    private const string ContentPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>Whether this call came to the pages' own listener; the other one serves no page at all.</summary>
    public static bool IsOnWebListener(WebApplication app, HttpContext http) =>
        http.Connection.LocalPort == MinaServer.AddressesOf(app).Web.Port;

    public static void Harden(HttpResponse response)
    {
        IHeaderDictionary headers = response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    /// <summary>The session of the first of these roles that this browser has; null when it has none.</summary>
    public PageSession? FindSession(HttpRequest request, IEnumerable<CallerRole> roles) =>
        roles
            .Select(role =>
                links.Find(request.Cookies[CookieOf(role)]) is { } s && s.Role == role ? s : null
            )
            .FirstOrDefault(s => s is not null);

    /// <summary>One cookie for each role, so that one browser can have several pages open.</summary>
    public static string CookieOf(CallerRole role) => $"mina-{RoleWords.Of(role)}";

    /// <summary>Whether there is anything to see for this role.</summary>
    public static bool HasPage(CallerRole role) =>
        role
            is CallerRole.CrewLeader
                or CallerRole.Dispatcher
                or CallerRole.Analyst
                or CallerRole.InformationOfficer
                or CallerRole.FireChief;

    /// <summary>Opens the session of a link; null when the link is none or sign-in by link is shut.</summary>
    public PageSession? SignIn(HttpContext http)
    {
        if (
            !options.DemoIdentities
            || links.Redeem(http.Request.Query["token"].ToString()) is not var (session, secret)
        )
        {
            return null;
        }

        Keep(http, session, secret);
        return session;
    }

    /// <summary>Gives the session to this browser alone.</summary>
    public static void Keep(HttpContext http, PageSession session, string secret) =>
        http.Response.Cookies.Append(
            CookieOf(session.Role),
            secret,
            new CookieOptions
            {
                HttpOnly = true,
                // Clear text is on loopback alone; Addresses refuses it anywhere else.
                Secure = http.Request.IsHttps,
                SameSite = SameSiteMode.Strict,
                Path = "/",
            }
        );

    public PageAnswer Stranger() =>
        new PageAnswer.Page(
            frame.Around(
                new PageHead("サインインが必要です", "Sign-in needed", "notice"),
                Html.Of($"""<main class="notice-text">{WayIn()}</main>""")
            ),
            StatusCodes.Status401Unauthorized
        );

    private Html WayIn() =>
        options.Oidc is not null || options.DevelopmentIssuer
            ? Html.Of(
                $"""
                <p><a href="/signin">サインイン</a> <span lang="en">Sign in</span></p>
                <p>できないときは、認証サーバーの応答と、あなたの役割を管理者に確かめてください。</p>
                <p lang="en">If that does not work, ask the administrator whether the issuer answers and which roles you have.</p>
                """
            )
            : Html.Of(
                $"""
                <p>このページを見るには、一回限りのサインイン用リンクが必要です。サーバーを起動した人から受け取ってください。</p>
                <p lang="en">This page needs a one-time sign-in link. Ask whoever started the server for one.</p>
                """
            );
}
