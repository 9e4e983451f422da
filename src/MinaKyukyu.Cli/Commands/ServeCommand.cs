using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Cli.Administration;
using MinaKyukyu.Cli.Model;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.RoadNetwork.Import;
using MinaKyukyu.Server;
using MinaKyukyu.Server.City;
using MinaKyukyu.Server.Forecasts;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Cli.Commands;

/// <summary><c>mina serve</c>: the service itself.</summary>
internal static class ServeCommand
{
    private static readonly Option<string> Data = new("--data")
    {
        Required = true,
        Description = "data directory",
    };

    private static readonly Option<Uri?> Grpc = AddressOption.New(
        "--grpc",
        "address of gRPC; port 0 lets the system choose",
        "http://127.0.0.1:5081"
    );

    private static readonly Option<Uri?> Web = AddressOption.New(
        "--web",
        "address of the pages",
        "http://127.0.0.1:5080"
    );

    private static readonly Option<string> City = new("--city")
    {
        DefaultValueFactory = _ => Checkout.SampleCity,
        Description = "directory with city.json and its roads",
    };

    private static readonly Option<string> Codes = new("--codes")
    {
        DefaultValueFactory = _ => Checkout.Codes,
        Description = "the year's code tables",
    };

    private static readonly Option<string?> Model = new("--model")
    {
        Description = "model directory of the time to scene; the city's own if not given",
    };

    private static readonly Option<string?> ModelSigner = new("--model-signer")
    {
        Description = "PEM file with the public key that signed --model",
    };

    private static readonly Option<string?> TlsCertificate = new("--tls-certificate")
    {
        Description = "PEM file of the node's certificate, its issuers after it",
    };

    private static readonly Option<string?> TlsKey = new("--tls-key")
    {
        Description = "PEM file of its key",
    };

    private static readonly Option<string?> DeviceAuthority = new("--device-authority")
    {
        Description = "PEM file of the tablets' authority; usually the one in the data directory",
    };

    private static readonly Option<bool> AllowTls12 = new("--tls12")
    {
        Description = "allow TLS 1.2 beside 1.3",
    };

    private static readonly Option<Uri?> OidcIssuer = AddressOption.New(
        "--oidc-issuer",
        "issuer of the tokens of dispatchers, analysts and officers"
    );

    private static readonly Option<string?> OidcClient = new("--oidc-client")
    {
        Description = "our client id at that issuer",
    };

    private static readonly Option<string?> OidcSecret = new("--oidc-secret")
    {
        Description = "file with our client secret; not needed for a public client",
    };

    private static readonly Option<bool> DevelopmentIssuer = new("--development-issuer")
    {
        Description = "issue tokens to whoever asks (loopback only, demonstrations and tests)",
    };

    private static readonly Option<bool> DemoIdentities = new("--demo-identities")
    {
        Description = "believe what calls say about themselves (loopback only)",
    };

    private static readonly Option<string[]> WebOrigins = new("--web-origin")
    {
        Description =
            "origin whose pages may call over gRPC-Web, such as https://console.example.jp; may be given several times",
    };

    private static readonly Option<bool> Reflection = new("--reflection")
    {
        Description = "describe the services to whoever asks (loopback only, for developers)",
    };

    private static readonly Option<string?> Redis = new("--redis")
    {
        Description = "HOST:PORT of a Redis for sealed summaries",
    };

    private static readonly Option<Uri?> Otlp = AddressOption.New(
        "--otlp",
        "where traces and metrics are exported to"
    );

    private static readonly Option<string[]> AuditHeads = new("--audit-heads")
    {
        Description =
            "another directory for signed heads of the audit chain; may be given several times",
    };

    private static readonly Option<string[]> CardAnchors = new("--card-anchor")
    {
        Description = "PEM file of a card authority; may be given several times",
    };

    private static readonly Option<string[]> CardPins = new("--card-pin")
    {
        Description = "SHA-256 of a production authority that may be loaded",
    };

    private static readonly Option<string?> VerifierKey = new("--verifier-key")
    {
        Description = "PEM file with the special verifier's public key",
    };

    private static readonly Option<string?> LevelB = new("--level-b")
    {
        Description = "approval of level B: NUMBER,YYYY-MM-DD,OFFICE",
    };

    private static readonly Option<string?> LevelA = new("--level-a")
    {
        Description = "approval of level A: NUMBER,YYYY-MM-DD,OFFICE",
    };

    private static readonly Option<Uri?> Records = AddressOption.New(
        "--records",
        "address of the source of records"
    );

    private static readonly Option<Uri?> Ocsp = AddressOption.New(
        "--ocsp",
        "address of the responder that says whether a card is revoked"
    );

    private static readonly Option<string[]> Lists = new("--crl")
    {
        Description = "address or file of a revocation list; may be given several times",
    };

    public static Command Build()
    {
        Command serve = new("serve", "運用サーバーを起動します / run the service")
        {
            Data,
            Grpc,
            Web,
            City,
            Model,
            ModelSigner,
            Codes,
            TlsCertificate,
            TlsKey,
            DeviceAuthority,
            AllowTls12,
            OidcIssuer,
            OidcClient,
            OidcSecret,
            DevelopmentIssuer,
            DemoIdentities,
            WebOrigins,
            Reflection,
            Redis,
            Otlp,
            AuditHeads,
            CardAnchors,
            CardPins,
            VerifierKey,
            LevelB,
            LevelA,
            Records,
            Ocsp,
            Lists,
        };
        serve.SetAction(RunAsync);
        return serve;
    }

    private static async Task<int> RunAsync(ParseResult words, CancellationToken stop)
    {
        try
        {
            await using WebApplication app = MinaServer.Build(OptionsOf(words));
            await app.StartAsync(stop);
            (Uri grpc, Uri web) = MinaServer.AddressesOf(app);
            await Console.Out.WriteLineAsync($"ready grpc={Plain(grpc)} web={Plain(web)}");
            await Console.Out.FlushAsync(stop);
            await app.WaitForShutdownAsync(stop);
            return Environment.ExitCode;
        }
        catch (Exception refused) when (IsRefusal(refused))
        {
            await Console.Error.WriteLineAsync($"mina serve: {refused.Message}");
            return IsMissingFile(refused) || IsMissingFile(refused.InnerException)
                ? ExitCode.WrongWords
                : ExitCode.No;
        }
    }

    private static bool IsMissingFile(Exception? e) =>
        e is FileNotFoundException or DirectoryNotFoundException
        || (e is RoadFileException { Line: 0 } road && !File.Exists(road.File));

    /// <summary>What an operator can mend, said in one sentence each.</summary>
    private static bool IsRefusal(Exception e) =>
        e
            is StoreUnavailableException
                or MinaServerException
                or CityFileException
                or RoadFileException
                or CodeBookException
                or IOException
                or UnauthorizedAccessException
                or ArgumentException;

    private static MinaServerOptions OptionsOf(ParseResult words) =>
        new()
        {
            Data = words.GetValue(Data)!,
            Grpc = words.GetValue(Grpc)!,
            Web = words.GetValue(Web)!,
            City = words.GetValue(City)!,
            Forecast = new ForecastOptions(words.GetValue(Model), words.GetValue(ModelSigner))
            {
                Learners = Providers.All,
            },
            Codes = words.GetValue(Codes)!,
            Tls = TlsOf(words),
            Oidc = OidcOf(words),
            DevelopmentIssuer = words.GetValue(DevelopmentIssuer),
            DemoIdentities = words.GetValue(DemoIdentities),
            PrintSignInLinks = words.GetValue(DemoIdentities),
            WebOrigins = words.GetValue(WebOrigins) ?? [],
            Reflection = words.GetValue(Reflection),
            Redis = words.GetValue(Redis),
            Otlp = words.GetValue(Otlp),
            AuditHeads = words.GetValue(AuditHeads) ?? [],
            Card = CardOf(words),
        };

    private static TlsOptions? TlsOf(ParseResult words) =>
        (words.GetValue(TlsCertificate), words.GetValue(TlsKey)) switch
        {
            (null, null) => null,
            ({ } certificate, { } key) => new TlsOptions(
                certificate,
                key,
                words.GetValue(DeviceAuthority)
                    ?? AuthorityFiles.CertificateIn(words.GetValue(Data)!),
                words.GetValue(AllowTls12)
            ),
            _ => throw new MinaServerException(
                "--tls-certificate and --tls-key are given together."
            ),
        };

    private static OidcOptions? OidcOf(ParseResult words) =>
        (words.GetValue(OidcIssuer), words.GetValue(OidcClient)) switch
        {
            (null, null) => null,
            ({ } issuer, { } client) => new OidcOptions(issuer, client, words.GetValue(OidcSecret)),
            _ => throw new MinaServerException(
                "--oidc-issuer and --oidc-client are given together."
            ),
        };

    private static CardOptions? CardOf(ParseResult words)
    {
        if (words.GetValue(CardAnchors) is not { Length: > 0 } anchors)
        {
            return null;
        }

        Uri records =
            words.GetValue(Records)
            ?? throw new MinaServerException(
                "--card-anchor needs --records: whom to ask once a card is accepted."
            );
        LevelApproval? levelB = ApprovalOf(words.GetValue(LevelB), "--level-b");
        return new CardOptions(
            anchors,
            words.GetValue(CardPins) ?? [],
            words.GetValue(VerifierKey),
            levelB?.ApprovalId ?? "",
            levelB,
            ApprovalOf(words.GetValue(LevelA), "--level-a"),
            records
        )
        {
            Ocsp = words.GetValue(Ocsp),
            Lists = words.GetValue(Lists) ?? [],
        };
    }

    private static LevelApproval? ApprovalOf(string? text, string option)
    {
        if (text is null)
        {
            return null;
        }

        string[] parts = text.Split(',');
        bool isWhole =
            parts.Length == 3
            & DateOnly.TryParseExact(
                parts.ElementAtOrDefault(1),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out DateOnly date
            );
        return isWhole
            ? new LevelApproval(parts[0], date, parts[2])
            : throw new MinaServerException($"{option} is NUMBER,YYYY-MM-DD,OFFICE.");
    }

    private static string Plain(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
