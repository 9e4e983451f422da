using System.Security.Cryptography;
using System.Text;
using MinaKyukyu.Authorization.Ports;
using MinaKyukyu.Authorization.SignOn;
using MinaKyukyu.Fleet.Devices;
using MinaKyukyu.Fleet.Members;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.Authorization.Tests.SignOn;

/// <summary>What a member knows, kept so that nobody else can know it.</summary>
public sealed class MemberProofsTests
{
    private const string Scope = "member/17/registration-1";

    private static readonly DeviceKey Tablet = CardWorld.KeyOf("d-1");
    private static readonly SignOnSecrets Secrets = new(new byte[SignOnSecrets.KeyBytes]);

    private readonly ManualTime _time = new(TestCards.Start);
    private readonly MemberProofs _proofs;

    public MemberProofsTests() =>
        _proofs = new MemberProofs(Secrets, new SystemNonceSource(), _time, new SignOnOptions());

    private static Member Leader { get; } =
        new(new MemberNumber("17"), MemberRole.Leader, Scope, TestCards.Start, null);

    /// <summary>RFC 6238, appendix B, the rows of SHA-1, the last six of eight digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1_111_111_109, "081804")]
    [InlineData(1_111_111_111, "050471")]
    [InlineData(1_234_567_890, "005924")]
    [InlineData(2_000_000_000, "279037")]
    [InlineData(20_000_000_000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(
            code,
            Totp.CodeOf(
                Encoding.ASCII.GetBytes("12345678901234567890"),
                Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))
            )
        );

    [Fact]
    public void A_code_counts_once_and_none_that_is_older()
    {
        (byte[] sealedSecret, string shown) = Secrets.SealNewTotp(Scope);
        byte[] secret = Base32Bytes(shown);
        _time.Advance(TimeSpan.FromMinutes(2));
        string older = CodeIn(secret, TimeSpan.FromSeconds(-30));
        string now = CodeIn(secret, TimeSpan.Zero);
        Assert.IsType<MemberProof.Accepted>(Check(sealedSecret, now));
        Assert.IsType<MemberProof.Wrong>(Check(sealedSecret, now));
        Assert.IsType<MemberProof.Wrong>(Check(sealedSecret, older));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.IsType<MemberProof.Accepted>(Check(sealedSecret, CodeIn(secret, TimeSpan.Zero)));
    }

    [Fact]
    public void A_code_from_before_the_start_may_have_been_used_and_does_not_count()
    {
        (byte[] sealedSecret, string shown) = Secrets.SealNewTotp(Scope);
        Assert.IsType<MemberProof.Wrong>(
            Check(sealedSecret, CodeIn(Base32Bytes(shown), TimeSpan.Zero))
        );
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("1234567890123")]
    [InlineData("111111")]
    [InlineData("123456")]
    [InlineData("987654")]
    [InlineData("40719a")]
    [InlineData("")]
    public void A_pin_that_everybody_would_try_is_not_accepted(string pin) =>
        Assert.Throws<ArgumentException>(() => Secrets.SealPin(pin, Scope));

    [Fact]
    public void A_secret_opens_for_its_own_registration_and_under_its_own_key_only()
    {
        byte[] kept = Secrets.SealPin("407193", Scope);
        Assert.IsType<MemberProof.Accepted>(Pin(kept, Leader, "407193"));
        Assert.IsType<MemberProof.Wrong>(
            Pin(kept, Leader with { SecretScope = "member/18/registration-1" }, "407193")
        );
        var others = new MemberProofs(
            new SignOnSecrets(RandomNumberGenerator.GetBytes(SignOnSecrets.KeyBytes)),
            new SystemNonceSource(),
            _time,
            new SignOnOptions()
        );
        Assert.IsType<MemberProof.Wrong>(
            others.Check(Leader, kept, new PersonalProof.Pin("407193"), Tablet)
        );
        // Version, kind, nonce, content, tag: each check of a PIN costs its time, so one octet of each.
        foreach (int i in new[] { 0, 1, 5, 20, kept.Length - 1 })
        {
            byte[] altered = [.. kept];
            altered[i] ^= 1;
            Assert.IsType<MemberProof.Wrong>(Pin(altered, Leader, "407193"));
            Assert.IsType<MemberProof.Accepted>(Pin(kept, Leader, "407193"));
        }
    }

    [Fact]
    public void A_ticket_is_over_after_ten_minutes_whatever_the_wall_clock_says()
    {
        byte[] kept = Secrets.SealPin("407193", Scope);
        var accepted = Assert.IsType<MemberProof.Accepted>(Pin(kept, Leader, "407193"));
        string[] tickets = [accepted.Ticket.Value];
        Assert.Single(_proofs.Redeem(tickets, Tablet, Registered(Leader))!);
        Assert.Null(_proofs.Redeem(tickets, CardWorld.KeyOf("d-2"), Registered(Leader)));
        _time.JumpWall(TimeSpan.FromDays(-1));
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(_proofs.Redeem(tickets, Tablet, Registered(Leader)));
    }

    [Fact]
    public void A_ticket_is_worth_nothing_once_its_member_is_removed_locked_or_registered_anew()
    {
        byte[] kept = Secrets.SealPin("407193", Scope);
        var accepted = Assert.IsType<MemberProof.Accepted>(Pin(kept, Leader, "407193"));
        string[] tickets = [accepted.Ticket.Value];
        Assert.Null(_proofs.Redeem(tickets, Tablet, MemberRegister.Empty));
        Assert.Null(
            _proofs.Redeem(tickets, Tablet, Registered(Leader with { LockedAt = TestCards.Start }))
        );
        Assert.Null(
            _proofs.Redeem(
                tickets,
                Tablet,
                Registered(Leader with { SecretScope = "member/17/registration-2" })
            )
        );
        Assert.Single(_proofs.Redeem(tickets, Tablet, Registered(Leader))!);
    }

    [Fact]
    public void After_five_wrong_tries_the_right_pin_opens_nothing_although_no_lock_was_written()
    {
        byte[] kept = Secrets.SealPin("407193", Scope);
        for (int left = 4; left >= 0; left--)
        {
            Assert.Equal(new MemberProof.Wrong(left), Pin(kept, Leader, "407194"));
        }

        // Whoever hung up, and a disk that was full, gave nobody another try.
        Assert.IsType<MemberProof.Locked>(Pin(kept, Leader, "407193"));
        Assert.IsType<MemberProof.Locked>(Pin(kept, Leader, "407194"));
        // Headquarters registers anew: another secret, other tries.
        Member anew = Leader with
        {
            SecretScope = "member/17/registration-2",
        };
        byte[] other = Secrets.SealPin("558204", anew.SecretScope);
        Assert.IsType<MemberProof.Accepted>(Pin(other, anew, "558204"));
    }

    [Fact]
    public void No_proof_and_no_secret_prints_itself()
    {
        Assert.DoesNotContain("407193", new PersonalProof.Pin("407193").ToString());
        Assert.DoesNotContain("407193", new PersonalProof.Totp("407193").ToString());
    }

    private static MemberRegister Registered(Member member) =>
        new(MemberRegister.Empty.Members.Add(member.Number, member));

    private MemberProof Pin(byte[] kept, Member member, string pin) =>
        _proofs.Check(member, kept, new PersonalProof.Pin(pin), Tablet);

    private MemberProof Check(byte[] kept, string code) =>
        _proofs.Check(Leader, kept, new PersonalProof.Totp(code), Tablet);

    private string CodeIn(byte[] secret, TimeSpan from) =>
        Totp.CodeOf(secret, Totp.StepAt(_time.GetUtcNow() + from));

    private static byte[] Base32Bytes(string text)
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        List<byte> bytes = [];
        int held = 0;
        int bits = 0;
        foreach (char c in text)
        {
            held = ((held << 5) | letters.IndexOf(c)) & 0xfff;
            if ((bits += 5) >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(held >> bits));
            }
        }

        return [.. bytes];
    }
}
