using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.CardSteps;

namespace MinaKyukyu.Tablet.Tests.Cards;

public sealed class CardWordsTests
{
    [Fact]
    public void Has_words_of_its_own_in_both_languages_for_every_state()
    {
        CrewWords[] words =
        [
            .. Enum.GetValues<CardState>().Select(state => CardWords.Of(state, 2)),
        ];

        Assert.All(words, w => Assert.NotEmpty(w.Ja));
        Assert.All(words, w => Assert.NotEmpty(w.En));
        Assert.Equal(words.Length, words.Select(w => w.Ja).Distinct().Count());
        Assert.Equal(words.Length, words.Select(w => w.En).Distinct().Count());
        Assert.Contains("2", CardWords.Of(CardState.PinWrong, 2).Ja);
    }

    [Fact]
    public void Every_state_but_a_good_one_has_a_row_to_close_the_step_with()
    {
        foreach (CardState state in Enum.GetValues<CardState>().Where(s => s != CardState.Ready))
        {
            Assert.NotEmpty(NoViewReasons.Of(state));
        }
    }

    [Fact]
    public void Warns_before_the_last_try_that_a_wrong_one_locks()
    {
        Assert.Contains("残り2回", CardWords.BeforePin(2).Ja);
        Assert.Contains("ロック", CardWords.BeforePin(1).Ja);
    }
}
