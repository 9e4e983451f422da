using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Identity.Tokens;
using MinaKyukyu.Server.Tests.Refusals;
using Caller = MinaKyukyu.Server.Tests.Wire.Caller;

namespace MinaKyukyu.Server.Tests.Identity;

/// <summary>Consoles call with a token of the department's issuer; any that does not fit in every point is nobody's.</summary>
public sealed class TokenTests(SecureHouse house) : IClassFixture<SecureHouse>
{
    [Fact]
    public async Task A_dispatcher_with_a_token_opens_an_incident()
    {
        Assert.NotNull(
            await house
                .Console(CallerRole.Dispatcher)
                .Incidents.ListIncidentsAsync(new ListIncidentsRequest())
        );
    }

    [Fact]
    public async Task A_role_of_a_tablet_is_never_believed_from_a_token() =>
        await IsNobodyAsync(Mint(roles: ["crew"]));

    public static TheoryData<string> Unfit { get; } =
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

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task A_token_that_does_not_fit_is_nobodys(string how)
    {
        string? token = how switch
        {
            "none" => null,
            "empty" => "",
            "words" => "let me in",
            "unsigned" => Unsigned(),
            "symmetric" => Symmetric(),
            "other-key" => Mint(key: ECDsa.Create(ECCurve.NamedCurves.nistP256)),
            "other-issuer" => Mint(issuer: "https://elsewhere.invalid"),
            "other-audience" => Mint(audience: "another-program"),
            "other-department" => Mint(department: "other"),
            "no-department" => Mint(department: null),
            "no-role" => Mint(roles: []),
            "unknown-role" => Mint(roles: ["king"]),
            "no-subject" => Mint(subject: null),
            "expired" => Mint(from: -120, until: -60),
            "not-yet" => Mint(from: 60, until: 120),
            "no-expiry" => Mint(until: null),
            "altered" => Altered(),
            _ => Mint(subject: new string('x', 9_000)),
        };
        await IsNobodyAsync(token);
    }

    [Fact]
    public async Task The_tokens_of_these_tests_are_good_but_for_what_is_wrong_with_them() =>
        await house.Console(Mint()).Incidents.ListIncidentsAsync(new ListIncidentsRequest());

    private Task IsNobodyAsync(string? token)
    {
        Caller console = house.Console(token);
        return Refuses.WithAsync(
            "UNAUTHENTICATED",
            house,
            () => console.Incidents.ListIncidentsAsync(new ListIncidentsRequest()).ResponseAsync
        );
    }

    /// <summary>With the issuer's own key, unless told otherwise: each row breaks one thing.</summary>
    private string Mint(
        string issuer = DevelopmentIssuer.Name,
        string audience = "mina-kyukyu",
        string? department = "midoritama",
        string? subject = "somebody",
        string[]? roles = null,
        int from = -10,
        int? until = 600,
        ECDsa? key = null
    ) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            Describe(issuer, audience, department, subject, roles, from, until, KeyOf(key))
        );

    private SigningCredentials KeyOf(ECDsa? key)
    {
        ECDsaSecurityKey signing = key is null
            ? house.Issuer.SigningKey
            : new ECDsaSecurityKey(key) { KeyId = "development" };
        return new SigningCredentials(signing, SecurityAlgorithms.EcdsaSha256);
    }

    private static SecurityTokenDescriptor Describe(
        string issuer,
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
            Issuer = issuer,
            Audience = audience,
            IssuedAt = now,
            NotBefore = now.AddSeconds(from),
            Expires = until is { } end ? now.AddSeconds(end) : null,
            Claims = claims,
            SigningCredentials = credentials,
        };
    }

    private static string Unsigned() =>
        new JsonWebTokenHandler().CreateToken(
            Describe(
                DevelopmentIssuer.Name,
                "mina-kyukyu",
                "midoritama",
                "somebody",
                null,
                -10,
                600,
                null
            )
        );

    /// <summary>The public key used as a shared secret: an old confusion.</summary>
    private string Symmetric()
    {
        byte[] secret = house.Issuer.SigningKey.ECDsa.ExportSubjectPublicKeyInfo();
        return new JsonWebTokenHandler().CreateToken(
            Describe(
                DevelopmentIssuer.Name,
                "mina-kyukyu",
                "midoritama",
                "somebody",
                null,
                -10,
                600,
                new SigningCredentials(
                    new SymmetricSecurityKey(secret) { KeyId = "development" },
                    SecurityAlgorithms.HmacSha256
                )
            )
        );
    }

    private string Altered()
    {
        string[] parts = Mint().Split('.');
        string payload = Base64UrlEncoder.Decode(parts[1]).Replace("dispatcher", "fire-chief");
        return $"{parts[0]}.{Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(payload))}.{parts[2]}";
    }
}
