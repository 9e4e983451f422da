namespace MinaKyukyu.Tablet.Cards.Apdus;

/// <summary>Data and status word of one answer.</summary>
internal readonly struct CardAnswer(byte[] data, ushort status)
{
    /// <summary>Most status bytes to a length: the last two octets.</summary>
    private const int StatusLength = 2;

    public byte[] Data { get; } = data;

    public ushort Status { get; } = status;

    public bool IsDone => Status == StatusWord.Done;

    /// <summary>Done, also when the file ended before the asked length.</summary>
    public bool HasData => Status is StatusWord.Done or StatusWord.EndOfFile;

    /// <summary>"63 Cx": x tries are left. Null for any other status.</summary>
    public int? TriesLeft => (Status & 0xFFF0) == 0x63C0 ? Status & 0xF : null;

    /// <summary>"69 83" and "69 84": blocked; cards differ in which they say.</summary>
    public bool IsBlocked => Status is 0x6983 or 0x6984;

    /// <returns>Null when there are not even two status bytes.</returns>
    public static CardAnswer? Read(ReadOnlySpan<byte> raw) =>
        raw.Length < StatusLength
            ? null
            : new(raw[..^StatusLength].ToArray(), (ushort)((raw[^StatusLength] << 8) | raw[^1]));

    public override string ToString() => Status.ToString("X4", null);
}

/// <summary>Status words of ISO/IEC 7816-4 that are told apart.</summary>
internal static class StatusWord
{
    public const ushort Done = 0x9000;
    public const ushort EndOfFile = 0x6282;
    public const ushort NotFound = 0x6A82;

    /// <summary>SW1 when more data wait: SW2 says how many.</summary>
    public const byte MoreWaits = 0x61;

    /// <summary>SW1 when the length was wrong: SW2 says the right one.</summary>
    public const byte OtherLength = 0x6C;
}
