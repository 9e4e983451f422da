using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace MinaKyukyu.Tablet.Cards;

/// <summary>A typed PIN of the user-authentication key: four digits. It is overwritten when disposed and prints nothing of itself.</summary>
public sealed class Pin : IDisposable
{
    /// <summary>Digits of the PIN (利用者証明用電子証明書の暗証番号); the signature password, with 6 to 16 characters, is never asked for.</summary>
    public const int Length = 4;

    private readonly byte[] _digits;

    private Pin(byte[] digits) => _digits = digits;

    /// <summary>In ASCII, as the card takes them; zeros once disposed.</summary>
    internal ReadOnlySpan<byte> Digits => _digits;

    /// <summary>Takes four digits, also full-width ones as a Japanese keyboard may type them.</summary>
    /// <returns>False for anything else: the card is not asked and no try is used.</returns>
    public static bool TryParse(ReadOnlySpan<char> typed, [NotNullWhen(true)] out Pin? pin)
    {
        pin = null;
        if (typed.Length != Length)
        {
            return false;
        }

        byte[] digits = GC.AllocateArray<byte>(Length, pinned: true);
        for (int i = 0; i < Length; i++)
        {
            int digit = typed[i] is >= '0' and <= '9' ? typed[i] - '0' : typed[i] - '０';
            if (digit is < 0 or > 9)
            {
                CryptographicOperations.ZeroMemory(digits);
                return false;
            }

            digits[i] = (byte)('0' + digit);
        }

        pin = new Pin(digits);
        return true;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_digits);

    public override string ToString() => nameof(Pin);
}

/// <summary>Where the holder types the PIN. It cannot be asked for without saying how many tries are left.</summary>
public interface IPinPad
{
    /// <param name="triesLeft">1 to 3; shown before the first key (<see cref="CardWords.BeforePin"/>).</param>
    /// <returns>Null when the holder does not type it.</returns>
    Task<Pin?> AskAsync(int triesLeft, CancellationToken cancellation);
}
