using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MinaKyukyu.Fleet.Plan;

namespace MinaKyukyu.Server.Identity.Tokens;

/// <summary>
/// An issuer that vouches for whoever asks, in any role: for demonstrations and tests on this machine alone. Its key is made anew
/// at each start, so that no token of it is worth anything elsewhere.
/// </summary>
internal sealed class DevelopmentIssuer : ITokenIssuer, IDisposable
{
    /// <summary>Where its sign-in page stands, on the pages' own listener.</summary>
    public const string AuthorizePath = "/development/authorize";

    public const string Name = "https://development-issuer.invalid";

    private const int MostCodes = 64;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly DepartmentPlan _plan;
    private readonly TimeProvider _time;
    private readonly string _client;
    private readonly ConcurrentDictionary<string, Code> _codes = new(StringComparer.Ordinal);

    public DevelopmentIssuer(DepartmentPlan plan, OidcOptions options, TimeProvider time)
    {
        _plan = plan;
        _time = time;
        _client = options.Client;
        SigningKey = new ECDsaSecurityKey(_key) { KeyId = "development" };
    }

    /// <summary>Made at this start.</summary>
    public ECDsaSecurityKey SigningKey { get; }

    /// <summary>What <c>serve --development-issuer</c> stands in for.</summary>
    public static OidcOptions Options { get; } = new(new Uri(Name), "mina-kyukyu");

    public ValueTask<IssuerMetadata?> FindAsync(string? kid, CancellationToken stop) =>
        new(new IssuerMetadata(Name, new Uri(AuthorizePath, UriKind.Relative), [SigningKey]));

    /// <summary>A token for a person who does not exist.</summary>
    public string Mint(
        string subject,
        TimeSpan lifetime,
        string? nonce,
        params IReadOnlyCollection<CallerRole> roles
    )
    {
        DateTime now = _time.GetUtcNow().UtcDateTime;
        Dictionary<string, object> claims = new(StringComparer.Ordinal)
        {
            ["sub"] = subject,
            ["department"] = _plan.Id.Value,
            ["roles"] = roles.Select(RoleWords.Of).ToArray(),
        };
        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Name,
                Audience = _client,
                IssuedAt = now,
                NotBefore = now,
                Expires = now + lifetime,
                Claims = claims,
                SigningCredentials = new SigningCredentials(
                    SigningKey,
                    SecurityAlgorithms.EcdsaSha256
                ),
            }
        );
    }

    /// <summary>A code for whoever pressed a button of the sign-in page; when too many wait to be redeemed, those are forgotten.</summary>
    public string Grant(CallerRole role, string nonce, string codeChallenge)
    {
        if (_codes.Count >= MostCodes)
        {
            _codes.Clear();
        }

        string code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _codes[code] = new Code(
            Mint($"demo-{RoleWords.Of(role)}", TimeSpan.FromHours(12), nonce, role),
            codeChallenge
        );
        return code;
    }

    public ValueTask<string?> RedeemAsync(
        string code,
        string codeVerifier,
        Uri redirectedTo,
        CancellationToken stop
    ) =>
        new(
            _codes.TryRemove(code, out Code? granted)
            && granted.Challenge
                == Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(codeVerifier)))
                ? granted.Token
                : null
        );

    public void Dispose() => _key.Dispose();

    private sealed record Code(string Token, string Challenge);
}
