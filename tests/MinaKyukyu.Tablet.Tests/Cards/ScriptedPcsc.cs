using MinaKyukyu.Tablet.Cards.Pcsc;
using MinaKyukyu.Tablet.VirtualCards;

namespace MinaKyukyu.Tablet.Tests.Cards;

/// <summary>A smart-card service inside the test, which fails as the test says.</summary>
internal sealed class ScriptedPcsc : IPcscLibrary
{
    private readonly Lock _gate = new();
    private readonly List<string> _calls = [];
    private int _transmits;

    public List<string> Readers { get; } = ["Reader A 00 00"];

    /// <summary>In the first reader; null: none.</summary>
    public IApduCard? Card { get; set; }

    public uint State { get; set; } = PcscReaderState.Present;

    public uint EstablishCode { get; set; }

    public uint ConnectCode { get; set; }

    /// <summary>Asked before each command, counted from 0; anything but success is returned in its place.</summary>
    public Func<int, uint> TransmitCode { get; set; } = _ => PcscCode.Success;

    /// <summary>Called while a state is waited for.</summary>
    public Action<TimeSpan> OnWait { get; set; } = _ => { };

    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    public uint EstablishContext(out nuint context)
    {
        context = EstablishCode == PcscCode.Success ? 7u : 0;
        return Note("establish", EstablishCode);
    }

    public uint ReleaseContext(nuint context)
    {
        Assert.Equal(7u, context);
        return Note("release");
    }

    public uint ListReaders(nuint context, out IReadOnlyList<string> names)
    {
        names = Readers;
        return Readers.Count == 0 ? PcscCode.NoReaders : PcscCode.Success;
    }

    public uint GetStatusChange(nuint context, string reader, TimeSpan atMost, ref uint state)
    {
        OnWait(atMost);
        uint before = state;
        state = State;
        return before == State ? PcscCode.Timeout : PcscCode.Success;
    }

    public uint ConnectExclusively(nuint context, string reader, out nuint card, out uint protocol)
    {
        (card, protocol) = (9, 2);
        if (ConnectCode == PcscCode.Success)
        {
            Card!.PowerOn();
        }

        return Note($"connect {reader}", ConnectCode);
    }

    public uint DisconnectAndUnpower(nuint card)
    {
        Assert.Equal(9u, card);
        Card?.PowerOff();
        return Note("unpower");
    }

    public uint Transmit(
        nuint card,
        uint protocol,
        ReadOnlySpan<byte> command,
        Span<byte> answer,
        out int length
    )
    {
        uint code = TransmitCode(_transmits++);
        byte[] given = code == PcscCode.Success ? Card!.Transmit(command) : [];
        given.CopyTo(answer);
        length = given.Length;
        return code;
    }

    private uint Note(string call, uint code = PcscCode.Success)
    {
        lock (_gate)
        {
            _calls.Add(call);
        }

        return code;
    }
}
