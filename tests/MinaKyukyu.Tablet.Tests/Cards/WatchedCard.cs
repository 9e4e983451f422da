using MinaKyukyu.Tablet.VirtualCards;

namespace MinaKyukyu.Tablet.Tests.Cards;

/// <summary>Writes down what reaches a card, and lets a test answer in its place.</summary>
internal sealed class WatchedCard(IApduCard card) : IApduCard
{
    private readonly Lock _gate = new();
    private readonly List<byte[]> _commands = [];
    private readonly List<string> _power = [];

    /// <summary>Asked with every command and the answer of the card; what it returns is answered.</summary>
    public Func<byte[], byte[], byte[]> Answer { get; set; } = (_, answer) => answer;

    public ReadOnlyMemory<byte> Atr => card.Atr;

    public IReadOnlyList<byte[]> Commands
    {
        get
        {
            lock (_gate)
            {
                return [.. _commands];
            }
        }
    }

    /// <summary>"on", "off" and "reset", in their order.</summary>
    public IReadOnlyList<string> Power
    {
        get
        {
            lock (_gate)
            {
                return [.. _power];
            }
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _commands.Clear();
            _power.Clear();
        }
    }

    public void PowerOn() => Note("on", card.PowerOn);

    public void PowerOff() => Note("off", card.PowerOff);

    public void Reset() => Note("reset", card.Reset);

    public byte[] Transmit(ReadOnlySpan<byte> command)
    {
        byte[] copy = command.ToArray();
        lock (_gate)
        {
            _commands.Add(copy);
        }

        return Answer(copy, card.Transmit(command));
    }

    private void Note(string word, Action act)
    {
        lock (_gate)
        {
            _power.Add(word);
        }

        act();
    }
}
