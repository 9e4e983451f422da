namespace MinaKyukyu.Tablet.Cards.Pcsc;

/// <summary>Return codes that are told apart; the same numbers on all platforms (PC/SC workgroup, part 5; winscard.h).</summary>
internal static class PcscCode
{
    public const uint Success = 0;
    public const uint UnknownReader = 0x80100009;
    public const uint Timeout = 0x8010000A;
    public const uint SharingViolation = 0x8010000B;
    public const uint NoSmartCard = 0x8010000C;
    public const uint CommunicationError = 0x80100013;
    public const uint NotTransacted = 0x80100016;
    public const uint ReaderUnavailable = 0x80100017;
    public const uint NoService = 0x8010001D;
    public const uint ServiceStopped = 0x8010001E;
    public const uint NoReaders = 0x8010002E;
    public const uint ResetCard = 0x80100068;
    public const uint RemovedCard = 0x80100069;

    /// <summary>What a failed call means to a crew.</summary>
    public static CardState StateOf(uint code) =>
        code switch
        {
            UnknownReader or ReaderUnavailable => CardState.ReaderPulledOut,
            SharingViolation => CardState.ReaderBusy,
            NoSmartCard or NotTransacted or ResetCard or RemovedCard => CardState.CardMoved,
            NoService or ServiceStopped or CommunicationError => CardState.ReaderServiceDown,
            NoReaders => CardState.NoReader,
            _ => CardState.Unreadable,
        };
}
