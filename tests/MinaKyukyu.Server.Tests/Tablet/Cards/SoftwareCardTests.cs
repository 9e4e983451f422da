using System.Security.Cryptography;
using MinaKyukyu.Tablet.Cards;

namespace MinaKyukyu.Server.Tests.Tablet.Cards;

public sealed class SoftwareCardTests
{
    private static readonly byte[] Challenge = "a challenge of the server"u8.ToArray();

    [Fact]
    public void Signs_the_challenge_with_the_card_key_when_the_PIN_is_right()
    {
        using var test = TestCard.OfToday();

        PinSigning signing = test.Card.Sign(TestCard.Pin, Challenge);

        Assert.Equal(CardState.Ready, signing.State);
        Assert.True(
            ((RSA)test.Key).VerifyData(
                Challenge,
                signing.Signature!,
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1
            )
        );
    }

    [Fact]
    public void Signs_with_the_elliptic_key_of_the_next_card()
    {
        using var test = TestCard.OfTheNextKind();

        PinSigning signing = test.Card.Sign(TestCard.Pin, Challenge);

        Assert.True(
            ((ECDsa)test.Key).VerifyData(Challenge, signing.Signature!, HashAlgorithmName.SHA384)
        );
    }

    [Fact]
    public void Counts_the_tries_down_and_locks_at_the_third_wrong_PIN()
    {
        using var test = TestCard.OfToday();

        PinSigning[] wrong =
        [
            .. Enumerable.Range(0, 3).Select(_ => test.Card.Sign("0000", Challenge)),
        ];

        Assert.Equal([2, 1, 0], wrong.Select(s => s.TriesLeft));
        Assert.Equal(
            [CardState.PinWrong, CardState.PinWrong, CardState.PinLocked],
            wrong.Select(s => s.State)
        );
        PinSigning right = test.Card.Sign(TestCard.Pin, Challenge);
        Assert.Equal(CardState.PinLocked, right.State);
        Assert.Null(right.Signature);
    }

    [Fact]
    public void Has_three_tries_again_after_a_right_PIN()
    {
        using var test = TestCard.OfToday();
        test.Card.Sign("0000", Challenge);

        test.Card.Sign(TestCard.Pin, Challenge);

        Assert.Equal(2, test.Card.Sign("0000", Challenge).TriesLeft);
    }

    [Fact]
    public void Proves_without_a_PIN_that_it_is_there_for_this_challenge_only()
    {
        using var test = TestCard.OfToday();
        byte[] proof = test.Card.ProvePresence(Challenge);
        byte[] statement = [.. "MINA-KYUKYU/SIMULATED-PRESENCE/1\0"u8, .. Challenge];

        Assert.True(test.Presence.VerifyData(statement, proof, HashAlgorithmName.SHA256));
        statement[^1] ^= 1;
        Assert.False(test.Presence.VerifyData(statement, proof, HashAlgorithmName.SHA256));
    }

    [Fact]
    public void Prints_nothing_of_a_card()
    {
        using var test = TestCard.OfToday();

        Assert.Equal("Ready", test.Card.ReadCertificate().ToString());
        Assert.Equal("Ready", test.Card.Sign(TestCard.Pin, Challenge).ToString());
        Assert.Equal("Ready", new VerifierWord(CardState.Ready, [1]).ToString());
    }

    [Fact]
    public void Has_words_in_both_languages_for_every_state()
    {
        foreach (CardState state in Enum.GetValues<CardState>())
        {
            CrewWords words = CardWords.Of(state, 2);
            Assert.NotEmpty(words.Ja);
            Assert.NotEmpty(words.En);
        }

        Assert.Contains("2", CardWords.Of(CardState.PinWrong, 2).Ja);
    }
}
