namespace MinaKyukyu.Tablet.VirtualCards;

/// <summary>A thing that behaves towards a reader as a card does. One reader at a time; may be called from any thread.</summary>
public interface IApduCard
{
    /// <summary>Answer to reset: what the reader is told when it powers the card.</summary>
    ReadOnlyMemory<byte> Atr { get; }

    void PowerOn();

    /// <summary>A card without power forgets what was selected and verified, and answers nothing.</summary>
    void PowerOff();

    void Reset();

    /// <param name="command">With short lengths (ISO/IEC 7816-3 §12.1.3).</param>
    /// <returns>Data and two status bytes.</returns>
    byte[] Transmit(ReadOnlySpan<byte> command);
}
