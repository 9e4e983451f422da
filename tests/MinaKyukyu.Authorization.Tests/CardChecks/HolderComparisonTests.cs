using System.Globalization;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Authorization.Tests.CardChecks;

public sealed class HolderComparisonTests
{
    private static readonly DateOnly Today = new(2026, 4, 1);

    [Theory]
    [InlineData("elderly", "1950-01-01", "")]
    [InlineData("elderly", "1966-04-01", "")]
    [InlineData("elderly", "1966-04-02", "adult")]
    [InlineData("elderly", "1990-06-15", "adult")]
    [InlineData("adult", "1956-04-02", "")]
    [InlineData("adult", "1956-04-01", "elderly")]
    [InlineData("adult", "2010-04-01", "")]
    [InlineData("adult", "2010-04-02", "minor")]
    [InlineData("minor", "2005-04-02", "")]
    [InlineData("minor", "2005-04-01", "adult")]
    [InlineData("minor", "2021-04-01", "")]
    [InlineData("minor", "2021-04-02", "infant")]
    [InlineData("infant", "2017-04-02", "")]
    [InlineData("infant", "2017-04-01", "minor")]
    [InlineData("infant", "2026-03-20", "")]
    [InlineData("newborn", "2026-03-20", "")]
    [InlineData("newborn", "2025-04-02", "")]
    [InlineData("newborn", "2025-04-01", "infant")]
    [InlineData("elderly", "2026-03-05", "newborn")]
    [InlineData("elderly", "2026-03-04", "infant")]
    [InlineData("a-band-of-a-later-form", "1990-06-15", "")]
    public void A_band_differs_when_nobody_would_take_that_age_for_it(
        string heard,
        string born,
        string ofCard
    )
    {
        HolderDifference[] differences = Find(heard, null, Born(born), Born(born), null);
        Assert.Equal(
            ofCard.Length == 0 ? [] : [new HolderDifference(Band(heard), Band(ofCard))],
            differences
        );
    }

    [Theory]
    // Only the month or the year of birth is known: what may fit does not differ.
    [InlineData("elderly", "1966-01-01", "1966-12-31", false)]
    [InlineData("elderly", "1967-01-01", "1967-12-31", true)]
    [InlineData("adult", "1956-04-01", "1956-04-30", false)]
    // A date of birth that has not come says nothing.
    [InlineData("elderly", "2027-01-01", "2027-01-01", false)]
    public void A_date_of_birth_that_is_vague_is_taken_for_what_it_may_be(
        string heard,
        string earliest,
        string latest,
        bool differs
    ) => Assert.Equal(differs, Find(heard, null, Born(earliest), Born(latest), null).Length == 1);

    [Theory]
    [InlineData("female", "female", false)]
    [InlineData("female", "male", true)]
    [InlineData("female", null, false)]
    [InlineData(null, "male", false)]
    public void A_sex_differs_only_from_another_that_is_known(
        string? heard,
        string? ofCard,
        bool differs
    ) => Assert.Equal(differs, Find(null, heard, null, null, ofCard).Length == 1);

    [Fact]
    public void Both_are_told_and_what_is_not_known_differs_from_nothing()
    {
        Assert.Equal(
            [
                new HolderDifference(Band("infant"), Band("elderly")),
                new HolderDifference(Sex("male"), Sex("female")),
            ],
            Find("infant", "male", Born("1940-01-01"), Born("1940-01-01"), "female")
        );
        Assert.Empty(Find("elderly", "male", null, null, null));
        Assert.False(HolderComparison.IsWorthAsking(Heard(null, null)));
        Assert.True(HolderComparison.IsWorthAsking(Heard("adult", null)));
        Assert.True(HolderComparison.IsWorthAsking(Heard(null, "male")));
        Assert.Equal("(withheld)", new CardHolder(Today, Today, Sex("male")).ToString());
    }

    private static HolderDifference[] Find(
        string? band,
        string? sex,
        DateOnly? earliest,
        DateOnly? latest,
        string? ofCard
    ) =>
        [
            .. HolderComparison.Find(
                Heard(band, sex),
                new CardHolder(earliest, latest, ofCard is null ? null : Sex(ofCard)),
                Today
            ),
        ];

    private static Patient Heard(string? band, string? sex) =>
        new(PatientSlot.First, band is null ? null : Band(band), false, null)
        {
            Sex = sex is null ? null : Sex(sex),
        };

    private static Code Band(string value) => new(HolderComparison.AgeBands, value);

    private static Code Sex(string value) => new(HolderComparison.Sexes, value);

    private static DateOnly Born(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture);
}
