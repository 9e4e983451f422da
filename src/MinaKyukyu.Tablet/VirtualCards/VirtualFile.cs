using System.Security.Cryptography;

namespace MinaKyukyu.Tablet.VirtualCards;

/// <summary>A file of the virtual card. A closed set.</summary>
internal abstract record VirtualFile
{
    private VirtualFile() { }

    /// <param name="OpenedBy">Null: readable without a PIN.</param>
    public sealed record Data(byte[] Content, VirtualReference? OpenedBy) : VirtualFile;

    public sealed record Key(VirtualReference OpenedBy) : VirtualFile;

    public sealed record Secret(VirtualReference Reference) : VirtualFile;
}

/// <summary>A PIN or password with its tries.</summary>
internal sealed class VirtualReference(byte[] secret, int mostTries)
{
    public int TriesLeft { get; private set; } = mostTries;

    public bool IsOpen { get; private set; }

    private readonly int _mostTries = mostTries;

    /// <summary>The try is counted before it is compared, so that pulling the card out does not save one.</summary>
    public bool Try(ReadOnlySpan<byte> typed)
    {
        TriesLeft--;
        IsOpen = CryptographicOperations.FixedTimeEquals(typed, secret);
        if (IsOpen)
        {
            TriesLeft = _mostTries;
        }

        return IsOpen;
    }

    public void Close() => IsOpen = false;
}
