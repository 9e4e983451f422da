using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.Tests.Cards;

namespace MinaKyukyu.Tablet.Tests.Witness;

/// <summary>Our reader through the real libpcsclite and the real service.</summary>
[Collection(nameof(PcscWorld))]
public sealed class PlatformReaderTests(PcscWorld world) : IAsyncLifetime, IDisposable
{
    private static readonly byte[] Challenge = "a challenge of the server"u8.ToArray();

    private readonly TestCard _test = new();
    private readonly TestCard _other = new();

    public Task InitializeAsync() => world.PlaceAsync(0, _test.Watched);

    public async Task DisposeAsync()
    {
        await world.LiftAsync(0);
        await world.LiftAsync(1);
    }

    public void Dispose()
    {
        _test.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void Says_that_the_service_does_not_run_before_it_is_started() =>
        Assert.Equal(CardState.ReaderServiceDown, world.BeforeStart);

    [Fact]
    public async Task Reads_the_certificate_and_the_tries_left()
    {
        CardRead read = await PcscWorld.Reader(0).ReadAsync(CancellationToken.None);

        Assert.Equal(CardState.Ready, read.State);
        Assert.Equal(PcscWorld.Readers[0], read.Reader);
        Assert.Equal(_test.Certificate, read.Certificate);
        Assert.Equal(3, read.PinTriesLeft);
        Assert.Empty(ApduLog.Violations(_test.Watched.Commands));
    }

    [Fact]
    public async Task Tells_a_wrong_PIN_from_a_right_one_and_leaves_none_verified()
    {
        PinSigning wrong = await SignAsync("0000");
        PinSigning right = await SignAsync(TestCard.Pin);

        Assert.Equal(new PinSigning(CardState.PinWrong, 2), wrong);
        Assert.True(_test.Signed(Challenge, right.Signature));
        Assert.Equal(3, _test.PinTriesLeft);
        Assert.Empty(ApduLog.Violations(_test.Watched.Commands));

        // Four visits, and the power gone after each: the key asks for the PIN again, whoever comes next.
        await Eventually.TrueAsync(
            () => _test.Watched.Power.Count(word => word == "off") == 4,
            "the service takes the card's power"
        );
        string next = await world.RunAsync(
            "opensc-tool",
            "-r",
            "0",
            "--send-apdu",
            "00A4040C0AD392F000260100000001",
            "--send-apdu",
            "00A4020C020017",
            "--send-apdu",
            Convert.ToHexString(_test.Watched.Commands.First(c => c is [0x80, 0x2A, ..]))
        );
        Assert.Contains("SW1=0x69, SW2=0x82", next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holds_the_card_alone()
    {
        using var asked = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        _test.Watched.Answer = (command, answer) =>
        {
            if (command is [0x00, 0xB0, ..])
            {
                asked.Set();
                goOn.Wait(TimeSpan.FromSeconds(4));
            }

            return answer;
        };
        Task<CardRead> first = PcscWorld.Reader(0).ReadAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => asked.IsSet, "the first reader is at the card");

        CardRead second = await PcscWorld.Reader(0).ReadAsync(CancellationToken.None);
        goOn.Set();

        Assert.Equal(CardState.ReaderBusy, second.State);
        Assert.Equal(CardState.Ready, (await first).State);
    }

    /// <summary>At the third piece of the certificate, and between the PIN and the signature.</summary>
    [Theory]
    [InlineData(0xB0, 3)]
    [InlineData(0x2A, 1)]
    public async Task Says_that_the_card_was_pulled_out_in_the_middle(int instruction, int time)
    {
        int seen = 0;
        CardRead read = await PcscWorld.Reader(0).ReadAsync(CancellationToken.None);
        _test.Watched.Answer = (command, answer) =>
        {
            if (command[1] == instruction && ++seen == time)
            {
                world.Snatch(0);
            }

            return answer;
        };

        CardState state =
            instruction == 0x2A
                ? (await SignAsync(TestCard.Pin, read)).State
                : (await PcscWorld.Reader(0).ReadAsync(CancellationToken.None)).State;
        Assert.Equal(CardState.CardMoved, state);

        // Placed again, it is read again, and nothing of the visit before lives on.
        _test.Watched.Answer = (_, answer) => answer;
        await world.PlaceAsync(0, _test.Watched);
        Assert.Equal(
            CardState.Ready,
            (await PcscWorld.Reader(0).ReadAsync(CancellationToken.None)).State
        );
    }

    [Fact]
    public async Task Gives_up_on_a_card_that_does_not_answer()
    {
        using var answers = new ManualResetEventSlim();
        _test.Watched.Answer = (command, answer) =>
        {
            if (command is [0x00, 0xB0, ..])
            {
                answers.Wait(TimeSpan.FromSeconds(20));
            }

            return answer;
        };

        CardRead read = await PcscWorld
            .Reader(0, commandWithin: TimeSpan.FromMilliseconds(300))
            .ReadAsync(CancellationToken.None);
        answers.Set();

        Assert.Equal(CardState.CardTooSlow, read.State);
    }

    [Fact]
    public async Task Says_that_no_card_was_placed()
    {
        await world.LiftAsync(0);

        Assert.Equal(
            CardState.NoCard,
            (await PcscWorld.Reader(0).ReadAsync(CancellationToken.None)).State
        );
    }

    [Fact]
    public async Task Takes_the_card_of_the_named_reader_and_never_guesses()
    {
        await world.PlaceAsync(1, _other.Watched);

        Assert.Equal(
            CardState.SeveralReaders,
            (await PcscWorld.Reader(null).ReadAsync(CancellationToken.None)).State
        );
        Assert.Equal(
            CardState.ReaderNotFound,
            (await PcscWorld.Reader(null, "Virtual PCD").ReadAsync(CancellationToken.None)).State
        );
        Assert.Equal(
            _test.Certificate,
            (await PcscWorld.Reader(0).ReadAsync(CancellationToken.None)).Certificate
        );
        Assert.Equal(
            _other.Certificate,
            (await PcscWorld.Reader(1).ReadAsync(CancellationToken.None)).Certificate
        );
    }

    [Fact]
    public async Task Notices_that_another_card_was_laid_down_before_the_PIN_is_shown()
    {
        CardRead read = await PcscWorld.Reader(0).ReadAsync(CancellationToken.None);
        await world.PlaceAsync(0, _other.Watched);

        Assert.Equal(CardState.CardChanged, (await SignAsync(TestCard.Pin, read)).State);
        Assert.DoesNotContain(_other.Watched.Commands, JpkiCardReaderTests.IsPinShown);
    }

    private static async Task<PinSigning> SignAsync(string pin, CardRead? read = null)
    {
        JpkiCardReader reader = PcscWorld.Reader(0);
        using Pin typed = TestCard.Typed(pin);
        return await reader.SignAsync(
            read ?? await reader.ReadAsync(CancellationToken.None),
            typed,
            Challenge,
            CancellationToken.None
        );
    }
}
