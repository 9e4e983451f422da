using System.Collections.Immutable;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Server.Sentences;

/// <summary>What is asked when the card's holder is not whom the call told of.</summary>
internal static class HolderSentences
{
    public static Sentence NotCompared { get; } =
        new(
            "通報の年齢区分・性別とカードの持ち主を照合できませんでした。顔写真で確かめてください",
            "Age and sex from the call could not be compared with the card's holder. Check the photo"
        );

    public static Sentence Of(ImmutableArray<HolderDifference> differences, CodeBook codes)
    {
        IEnumerable<string> ja = differences.Select(d =>
            $"{TitleOf(d).Ja}: 通報「{Named(d.Heard, codes).Ja}」・カード「{Named(d.OfCard, codes).Ja}」"
        );
        IEnumerable<string> en = differences.Select(d =>
            $"{TitleOf(d).En}: heard {Named(d.Heard, codes).En}, card {Named(d.OfCard, codes).En}"
        );
        return new Sentence(
            $"通報の内容とカードの持ち主が違います({string.Join("、", ja)})。この傷病者本人のカードですか。まだ何も表示していません",
            $"The card's holder is not whom the call told of ({string.Join("; ", en)}). Is it this patient's card? Nothing is shown yet"
        );
    }

    private static Sentence TitleOf(HolderDifference difference) =>
        difference.Heard.Table == HolderComparison.AgeBands
            ? new Sentence("年齢区分", "Age band")
            : new Sentence("性別", "Sex");

    /// <summary>A code that the department's own file does not name stands for itself.</summary>
    private static Sentence Named(Code code, CodeBook codes) =>
        codes.Find(code) is { } entry
            ? new Sentence(entry.Ja, entry.En)
            : new Sentence(code.Value, code.Value);
}
