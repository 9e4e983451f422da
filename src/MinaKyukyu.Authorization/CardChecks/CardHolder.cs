using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Authorization.CardChecks;

/// <summary>Who the card's holder is, as far as a source of records says. Personal data: never logged, never stored.</summary>
/// <param name="BornEarliest">First day that the date of birth may mean; null when it is not known.</param>
/// <param name="BornLatest">Last day that it may mean.</param>
/// <param name="Sex">Of the table <c>sex</c>; null when it is neither, or not known.</param>
public sealed record CardHolder(DateOnly? BornEarliest, DateOnly? BornLatest, Code? Sex)
{
    public override string ToString() => "(withheld)";
}
