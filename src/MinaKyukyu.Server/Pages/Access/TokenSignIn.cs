using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Identity.Tokens;

namespace MinaKyukyu.Server.Pages.Access;

/// <summary>
/// Sign-in to the pages at the department's issuer: authorization code with PKCE (RFC 7636), a state that only this browser has,
/// and a nonce in the token. What waits is kept in memory, bounded, for ten minutes; when there is no room the oldest gives way,
/// so that nobody can keep others out by beginning again and again.
/// </summary>
internal sealed class TokenSignIn(
    ITokenIssuer issuer,
    ConsoleTokenReader tokens,
    OidcOptions options,
    SignInLinks sessions,
    DepartmentPlan plan,
    TimeProvider time
)
{
    public const string CallbackPath = "/signin/callback";

    private const string StateCookie = "mina-signin";
    private const int MostWaiting = 256;

    /// <summary>Time to find a password and an authenticator.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Waiting> _waiting = new(StringComparer.Ordinal);

    /// <summary>Sends the browser to the issuer. False when it does not answer.</summary>
    public async Task<bool> BeginAsync(HttpContext http)
    {
        Sweep();
        if (await issuer.FindAsync(null, http.RequestAborted) is not { } known)
        {
            return false;
        }

        while (_waiting.Count >= MostWaiting)
        {
            _waiting.TryRemove(_waiting.MinBy(w => w.Value.Since).Key, out _);
        }

        string state = Random();
        Waiting waiting = new(
            CodeVerifier: Random() + Random(),
            Nonce: Random(),
            RedirectedTo: new Uri($"{http.Request.Scheme}://{http.Request.Host}{CallbackPath}"),
            Since: time.GetTimestamp()
        );
        _waiting[state] = waiting;
        http.Response.Cookies.Append(
            StateCookie,
            state,
            new CookieOptions
            {
                HttpOnly = true,
                Secure = http.Request.IsHttps,
                // Lax: the issuer sends the browser back from elsewhere, and only as a whole page.
                SameSite = SameSiteMode.Lax,
                MaxAge = Patience,
                Path = "/signin",
            }
        );
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = Question(known.AuthorizationEndpoint, state, waiting);
        return true;
    }

    /// <summary>The sessions of the person who came back, one for each role that has a page; empty when anything does not fit.</summary>
    public async Task<IReadOnlyList<(PageSession Session, string Secret)>> EndAsync(
        HttpContext http
    )
    {
        string state = http.Request.Query["state"].ToString();
        bool isThisBrowser = CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(state),
            Encoding.UTF8.GetBytes(http.Request.Cookies[StateCookie] ?? "")
        );
        http.Response.Cookies.Delete(StateCookie, new CookieOptions { Path = "/signin" });
        if (!isThisBrowser || !_waiting.TryRemove(state, out Waiting? waiting) || IsOver(waiting))
        {
            return [];
        }

        string? token = await issuer.RedeemAsync(
            http.Request.Query["code"].ToString(),
            waiting.CodeVerifier,
            waiting.RedirectedTo,
            http.RequestAborted
        );
        if (
            token is null
            || await tokens.ReadAsync(token, http.RequestAborted) is not { } holder
            || !string.Equals(holder.Nonce, waiting.Nonce, StringComparison.Ordinal)
        )
        {
            return [];
        }

        return
        [
            .. holder
                .Roles.Where(PageGate.HasPage)
                .Select(role =>
                    sessions.Open(role, ConsoleTokens.CallerOf(holder, role, plan).Device)
                )
                .OfType<(PageSession, string)>(),
        ];
    }

    private string Question(Uri endpoint, string state, Waiting waiting)
    {
        string challenge = Base64UrlEncoder.Encode(
            SHA256.HashData(Encoding.ASCII.GetBytes(waiting.CodeVerifier))
        );
        return endpoint
            + QueryString
                .Create([
                    new KeyValuePair<string, string?>("response_type", "code"),
                    new("client_id", options.Client),
                    new("redirect_uri", waiting.RedirectedTo.AbsoluteUri),
                    new("scope", "openid"),
                    new("state", state),
                    new("nonce", waiting.Nonce),
                    new("code_challenge", challenge),
                    new("code_challenge_method", "S256"),
                ])
                .ToString();
    }

    private bool IsOver(Waiting waiting) => time.GetElapsedTime(waiting.Since) >= Patience;

    private void Sweep()
    {
        foreach ((string state, Waiting waiting) in _waiting)
        {
            if (IsOver(waiting))
            {
                _waiting.TryRemove(state, out _);
            }
        }
    }

    /// <summary>256 random bits.</summary>
    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private sealed record Waiting(string CodeVerifier, string Nonce, Uri RedirectedTo, long Since);
}
