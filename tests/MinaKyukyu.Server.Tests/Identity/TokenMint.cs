using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MinaKyukyu.Server.Identity.Tokens;

namespace MinaKyukyu.Server.Tests.Identity;

/// <summary>Tokens of the department's issuer, good ones and such as have one thing wrong with them.</summary>
internal sealed class TokenMint(DevelopmentIssuer issuer)
{
    public static IReadOnlyList<string> Flaws { get; } =
    [
        "none",
        "empty",
        "words",
        "unsigned",
        "symmetric",
        "other-key",
        "other-issuer",
        "other-audience",
        "other-department",
        "no-department",
        "no-role",
        "unknown-role",
        "no-subject",
        "expired",
        "not-yet",
        "no-expiry",
        "altered",
        "huge",
    ];

    /// <summary>Null for "none".</summary>
    public string? Unfit(string how, string role = "dispatcher") =>
        how switch
        {
            "none" => null,
            "empty" => "",
            "words" => "let me in",
            "unsigned" => Unsigned(role),
            "symmetric" => Symmetric(role),
            "other-key" => Mint(roles: [role], key: ECDsa.Create(ECCurve.NamedCurves.nistP256)),
            "other-issuer" => Mint(roles: [role], name: "https://elsewhere.invalid"),
            "other-audience" => Mint(roles: [role], audience: "another-program"),
            "other-department" => Mint(roles: [role], department: "other"),
            "no-department" => Mint(roles: [role], department: null),
            "no-role" => Mint(roles: []),
            "unknown-role" => Mint(roles: ["king"]),
            "no-subject" => Mint(roles: [role], subject: null),
            "expired" => Mint(roles: [role], from: -120, until: -60),
            "not-yet" => Mint(roles: [role], from: 60, until: 120),
            "no-expiry" => Mint(roles: [role], until: null),
            "altered" => Altered(role),
            _ => Mint(roles: [role], subject: new string('x', 9_000)),
        };

    /// <summary>With the issuer's own key, unless told otherwise: each row breaks one thing.</summary>
    public string Mint(
        string name = DevelopmentIssuer.Name,
        string audience = "mina-kyukyu",
        string? department = "midoritama",
        string? subject = "somebody",
        string[]? roles = null,
        int from = -10,
        int? until = 600,
        ECDsa? key = null
    ) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            Describe(name, audience, department, subject, roles, from, until, KeyOf(key))
        );

    private SigningCredentials KeyOf(ECDsa? key)
    {
        ECDsaSecurityKey signing = key is null
            ? issuer.SigningKey
            : new ECDsaSecurityKey(key) { KeyId = "development" };
        return new SigningCredentials(signing, SecurityAlgorithms.EcdsaSha256);
    }

    private static SecurityTokenDescriptor Describe(
        string name,
        string audience,
        string? department,
        string? subject,
        string[]? roles,
        int from,
        int? until,
        SigningCredentials? credentials
    )
    {
        DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;
        Dictionary<string, object> claims = new(StringComparer.Ordinal)
        {
            ["roles"] = roles ?? ["dispatcher"],
        };
        if (department is not null)
        {
            claims["department"] = department;
        }

        if (subject is not null)
        {
            claims["sub"] = subject;
        }

        return new SecurityTokenDescriptor
        {
            Issuer = name,
            Audience = audience,
            IssuedAt = now,
            NotBefore = now.AddSeconds(from),
            Expires = until is { } end ? now.AddSeconds(end) : null,
            Claims = claims,
            SigningCredentials = credentials,
        };
    }

    private static string Unsigned(string role) =>
        new JsonWebTokenHandler().CreateToken(
            Describe(
                DevelopmentIssuer.Name,
                "mina-kyukyu",
                "midoritama",
                "somebody",
                [role],
                -10,
                600,
                null
            )
        );

    /// <summary>The public key used as a shared secret: an old confusion.</summary>
    private string Symmetric(string role)
    {
        byte[] secret = issuer.SigningKey.ECDsa.ExportSubjectPublicKeyInfo();
        return new JsonWebTokenHandler().CreateToken(
            Describe(
                DevelopmentIssuer.Name,
                "mina-kyukyu",
                "midoritama",
                "somebody",
                [role],
                -10,
                600,
                new SigningCredentials(
                    new SymmetricSecurityKey(secret) { KeyId = "development" },
                    SecurityAlgorithms.HmacSha256
                )
            )
        );
    }

    private string Altered(string role)
    {
        string[] parts = Mint(roles: [role]).Split('.');
        string payload = Base64UrlEncoder
            .Decode(parts[1])
            .Replace($"\"{role}\"", role == "fire-chief" ? "\"auditor\"" : "\"fire-chief\"");
        return $"{parts[0]}.{Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(payload))}.{parts[2]}";
    }
}
