using System.Diagnostics;
using System.Security.Cryptography;

namespace MinaKyukyu.Tablet.Cards.Apdus;

/// <summary>
/// A command to the card. The closed set of what this program can ever say to one: one application and four of its files can be
/// selected, and nothing else. No way leads to the 12-digit number (EF 0001 of the input-support application, EF 0005 of the
/// card-face application, 照合番号A), and none to the signature pair with its name and address (EF 0001, 0002, 001A, 001B).
/// Bytes after DOMAIN "The card"; ISO/IEC 7816-4.
/// </summary>
internal sealed class CardCommand
{
    /// <summary>Most octets that one READ BINARY with a short length gives.</summary>
    public const int MostRead = 256;

    /// <summary>DER of a DigestInfo of SHA-256 up to the digest (RFC 8017 §9.2, note 1).</summary>
    private static readonly byte[] Sha256DigestInfo = Convert.FromHexString(
        "3031300D060960864801650304020105000420"
    );

    private readonly byte[] _bytes;

    private readonly bool _isSecret;

    private CardCommand(
        string name,
        byte[] bytes,
        bool mayBeSentAgain = false,
        bool isSecret = false
    )
    {
        Name = name;
        _bytes = bytes;
        MayBeSentAgain = mayBeSentAgain;
        _isSecret = isSecret;
    }

    /// <summary>The public authentication application (JPKI-AP).</summary>
    public static CardCommand SelectJpki { get; } =
        new("SELECT JPKI-AP", Convert.FromHexString("00A4040C0AD392F000260100000001"));

    public static CardCommand SelectTokenKind { get; } = SelectFile("token kind", 0x06);

    public static CardCommand SelectAuthenticationCertificate { get; } =
        SelectFile("authentication certificate", 0x0A);

    public static CardCommand SelectAuthenticationKey { get; } =
        SelectFile("authentication key", 0x17);

    public static CardCommand SelectAuthenticationPin { get; } =
        SelectFile("authentication PIN", 0x18);

    /// <summary>VERIFY without data: tells the tries left of the selected PIN and uses none.</summary>
    public static CardCommand AskTriesLeft { get; } =
        new("ask tries left", [0x00, 0x20, 0x00, 0x80]);

    /// <summary>For the night shift's eyes; never the bytes.</summary>
    public string Name { get; }

    /// <summary>Whether the card may be asked again with the length that it wants (6Cxx). Never what shows a PIN.</summary>
    public bool MayBeSentAgain { get; }

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <param name="offset">0 to 32767: 15 bits in P1 and P2.</param>
    /// <param name="length">1 to <see cref="MostRead"/> octets.</param>
    public static CardCommand ReadBinary(int offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, 0x7FFF);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MostRead);
        return new(
            "READ BINARY",
            [0x00, 0xB0, (byte)(offset >> 8), (byte)offset, (byte)length],
            mayBeSentAgain: true
        );
    }

    /// <summary>Shows the PIN to the selected reference; forgotten by whoever sends it.</summary>
    public static CardCommand Verify(Pin pin) =>
        new("VERIFY", [0x00, 0x20, 0x00, 0x80, Pin.Length, .. pin.Digits], isSecret: true);

    /// <summary>COMPUTE DIGITAL SIGNATURE with the selected key over a SHA-256 DigestInfo.</summary>
    /// <param name="digest">32 octets.</param>
    public static CardCommand Sign(ReadOnlySpan<byte> digest)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(digest.Length, SHA256.HashSizeInBytes);
        byte[] digestInfo = [.. Sha256DigestInfo, .. digest];
        return new("SIGN", [0x80, 0x2A, 0x00, 0x80, (byte)digestInfo.Length, .. digestInfo, 0x00]);
    }

    /// <summary>Fetches what the card holds back (61xx).</summary>
    /// <param name="length">As the card says; 0 stands for 256.</param>
    public static CardCommand GetResponse(byte length) =>
        new("GET RESPONSE", [0x00, 0xC0, 0x00, 0x00, length]);

    /// <summary>The same question with the length that the card wants; its last octet is that length.</summary>
    public CardCommand WithLength(byte length) =>
        MayBeSentAgain
            ? new(Name, [.. _bytes[..^1], length], mayBeSentAgain: true)
            : throw new UnreachableException();

    /// <summary>
    /// Called once it is sent. Overwrites what carried a PIN, not before: a command that is overwritten and sent late would cost
    /// the holder a try.
    /// </summary>
    public void Forget()
    {
        if (_isSecret)
        {
            CryptographicOperations.ZeroMemory(_bytes);
        }
    }

    public override string ToString() => Name;

    // Private on purpose: a further file is a further line above, seen in review.
    private static CardCommand SelectFile(string name, byte file) =>
        new($"SELECT {name}", [0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, file]);
}
