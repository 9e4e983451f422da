using MinaKyukyu.Authorization.SignOn;
using MinaKyukyu.Dispatch;
using MinaKyukyu.Incidents.Watch;
using MinaKyukyu.Journal;
using MinaKyukyu.Journal.Ports;

namespace MinaKyukyu.Server;

/// <summary>What one node is started with.</summary>
public sealed record MinaServerOptions
{
    /// <summary>The data directory; made if it is not there.</summary>
    public required string Data { get; init; }

    /// <summary>Where tablets call: HTTP/2, with TLS and device certificates when it is https. Port 0 lets the system choose.</summary>
    public Uri Grpc { get; init; } = new("http://127.0.0.1:5081");

    /// <summary>Where the pages listen, and with https the gRPC of consoles; one clear-text port cannot speak HTTP/1.1 and HTTP/2.</summary>
    public Uri Web { get; init; } = new("http://127.0.0.1:5080");

    /// <summary>Directory with <c>city.json</c> and its roads.</summary>
    public required string City { get; init; }

    /// <summary>The year's code tables, such as <c>codes/fdma-2026.csv</c>.</summary>
    public required string Codes { get; init; }

    /// <summary>Null: clear text, loopback only.</summary>
    public TlsOptions? Tls { get; init; }

    public SignOnOptions SignOn { get; init; } = new();

    /// <summary>Who issues the tokens of dispatchers, analysts and officers; null: nobody.</summary>
    public OidcOptions? Oidc { get; init; }

    /// <summary>Issue tokens to whoever asks, for demonstrations and tests on this machine alone.</summary>
    public bool DevelopmentIssuer { get; init; }

    /// <summary>Believe what calls say about themselves. Loopback only, said aloud at start.</summary>
    public bool DemoIdentities { get; init; }

    /// <summary>Describe the services to whoever asks (gRPC reflection), for developers on this machine alone.</summary>
    public bool Reflection { get; init; }

    /// <summary>Origins, such as <c>https://console.example.jp</c>, whose pages may call over gRPC-Web; our own pages always may.</summary>
    public IReadOnlyList<string> WebOrigins { get; init; } = [];

    /// <summary>Print one-time links into the pages to standard error once the node has started; needs <see cref="DemoIdentities"/>.</summary>
    public bool PrintSignInLinks { get; init; }

    /// <summary>Null: cards cannot be used; the runs go on without.</summary>
    public CardOptions? Card { get; init; }

    /// <summary>HOST:PORT; null: summaries are cached in this process alone.</summary>
    public string? Redis { get; init; }

    /// <summary>Where traces and metrics are exported to; null: nowhere.</summary>
    public Uri? Otlp { get; init; }

    /// <summary>Directories, beside the data directory, that get each signed head of the audit chain: places that whoever keeps the database cannot write.</summary>
    public IReadOnlyList<string> AuditHeads { get; init; } = [];

    public WatchOptions Watch { get; init; } = new();

    public DispatchOptions Dispatch { get; init; } = new();

    public Forecasts.ForecastOptions Forecast { get; init; } = new();

    public JournalOptions Journal { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>For proofs that interfere with the store; the product never sets it.</summary>
    public Func<IJournalStore, IJournalStore> WrapStore { get; init; } = store => store;
}

/// <summary>How calls are encrypted.</summary>
/// <param name="Certificate">PEM file of the node's certificate, its issuers after it.</param>
/// <param name="Key">PEM file of its private key.</param>
/// <param name="DeviceAuthority">PEM file of the authority whose certificates tablets bring.</param>
/// <param name="AllowTls12">TLS 1.2 beside 1.3, for consoles that cannot do better.</param>
public sealed record TlsOptions(
    string Certificate,
    string Key,
    string DeviceAuthority,
    bool AllowTls12 = false
);

/// <summary>The department's issuer of tokens (OpenID Connect).</summary>
/// <param name="Issuer">As in the tokens' <c>iss</c>; its discovery document is below it.</param>
/// <param name="Client">Our client id: the tokens' <c>aud</c>.</param>
/// <param name="ClientSecretFile">For sign-in to the pages; null: a public client with PKCE alone.</param>
/// <param name="RoleClaim">The claim that holds roles, by the words of docs/API.md.</param>
public sealed record OidcOptions(
    Uri Issuer,
    string Client,
    string? ClientSecretFile = null,
    string RoleClaim = "roles"
);

/// <summary>Whose cards are believed, and who is asked for records.</summary>
/// <param name="AnchorFiles">PEM files of the authorities.</param>
/// <param name="AnchorPins">SHA-256 of each production anchor.</param>
/// <param name="VerifierKeyFile">Public key of the approved special verifier, PEM; null: level B stays shut.</param>
/// <param name="VerifierApproval">The verifier's approval number.</param>
/// <param name="LevelB">Who approved level B; null: shut.</param>
/// <param name="LevelA">Who approved level A; null: shut.</param>
/// <param name="Records">The source of records, absolute, ending with a slash.</param>
public sealed record CardOptions(
    IReadOnlyList<string> AnchorFiles,
    IReadOnlyList<string> AnchorPins,
    string? VerifierKeyFile,
    string VerifierApproval,
    Authorization.Levels.LevelApproval? LevelB,
    Authorization.Levels.LevelApproval? LevelA,
    Uri Records
)
{
    /// <summary>Whom to ask whether a card is revoked; null: nobody. Only this address is ever asked.</summary>
    public Uri? Ocsp { get; init; }

    /// <summary>Revocation lists: http(s) addresses or files.</summary>
    public IReadOnlyList<string> Lists { get; init; } = [];

    /// <summary>How old what is known about revocation may be.</summary>
    public Authorization.Revocation.RevocationOptions Revocation { get; init; } = new();
}
