namespace MinaKyukyu.Tablet.Cards.Pcsc;

/// <summary>
/// The platform's smart-card library (PC/SC): what of it is used, with one shape for the three platforms, whose numbers and
/// structures differ in width. Calls block; each returns a <see cref="PcscCode"/>.
/// </summary>
internal interface IPcscLibrary
{
    uint EstablishContext(out nuint context);

    uint ReleaseContext(nuint context);

    uint ListReaders(nuint context, out IReadOnlyList<string> names);

    /// <summary>Waits for another state of one reader than the one that is given, at most that long.</summary>
    /// <param name="state">In: as known, 0 when nothing is. Out: flags of <see cref="PcscReaderState"/>.</param>
    uint GetStatusChange(nuint context, string reader, TimeSpan atMost, ref uint state);

    /// <summary>Powers the card and holds it for us alone.</summary>
    /// <param name="protocol">1 for T=0, 2 for T=1.</param>
    uint ConnectExclusively(nuint context, string reader, out nuint card, out uint protocol);

    /// <summary>Lets the card go and takes its power.</summary>
    uint DisconnectAndUnpower(nuint card);

    /// <param name="length">How many octets of the buffer the answer has.</param>
    uint Transmit(
        nuint card,
        uint protocol,
        ReadOnlySpan<byte> command,
        Span<byte> answer,
        out int length
    );
}

/// <summary>Flags of a reader's state, as all three platforms have them.</summary>
internal static class PcscReaderState
{
    public const uint Unknown = 0x0004;
    public const uint Unavailable = 0x0008;
    public const uint Present = 0x0020;
    public const uint Mute = 0x0200;

    /// <summary>The upper half counts insertions and is no flag.</summary>
    public const uint Flags = 0xFFFF;
}

/// <summary>Numbers that are the same everywhere.</summary>
internal static class PcscConstant
{
    public const uint ScopeSystem = 2;
    public const uint ShareExclusive = 1;
    public const uint AnyProtocol = 3;
    public const uint UnpowerCard = 2;
}
