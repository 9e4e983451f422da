using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MinaKyukyu.Fleet.Plan;

namespace MinaKyukyu.Server.Identity.Tokens;

/// <summary>Somebody whom the issuer vouches for.</summary>
/// <param name="Subject">The issuer's own name of the person: never logged, never stored.</param>
/// <param name="Roles">At least one; those of tablets are not among them.</param>
internal sealed record TokenHolder(
    string Issuer,
    string Subject,
    string? Nonce,
    ImmutableArray<CallerRole> Roles,
    DateTimeOffset EndsAt
)
{
    public override string ToString() => "(withheld)";
}

/// <summary>Reads a token and believes it only if all of it fits: issuer, audience, department, time, key, algorithm, role.</summary>
internal sealed class ConsoleTokenReader(
    ITokenIssuer issuer,
    OidcOptions options,
    DepartmentPlan plan,
    TimeProvider time
)
{
    /// <summary>Which department a token is for; a person of one department is nobody in another.</summary>
    public const string DepartmentClaim = "department";

    /// <summary>Longest token that is looked at: headers of a call have 32 KiB in all.</summary>
    private const int Longest = 8 * 1024;

    /// <summary>By how much the issuer's clock may differ from ours.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(30);

    /// <summary>Asymmetric and of today; "none" and the symmetric ones are not among them.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256,
        SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.EcdsaSha256,
        SecurityAlgorithms.EcdsaSha384,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = Longest };

    /// <summary>Null when it is not believed; why is nobody's business.</summary>
    public async ValueTask<TokenHolder?> ReadAsync(string token, CancellationToken stop)
    {
        if (token.Length > Longest || FindKid(token) is not { } kid)
        {
            return null;
        }

        if (await issuer.FindAsync(kid, stop) is not { } known)
        {
            return null;
        }

        TokenValidationResult result = await _handler.ValidateTokenAsync(token, RulesOf(known));
        return result is { IsValid: true, SecurityToken: JsonWebToken read }
            ? HolderOf(known, read)
            : null;
    }

    private string? FindKid(string token)
    {
        try
        {
            return _handler.ReadJsonWebToken(token).Kid;
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private TokenValidationParameters RulesOf(IssuerMetadata known) =>
        new()
        {
            ValidIssuer = known.Issuer,
            ValidAudience = options.Client,
            IssuerSigningKeys = known.Keys,
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            // By our own clock, which a test can set.
            LifetimeValidator = (notBefore, expires, _, _) =>
            {
                DateTime now = time.GetUtcNow().UtcDateTime;
                return expires is { } end
                    && now < end + ClockTolerance
                    && (notBefore is not { } begin || begin <= now + ClockTolerance);
            },
        };

    private TokenHolder? HolderOf(IssuerMetadata known, JsonWebToken token)
    {
        bool isOurs =
            token.TryGetPayloadValue(DepartmentClaim, out string? department)
            && string.Equals(department, plan.Id.Value, StringComparison.Ordinal);
        ImmutableArray<CallerRole> roles =
        [
            .. token
                .Claims.Where(c => c.Type == options.RoleClaim)
                .Select(RoleOf)
                .Where(r => r is { } role && !role.IsCrew())
                .Select(r => r!.Value)
                .Distinct(),
        ];
        return isOurs && roles.Length > 0 && token.Subject is { Length: > 0 } subject
            ? new TokenHolder(
                known.Issuer,
                subject,
                token.TryGetPayloadValue("nonce", out string? nonce) ? nonce : null,
                roles,
                new DateTimeOffset(token.ValidTo, TimeSpan.Zero)
            )
            : null;
    }

    private static CallerRole? RoleOf(Claim claim) =>
        RoleWords.All.TryGetValue(claim.Value, out CallerRole role) ? role : null;
}
