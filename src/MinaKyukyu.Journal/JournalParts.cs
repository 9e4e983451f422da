using Microsoft.Extensions.Logging;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Journal.Replay;

namespace MinaKyukyu.Journal;

/// <summary>What a journal is put together from.</summary>
public sealed record JournalParts
{
    /// <summary>The journal disposes of it.</summary>
    public required IJournalStore Store { get; init; }

    public IReadOnlyList<IProjection> Projections { get; init; } = [];

    public required TimeProvider Time { get; init; }

    public JournalOptions Options { get; init; } = new();

    public required ILogger<JournalWriter> Logger { get; init; }

    /// <summary>Null when no head is signed, as in most tests.</summary>
    public AuditHeadKeeping? Heads { get; init; }

    public ISaltSource Salts { get; init; } = new UnguessableSalts();

    /// <summary>Told after every page of the replay, and once at its end.</summary>
    public IProgress<ReplayAccount>? ReplayProgress { get; init; }
}
