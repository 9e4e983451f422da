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

    /// <summary>Where gRPC listens: clear-text HTTP/2. Port 0 lets the system choose.</summary>
    public Uri Grpc { get; init; } = new("http://127.0.0.1:5081");

    /// <summary>Where the pages listen: HTTP/1.1, beside gRPC because one clear-text port cannot speak both.</summary>
    public Uri Web { get; init; } = new("http://127.0.0.1:5080");

    /// <summary>Directory with <c>city.json</c> and its roads.</summary>
    public required string City { get; init; }

    /// <summary>The year's code tables, such as <c>codes/fdma-2026.csv</c>.</summary>
    public required string Codes { get; init; }

    /// <summary>Believe what calls say about themselves. Loopback only, said aloud at start.</summary>
    public bool DemoIdentities { get; init; }

    /// <summary>Print one-time links into the pages to standard error once the node has started; needs <see cref="DemoIdentities"/>.</summary>
    public bool PrintSignInLinks { get; init; }

    /// <summary>Null: cards cannot be used; the runs go on without.</summary>
    public CardOptions? Card { get; init; }

    /// <summary>HOST:PORT; null: summaries are cached in this process alone.</summary>
    public string? Redis { get; init; }

    /// <summary>Where traces and metrics are exported to; null: nowhere.</summary>
    public Uri? Otlp { get; init; }

    public WatchOptions Watch { get; init; } = new();

    public DispatchOptions Dispatch { get; init; } = new();

    public JournalOptions Journal { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>For proofs that interfere with the store; the product never sets it.</summary>
    public Func<IJournalStore, IJournalStore> WrapStore { get; init; } = store => store;
}

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
);
