using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.Tests.Cards;
using MinaKyukyu.Tablet.VirtualCards;

namespace MinaKyukyu.Tablet.Tests.VirtualCards;

public sealed class VirtualCardTests : IDisposable
{
    private const string Application = "00A4040C0AD392F000260100000001";

    private readonly TestCard _test = new();

    [Fact]
    public void Answers_nothing_without_power() => Assert.Equal("6F00", Send(Application));

    [Theory]
    // An application, a file before and after it, an unknown one.
    [InlineData("00A4020C020006", "6A82")]
    [InlineData(Application + " 00A4020C020006", "9000")]
    [InlineData(Application + " 00A4020C020005", "6A82")]
    [InlineData("00A4040C0AD392F000260100000002", "6A82")]
    [InlineData("00A4000C", "6A86")]
    // The name of the token, whole and past its end.
    [InlineData(Application + " 00A4020C020006 00B0001F01", "209000")]
    [InlineData(Application + " 00A4020C020006 00B0001F02", "206282")]
    [InlineData(Application + " 00A4020C020006 00B0002001", "6B00")]
    [InlineData(Application + " 00B0000004", "6986")]
    [InlineData(Application + " 00A4020C020018 00B0000004", "6981")]
    [InlineData(Application + " 00A4020C02000A 00B0000002", "30829000")]
    // What must stay shut.
    [InlineData(Application + " 00A4020C020001 00B0000004", "6982")]
    [InlineData("00A4040C0AD3921000310001010408 00A4020C020001 00B0000004", "6982")]
    [InlineData("00A4040C0AD3921000310001010402 00A4020C020005 00B0000004", "6982")]
    // Tries: asking costs none; a PIN needs its reference.
    [InlineData(Application + " 00A4020C020018 00200080 00200080", "63C3")]
    [InlineData(Application + " 00A4020C02001B 00200080", "63C5")]
    [InlineData(Application + " 00200080", "6985")]
    [InlineData(Application + " 00A4020C020018 002000800430303030", "63C2")]
    [InlineData(Application + " 00A4020C020018 002000800434373131", "9000")]
    // Another application closes what was opened.
    [InlineData(
        Application
            + " 00A4020C020018 002000800434373131 "
            + Application
            + " 00A4020C020017 802A0080010100",
        "6982"
    )]
    [InlineData(Application + " 00A4020C020017 802A0080020102", "6982")]
    [InlineData(
        Application + " 00A4020C020018 002000800434373131 00A4020C020017 802A008002010200",
        "6A80"
    )]
    [InlineData("00C0000000", "6985")]
    [InlineData("00D6000000", "6D00")]
    [InlineData("C0A4000000", "6E00")]
    [InlineData("00", "6700")]
    [InlineData("00A4020C000002", "6700")]
    public void Answers_as_a_card_does(string commands, string answer)
    {
        _test.Watched.PowerOn();

        Assert.Equal(answer, commands.Split(' ').Select(Send).ToArray()[^1]);
    }

    [Fact]
    public void Locks_after_the_third_wrong_PIN_and_keeps_its_tries_without_power()
    {
        _test.Watched.PowerOn();
        Send(Application);
        Send("00A4020C020018");
        string[] answers = [.. Enumerable.Range(0, 4).Select(_ => Send("002000800430303030"))];
        _test.Watched.Reset();
        Send(Application);
        Send("00A4020C020018");

        Assert.Equal(["63C2", "63C1", "63C0", "6984"], answers);
        Assert.Equal("6984", Send("002000800434373131"));
        Assert.Equal("63C0", Send("00200080"));
    }

    [Theory]
    [InlineData("JPKI")]
    [InlineData("Somebody")]
    public void Takes_only_a_certificate_of_a_TEST_authority(string organization)
    {
        long serial = 1;
        using var authority = TestCardAuthority.Create(
            TestCard.Since,
            () => serial++,
            TestProfile.AuthorityName(organization)
        );
        using SoftwareCard card = authority.Issue(
            new CardSpec(TestCard.Since, TestCard.Since.AddYears(5)),
            TestCard.Pin
        );
        var spec = new VirtualCardSpec(
            card.Certificate,
            card.Key.ExportPkcs8PrivateKey(),
            TestCard.Pin
        );

        Assert.Throws<ArgumentException>(() => new VirtualCard(spec));
    }

    [Fact]
    public void Tells_of_a_certificate_only_what_is_not_personal()
    {
        CertificateFacts facts = CertificateFacts.Read(_test.Certificate)!;

        Assert.Equal(CardIssuer.Test, facts.Issuer);
        Assert.Equal(TestCard.Since, facts.NotBefore);
        Assert.Equal(TestCard.Since.AddYears(5), facts.NotAfter);
        Assert.Null(facts.Generation);
        Assert.Null(CertificateFacts.Read([1, 2, 3]));
    }

    public void Dispose() => _test.Dispose();

    private string Send(string command) =>
        Convert.ToHexString(_test.Watched.Transmit(Convert.FromHexString(command)));
}
