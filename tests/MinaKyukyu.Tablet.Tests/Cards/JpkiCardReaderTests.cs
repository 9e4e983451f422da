using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.Cards.Apdus;

namespace MinaKyukyu.Tablet.Tests.Cards;

public sealed class JpkiCardReaderTests
{
    private static readonly byte[] Challenge = "a challenge of the server"u8.ToArray();

    [Fact]
    public async Task Reads_certificate_and_tries_left_without_a_PIN_and_without_using_a_try()
    {
        using var test = new TestCard();

        CardRead read = await test.Reader.ReadAsync(CancellationToken.None);

        Assert.Equal(CardState.Ready, read.State);
        Assert.Equal(test.Certificate, read.Certificate);
        Assert.Equal(3, read.PinTriesLeft);
        Assert.Equal(TokenKind.MyNumberCard, read.Token);
        Assert.DoesNotContain(test.Watched.Commands, c => c[1] == 0x20 && c.Length > 4);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Signs_the_challenge_with_the_card_key_when_the_PIN_is_right(bool holdsBack)
    {
        using var test = new TestCard(spec => spec with { HoldsBack = holdsBack });

        PinSigning signing = await SignAsync(test, TestCard.Pin);

        Assert.Equal(CardState.Ready, signing.State);
        Assert.True(test.Signed(Challenge, signing.Signature));
        Assert.False(test.Signed("another text"u8, signing.Signature));
    }

    [Fact]
    public async Task Takes_the_cards_power_after_signing_so_that_no_verified_PIN_lives_on()
    {
        using var test = new TestCard();

        await SignAsync(test, TestCard.Pin);

        Assert.Equal(["on", "off", "on", "off"], test.Watched.Power);
        test.Watched.PowerOn();
        test.Watched.Transmit(Convert.FromHexString("00A4040C0AD392F000260100000001"));
        test.Watched.Transmit(Convert.FromHexString("00A4020C020017"));
        Assert.Equal([0x69, 0x82], test.Watched.Transmit(test.Watched.Commands.First(IsSign)));
    }

    [Fact]
    public async Task Counts_the_tries_down_and_locks_at_the_third_wrong_PIN()
    {
        using var test = new TestCard();

        List<PinSigning> wrong = [];
        for (int i = 0; i < 3; i++)
        {
            wrong.Add(await SignAsync(test, "0000"));
        }

        Assert.Equal([2, 1, 0], wrong.Select(s => s.TriesLeft));
        Assert.Equal(
            [CardState.PinWrong, CardState.PinWrong, CardState.PinLocked],
            wrong.Select(s => s.State)
        );
    }

    [Fact]
    public async Task Does_not_show_the_PIN_to_a_locked_card()
    {
        using var test = new TestCard(spec => spec with { PinTries = 1 });
        CardRead read = await test.Reader.ReadAsync(CancellationToken.None);
        await SignAsync(test, "0000");
        test.Watched.Clear();

        PinSigning signing = await SignAsync(test, TestCard.Pin, read);

        Assert.Equal(new PinSigning(CardState.PinLocked, 0), signing);
        Assert.DoesNotContain(test.Watched.Commands, IsPinShown);
        Assert.Equal(0, (await test.Reader.ReadAsync(CancellationToken.None)).PinTriesLeft);
    }

    [Theory]
    [InlineData("6983")]
    [InlineData("6984")]
    public async Task Takes_both_words_for_blocked_as_locked(string status)
    {
        using var test = new TestCard();
        test.Watched.Answer = (command, answer) =>
            IsPinShown(command) ? Convert.FromHexString(status) : answer;

        Assert.Equal(new PinSigning(CardState.PinLocked, 0), await SignAsync(test, TestCard.Pin));

        test.Watched.Answer = (command, answer) =>
            command[1] == 0x20 ? Convert.FromHexString(status) : answer;
        Assert.Equal(0, (await test.Reader.ReadAsync(CancellationToken.None)).PinTriesLeft);
    }

    [Fact]
    public async Task Has_three_tries_again_after_a_right_PIN()
    {
        using var test = new TestCard();
        await SignAsync(test, "0000");

        await SignAsync(test, TestCard.Pin);

        Assert.Equal(2, (await SignAsync(test, "0000")).TriesLeft);
    }

    [Fact]
    public async Task Does_not_show_the_PIN_to_another_card_than_the_one_that_was_read()
    {
        using var first = new TestCard();
        using var second = new TestCard();
        CardRead read = await first.Reader.ReadAsync(CancellationToken.None);

        PinSigning signing = await SignAsync(second, TestCard.Pin, read);

        Assert.Equal(CardState.CardChanged, signing.State);
        Assert.DoesNotContain(second.Watched.Commands, IsPinShown);
    }

    [Fact]
    public async Task Does_not_trust_a_card_whose_key_does_not_fit_the_certificate_that_it_carries()
    {
        using var holder = new TestCard();
        using var copy = new TestCard(spec => spec with { Certificate = holder.Certificate });

        PinSigning signing = await SignAsync(copy, TestCard.Pin);

        Assert.Equal(CardState.Untrusted, signing.State);
        Assert.Null(signing.Signature);
    }

    [Theory]
    [InlineData(TokenKind.Android, CardState.SmartphoneToken)]
    [InlineData(TokenKind.IPhone, CardState.SmartphoneToken)]
    [InlineData(TokenKind.ResidentCard, CardState.NotMyNumberCard)]
    [InlineData(TokenKind.Unknown, CardState.NotMyNumberCard)]
    public async Task Reads_no_certificate_of_what_is_not_a_My_Number_card(
        TokenKind token,
        CardState state
    )
    {
        using var test = new TestCard(spec => spec with { Token = token });

        CardRead read = await test.Reader.ReadAsync(CancellationToken.None);

        Assert.Equal(state, read.State);
        Assert.Equal(token, read.Token);
        Assert.Null(read.Certificate);
        Assert.DoesNotContain(
            test.Watched.Commands,
            c => Convert.ToHexString(c) == "00A4020C02000A"
        );
    }

    [Fact]
    public async Task Says_that_a_card_without_the_application_is_no_My_Number_card()
    {
        using var test = new TestCard();
        test.Watched.Answer = (_, _) => [0x6A, 0x82];

        CardRead read = await test.Reader.ReadAsync(CancellationToken.None);

        Assert.Equal(CardState.NotMyNumberCard, read.State);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(60_000)]
    public async Task Cannot_read_a_certificate_that_claims_a_wrong_length(int more)
    {
        using var test = new TestCard();
        test.Watched.Answer = (command, answer) => Claim(command, answer, more);

        CardRead read = await test.Reader.ReadAsync(CancellationToken.None);

        Assert.Equal(CardState.Unreadable, read.State);
        Assert.Null(read.Certificate);
    }

    [Fact]
    public async Task Asks_again_with_the_length_that_the_card_wants()
    {
        using var test = new TestCard();
        test.Watched.Answer = (command, answer) =>
            command is [0x00, 0xB0, _, _, 0x20] && answer.Length == 0x22
                ? test.Watched.Commands.Count(c => c.SequenceEqual(command)) == 1
                    ? [0x6C, 0x20]
                    : answer
                : answer;

        Assert.Equal(CardState.Ready, (await test.Reader.ReadAsync(CancellationToken.None)).State);
    }

    [Fact]
    public async Task Gives_up_on_a_card_that_never_stops_holding_back()
    {
        using var test = new TestCard();
        test.Watched.Answer = (command, answer) => command[1] == 0xB0 ? [0x61, 0x10] : answer;

        CardRead read = await test.Reader.ReadAsync(CancellationToken.None);

        Assert.NotEqual(CardState.Ready, read.State);
        Assert.InRange(test.Watched.Commands.Count, 1, 64);
    }

    [Fact]
    public async Task Asks_for_the_card_again_when_a_PIN_seems_verified_that_we_did_not_show()
    {
        using var test = new TestCard();
        test.Watched.Answer = (command, answer) => command[1] == 0x20 ? [0x90, 0x00] : answer;

        CardRead read = await test.Reader.ReadAsync(CancellationToken.None);

        Assert.Equal(CardState.Unreadable, read.State);
    }

    /// <summary>Every path: each kind of card and PIN, and each answer of a visit replaced by each status that a card may give.</summary>
    [Fact]
    public async Task Never_sends_anything_that_is_not_allowed_on_any_path()
    {
        string[] statuses =
        [
            "9000",
            "6100",
            "6110",
            "6282",
            "6300",
            "63C0",
            "63C1",
            "63C3",
            "6581",
            "6700",
            "6982",
            "6983",
            "6984",
            "6985",
            "6986",
            "6A80",
            "6A82",
            "6A86",
            "6B00",
            "6C00",
            "6C04",
            "6D00",
            "6E00",
            "6F00",
            "",
        ];
        using var test = new TestCard(spec => spec with { PinTries = 15 });
        CardRead read = await test.Reader.ReadAsync(CancellationToken.None);
        await SignAsync(test, TestCard.Pin, read);
        int longest = test.Watched.Commands.Count;
        int paths = 0;
        int shown = 0;
        foreach (string status in statuses)
        {
            for (int broken = 0; broken < longest; broken++)
            {
                int sent = 0;
                test.Watched.Clear();
                test.Watched.Answer = (_, answer) =>
                    sent++ == broken ? Convert.FromHexString(status) : answer;
                await test.Reader.ReadAsync(CancellationToken.None);
                await SignAsync(test, TestCard.Pin, read);
                Assert.Empty(ApduLog.Violations(test.Watched.Commands));
                int pins = test.Watched.Commands.Count(IsPinShown);
                Assert.InRange(pins, 0, 1);
                shown += pins;
                paths++;
            }
        }

        Assert.Equal(statuses.Length * longest, paths);
        Assert.InRange(shown, 1, paths);
    }

    [Theory]
    // The 12-digit number: input support, card face.
    [InlineData("00A4040C0AD3921000310001010408")]
    [InlineData("00A4040C0AD3921000310001010402")]
    // The signature pair and its password.
    [InlineData("00A4040C0AD392F000260100000001", "00A4020C020001")]
    [InlineData("00A4040C0AD392F000260100000001", "00A4020C020002")]
    [InlineData("00A4040C0AD392F000260100000001", "00A4020C02001A")]
    [InlineData("00A4040C0AD392F000260100000001", "00A4020C02001B")]
    // By short file identifier, past the SELECT.
    [InlineData("00A4040C0AD392F000260100000001", "00B0810000")]
    // A PIN to whatever is selected, and a PIN twice.
    [InlineData("00A4040C0AD392F000260100000001", "002000800434373131")]
    [InlineData(
        "00A4040C0AD392F000260100000001",
        "00A4020C020018",
        "002000800434373131",
        "002000800434373131"
    )]
    public void The_watch_on_the_log_sees_what_is_not_allowed(params string[] log) =>
        Assert.Single(ApduLog.Violations(log.Select(Convert.FromHexString)));

    [Fact]
    public void Forgets_a_PIN_once_it_is_sent_and_nothing_else()
    {
        using Pin pin = TestCard.Typed(TestCard.Pin);
        var verify = CardCommand.Verify(pin);
        string select = Convert.ToHexString(CardCommand.SelectJpki.Bytes);

        verify.Forget();
        CardCommand.SelectJpki.Forget();

        Assert.DoesNotContain((byte)'4', verify.Bytes.ToArray());
        Assert.Equal(select, Convert.ToHexString(CardCommand.SelectJpki.Bytes));
    }

    [Fact]
    public async Task Prints_nothing_of_a_card()
    {
        using var test = new TestCard();
        using Pin pin = TestCard.Typed(TestCard.Pin);

        Assert.Equal("Ready", (await test.Reader.ReadAsync(CancellationToken.None)).ToString());
        Assert.Equal("Ready", (await SignAsync(test, TestCard.Pin)).ToString());
        Assert.Equal("Ready", new VerifierWord(CardState.Ready, [1]).ToString());
        Assert.Equal("Pin", pin.ToString());
    }

    internal static bool IsPinShown(byte[] command) =>
        command is [0x00, 0x20, 0x00, 0x80, _, ..] && command.Length > 5;

    private static bool IsSign(byte[] command) => command is [0x80, 0x2A, ..];

    /// <summary>The first octets of the certificate, with another length in them.</summary>
    internal static byte[] Claim(byte[] command, byte[] answer, int more)
    {
        if (command is not [0x00, 0xB0, 0x00, 0x00, ..] || answer is not [0x30, 0x82, ..])
        {
            return answer;
        }

        int length = (((answer[2] << 8) | answer[3]) + more) & 0xFFFF;
        byte[] changed = [.. answer];
        changed[2] = (byte)(length >> 8);
        changed[3] = (byte)length;
        return changed;
    }

    private static async Task<PinSigning> SignAsync(
        TestCard test,
        string pin,
        CardRead? read = null
    )
    {
        using Pin typed = TestCard.Typed(pin);
        return await test.Reader.SignAsync(
            read ?? await test.Reader.ReadAsync(CancellationToken.None),
            typed,
            Challenge,
            CancellationToken.None
        );
    }
}
