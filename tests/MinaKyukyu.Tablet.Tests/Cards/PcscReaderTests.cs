using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.Cards.Pcsc;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.Tablet.Tests.Cards;

/// <summary>What the smart-card service may do to us, with a service that does it on demand.</summary>
public sealed class PcscReaderTests : IDisposable
{
    private static readonly byte[] Challenge = "a challenge of the server"u8.ToArray();

    private readonly TestCard _test = new();
    private readonly ScriptedPcsc _service = new();
    private readonly ManualTime _time = new();
    private readonly CardReaderOptions _options = new();
    private readonly JpkiCardReader _reader;

    public PcscReaderTests()
    {
        _service.Card = _test.Watched;
        _reader = new JpkiCardReader(
            new PcscSlot(_service, _options, _time),
            _options,
            _time,
            NullLogger.Instance
        );
    }

    [Fact]
    public async Task Reads_and_signs_through_the_service_and_takes_the_cards_power_each_time()
    {
        CardRead read = await ReadAsync();
        using Pin pin = TestCard.Typed(TestCard.Pin);
        PinSigning signing = await _reader.SignAsync(read, pin, Challenge, CancellationToken.None);

        Assert.Equal("Reader A 00 00", read.Reader);
        Assert.True(_test.Signed(Challenge, signing.Signature));
        string[] visit = ["establish", "connect Reader A 00 00", "unpower", "release"];
        Assert.Equal([.. visit, .. visit], _service.Calls);
        Assert.Empty(ApduLog.Violations(_test.Watched.Commands));
    }

    [Theory]
    [InlineData(PcscCode.NoService)]
    [InlineData(PcscCode.ServiceStopped)]
    public async Task Says_that_the_service_does_not_run(uint code)
    {
        _service.EstablishCode = code;

        Assert.Equal(CardState.ReaderServiceDown, (await ReadAsync()).State);
    }

    [Fact]
    public async Task Says_that_no_reader_is_plugged_in()
    {
        _service.Readers.Clear();

        Assert.Equal(CardState.NoReader, (await ReadAsync()).State);
        Assert.Equal(["establish", "release"], _service.Calls);
    }

    [Fact]
    public async Task Never_guesses_between_two_readers()
    {
        _service.Readers.Add("Reader B 00 00");

        Assert.Equal(CardState.SeveralReaders, (await ReadAsync()).State);
        Assert.DoesNotContain(
            _service.Calls,
            call => call.StartsWith("connect", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Takes_the_named_reader_only()
    {
        _service.Readers.Add("Reader B 00 00");
        _options.ReaderName = "Reader B 00 00";
        Assert.Equal("Reader B 00 00", (await ReadAsync()).Reader);

        // The beginning of a name is another name.
        _options.ReaderName = "Reader B";
        Assert.Equal(CardState.ReaderNotFound, (await ReadAsync()).State);
    }

    [Fact]
    public async Task Waits_for_a_card_until_its_end()
    {
        _service.State = 0;
        TimeSpan waited = TimeSpan.Zero;
        _service.OnWait = atMost =>
        {
            waited += atMost;
            _time.Advance(atMost);
        };

        Assert.Equal(CardState.NoCard, (await ReadAsync()).State);
        Assert.Equal(_options.CardWithin, waited);
    }

    [Fact]
    public async Task Takes_a_card_that_is_placed_while_it_waits()
    {
        _service.State = 0;
        _service.OnWait = atMost =>
        {
            _time.Advance(atMost);
            _service.State = atMost > TimeSpan.Zero ? PcscReaderState.Present : 0;
        };

        Assert.Equal(CardState.Ready, (await ReadAsync()).State);
    }

    [Fact]
    public async Task Stops_waiting_for_a_card_when_cancelled()
    {
        _service.State = 0;
        using var stop = new CancellationTokenSource();
        _service.OnWait = _ => stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _reader.ReadAsync(stop.Token)
        );
        await Eventually.TrueAsync(
            () => _service.Calls.Contains("release"),
            "the context is let go"
        );
    }

    [Theory]
    [InlineData(PcscReaderState.Unavailable, CardState.ReaderPulledOut)]
    [InlineData(PcscReaderState.Unknown, CardState.ReaderPulledOut)]
    [InlineData(PcscReaderState.Present | PcscReaderState.Mute, CardState.Unreadable)]
    public async Task Says_what_the_readers_state_means(uint flags, CardState state)
    {
        _service.State = flags;

        Assert.Equal(state, (await ReadAsync()).State);
    }

    [Theory]
    [InlineData(PcscCode.SharingViolation, CardState.ReaderBusy)]
    [InlineData(PcscCode.NoSmartCard, CardState.CardMoved)]
    [InlineData(PcscCode.RemovedCard, CardState.CardMoved)]
    [InlineData(PcscCode.UnknownReader, CardState.ReaderPulledOut)]
    [InlineData(PcscCode.ReaderUnavailable, CardState.ReaderPulledOut)]
    [InlineData(0x80100066, CardState.Unreadable)]
    public async Task Says_why_the_card_could_not_be_taken(uint code, CardState state)
    {
        _service.ConnectCode = code;

        Assert.Equal(state, (await ReadAsync()).State);
        Assert.Equal("release", _service.Calls[^1]);
    }

    /// <summary>The card lifted, another program's reset, the reader pulled out, the service ended: at each command of a visit.</summary>
    [Theory]
    [InlineData(PcscCode.RemovedCard, 0u, CardState.CardMoved)]
    [InlineData(PcscCode.NotTransacted, 0u, CardState.CardMoved)]
    [InlineData(PcscCode.NotTransacted, PcscReaderState.Unavailable, CardState.ReaderPulledOut)]
    [InlineData(PcscCode.ResetCard, PcscReaderState.Present, CardState.CardMoved)]
    [InlineData(PcscCode.ReaderUnavailable, 0u, CardState.ReaderPulledOut)]
    [InlineData(PcscCode.NoService, 0u, CardState.ReaderServiceDown)]
    [InlineData(0x80100001, PcscReaderState.Present, CardState.Unreadable)]
    [InlineData(0x80100001, 0u, CardState.CardMoved)]
    public async Task Says_what_happened_in_the_middle(uint code, uint stateAfter, CardState state)
    {
        CardRead whole = await ReadAsync();
        int commands = _test.Watched.Commands.Count;
        for (int broken = 0; broken < commands; broken++)
        {
            int sent = 0;
            _service.State = PcscReaderState.Present;
            _service.TransmitCode = _ =>
            {
                if (sent++ != broken)
                {
                    return PcscCode.Success;
                }

                _service.State = stateAfter;
                return code;
            };

            Assert.Equal(state, (await ReadAsync()).State);
            Assert.Equal(["unpower", "release"], _service.Calls.TakeLast(2));
        }

        Assert.Equal(CardState.Ready, whole.State);
    }

    [Fact]
    public async Task Shows_a_PIN_once_even_when_the_card_leaves_before_it_answers()
    {
        CardRead read = await ReadAsync();
        _test.Watched.Clear();
        _service.TransmitCode = _ =>
            _test.Watched.Commands.Any(c => c is [0x00, 0x20, ..]) ? PcscCode.RemovedCard : 0;
        using Pin pin = TestCard.Typed(TestCard.Pin);

        PinSigning signing = await _reader.SignAsync(read, pin, Challenge, CancellationToken.None);

        Assert.Equal(CardState.CardMoved, signing.State);
        Assert.InRange(_test.Watched.Commands.Count(JpkiCardReaderTests.IsPinShown), 0, 1);
        Assert.Equal("off", _test.Watched.Power[^1]);
    }

    [Fact]
    public async Task Gives_up_on_a_slow_card_and_rests_until_the_call_comes_back()
    {
        using var answers = new ManualResetEventSlim();
        using var asked = new ManualResetEventSlim();
        _service.TransmitCode = _ =>
        {
            asked.Set();
            answers.Wait(TimeSpan.FromSeconds(30));
            return PcscCode.Success;
        };

        Task<CardRead> reading = ReadAsync();
        await Eventually.TrueAsync(() => asked.IsSet, "the card is asked");
        await Eventually.TrueAsync(() => PassedUntil(reading), "the reader gives up");
        Assert.Equal(CardState.CardTooSlow, (await reading).State);
        Assert.DoesNotContain("unpower", _service.Calls);

        // Not a second thread behind the first: it is refused at once.
        Assert.Equal(CardState.CardTooSlow, (await ReadAsync()).State);
        Assert.Single(_service.Calls, call => call == "establish");

        answers.Set();
        await Eventually.TrueAsync(() => _service.Calls.Contains("release"), "the card is let go");
        await Eventually.TrueAsync(
            () => ReadAsync().GetAwaiter().GetResult().State == CardState.Ready,
            "the reader reads again"
        );
    }

    [Fact]
    public async Task Says_the_same_when_the_platforms_library_is_not_installed()
    {
        var reader = new JpkiCardReader(
            new PcscSlot(new NotInstalled(), _options, _time),
            _options,
            _time,
            NullLogger.Instance
        );

        Assert.Equal(
            CardState.ReaderServiceDown,
            (await reader.ReadAsync(CancellationToken.None)).State
        );
    }

    public void Dispose() => _test.Dispose();

    private Task<CardRead> ReadAsync() => _reader.ReadAsync(CancellationToken.None);

    /// <summary>Lets time pass whenever somebody waits for it.</summary>
    private bool PassedUntil(Task done)
    {
        if (!done.IsCompleted && _time.ActiveTimers > 0)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        return done.IsCompleted;
    }

    private sealed class NotInstalled : IPcscLibrary
    {
        public uint EstablishContext(out nuint context) => throw new DllNotFoundException();

        public uint ReleaseContext(nuint context) => throw new DllNotFoundException();

        public uint ListReaders(nuint context, out IReadOnlyList<string> names) =>
            throw new DllNotFoundException();

        public uint GetStatusChange(
            nuint context,
            string reader,
            TimeSpan atMost,
            ref uint state
        ) => throw new DllNotFoundException();

        public uint ConnectExclusively(
            nuint context,
            string reader,
            out nuint card,
            out uint protocol
        ) => throw new DllNotFoundException();

        public uint DisconnectAndUnpower(nuint card) => throw new DllNotFoundException();

        public uint Transmit(
            nuint card,
            uint protocol,
            ReadOnlySpan<byte> command,
            Span<byte> answer,
            out int length
        ) => throw new DllNotFoundException();
    }
}
