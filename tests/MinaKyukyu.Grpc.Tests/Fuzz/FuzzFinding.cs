namespace MinaKyukyu.GrpcTests.Fuzz;

/// <summary>What an oracle may find.</summary>
internal enum FindingKind
{
    /// <summary>An exchange did not end.</summary>
    Hang,

    /// <summary>Something that no handler foresaw: an error in the log, an internal error on the wire, a foreign exception.</summary>
    Unforeseen,

    /// <summary>An answer that the protocol does not know.</summary>
    NotAnAnswer,

    /// <summary>Another outcome than the slow and obvious reading of the same bytes.</summary>
    WrongOutcome,

    /// <summary>Personal data where they must not be.</summary>
    Canary,

    /// <summary>More memory than allowed.</summary>
    Memory,

    /// <summary>The far side no longer serves a call that is in order.</summary>
    Deaf,
}

/// <summary>An oracle's finding; its message tells the seed and the exchange.</summary>
internal sealed class FuzzFinding(FindingKind kind, string what, Exception? cause = null)
    : Exception($"{kind}: {what}", cause)
{
    public FindingKind Kind { get; } = kind;
}
