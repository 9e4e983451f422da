namespace MinaKyukyu.Tablet.VirtualCards;

/// <summary>A command as a card takes it apart: the four cases with short lengths (ISO/IEC 7816-3 §12.1.3).</summary>
/// <param name="Expected">Most octets of the answer, 1 to 256; null when none is asked for.</param>
internal sealed record VirtualCommand(
    byte Class,
    byte Instruction,
    byte P1,
    byte P2,
    byte[] Data,
    int? Expected
)
{
    public const int MostExpected = 256;

    /// <returns>Null when the lengths do not add up.</returns>
    public static VirtualCommand? Parse(ReadOnlySpan<byte> bytes)
    {
        const int Header = 4;
        if (bytes.Length < Header)
        {
            return null;
        }

        ReadOnlySpan<byte> body = bytes[Header..];
        int data = body.Length > 1 ? body[0] : 0;
        int behind = body.Length - 1 - data;
        // A first length of zero with octets behind it is an extended length, which is not offered.
        bool fits = body.Length <= 1 || (data > 0 && behind is 0 or 1);
        if (!fits)
        {
            return null;
        }

        bool asks = body.Length == 1 || (body.Length > 1 && behind == 1);
        return new VirtualCommand(
            bytes[0],
            bytes[1],
            bytes[2],
            bytes[3],
            data == 0 ? [] : body.Slice(1, data).ToArray(),
            asks ? LengthOf(body[^1]) : null
        );
    }

    private static int LengthOf(byte expected) => expected == 0 ? MostExpected : expected;
}
