using System.Collections.Immutable;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Authorization.CardChecks;

/// <summary>One thing in which the card's holder is not whom the 119 call told of; both of one table.</summary>
public sealed record HolderDifference(Code Heard, Code OfCard);

/// <summary>
/// Is the card this patient's? Age band and sex, as heard in the 119 call, against the card's holder. A difference is a question
/// to the crew, not a refusal: callers err, and the face was compared with the photo. Pure.
/// </summary>
public static class HolderComparison
{
    /// <summary>Table of the age bands (年齢区分).</summary>
    public const string AgeBands = "age-band";

    /// <summary>Table of the sexes (性別).</summary>
    public const string Sexes = "sex";

    private const int NewbornDays = 28;

    /// <summary>
    /// Bands by age in whole years, and the ages that a caller may take for one: a few years beyond its ends, so that an adult of 67
    /// asks nothing. The bands are the statistics'; how far a caller may err is ours, without a source.
    /// </summary>
    private static readonly ImmutableArray<Band> Bands =
    [
        new("newborn", From: 0, Below: 0, TakenFrom: 0, TakenBelow: 1),
        new("infant", From: 0, Below: 7, TakenFrom: 0, TakenBelow: 9),
        new("minor", From: 7, Below: 18, TakenFrom: 5, TakenBelow: 21),
        new("adult", From: 18, Below: 65, TakenFrom: 16, TakenBelow: 70),
        new("elderly", From: 65, Below: int.MaxValue, TakenFrom: 60, TakenBelow: int.MaxValue),
    ];

    /// <summary>Whether the call said anything that can be compared.</summary>
    public static bool IsWorthAsking(Patient heard) =>
        heard.AgeBand is not null || heard.Sex is not null;

    /// <summary>Empty when nothing differs; what either side does not know differs from nothing.</summary>
    /// <param name="today">In Japan.</param>
    public static ImmutableArray<HolderDifference> Find(
        Patient heard,
        CardHolder holder,
        DateOnly today
    )
    {
        ImmutableArray<HolderDifference>.Builder differences =
            ImmutableArray.CreateBuilder<HolderDifference>();
        if (heard.AgeBand is { } band && FindOtherBand(band, holder, today) is { } ofCard)
        {
            differences.Add(new HolderDifference(band, ofCard));
        }

        if (heard.Sex is { } sex && holder.Sex is { } other && sex != other)
        {
            differences.Add(new HolderDifference(sex, other));
        }

        return differences.ToImmutable();
    }

    private static Code? FindOtherBand(Code heard, CardHolder holder, DateOnly today)
    {
        if (
            holder is not { BornEarliest: { } earliest, BornLatest: { } latest }
            || latest > today
            || Bands.FirstOrDefault(b => b.Name == heard.Value) is not { } band
        )
        {
            return null;
        }

        bool mayBeTakenForIt =
            AgeOf(latest, today) < band.TakenBelow && AgeOf(earliest, today) >= band.TakenFrom;
        return mayBeTakenForIt ? null : new Code(AgeBands, BandOf(latest, today));
    }

    private static string BandOf(DateOnly born, DateOnly today)
    {
        int age = AgeOf(born, today);
        return today.DayNumber - born.DayNumber < NewbornDays
            ? Bands[0].Name
            : Bands.First(b => b.From <= age && age < b.Below).Name;
    }

    private static int AgeOf(DateOnly born, DateOnly today)
    {
        int years = today.Year - born.Year;
        return born.AddYears(years) > today ? years - 1 : years;
    }

    private sealed record Band(string Name, int From, int Below, int TakenFrom, int TakenBelow);
}
