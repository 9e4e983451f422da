using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Import;

namespace MinaKyukyu.RoadNetwork.Tests.Import.Osm;

/// <summary>A department's own rules are read as strictly as our own.</summary>
public class AccessFileTests
{
    [Fact]
    public void Rules_of_a_department_are_followed()
    {
        ImportedTown town = OsmTown
            .Draw("a b c d")
            .Tag('b', "barrier=chain")
            .Way("abc", "highway=pedestrian")
            .Way("cd", "highway=residential", "width=2.5")
            .Import(
                Read(
                    Own()
                        .Replace("\"leastWidthMeters\": 2.3", "\"leastWidthMeters\": 2.6")
                        .Replace(
                            "\"chain\": { \"emergencySeconds\": 30 }",
                            "\"chain\": { \"ordinarySeconds\": 1 }"
                        )
                        .Replace(
                            "\"emergency\": \"open\", \"kmh\": 10 }",
                            "\"emergency\": \"open\", \"kmh\": 3 }"
                        )
                )
            );
        Assert.Equal("car 0, ambulance 3", town.Speed("a", "b"));
        Assert.Equal("car –, ambulance –", town.Between("a", "c"));
        Assert.Equal("car –, ambulance –", town.Between("c", "d"));
    }

    [Theory]
    [InlineData("\"oneWay\": true", "\"oneWayStreet\": true")]
    [InlineData("\"ordinary\": \"open\"", "\"ordinary\": \"half\"")]
    [InlineData("\"kmh\": 25", "\"kmh\": \"fast\"")]
    [InlineData("\"bollard\": {}", "\"bollard\": {}, \"bollard\": {}")]
    [InlineData("\"busRoads\": {", "\"busRoads\": [")]
    [InlineData("\"leastWidthMeters\": 2.3,", "")]
    public void Rules_that_cannot_be_read_are_refused_with_their_line(string from, string to)
    {
        string text = Own();
        int at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{from} does not stand in the rules.");
        RoadFileException refusal = Refusal(text[..at] + to + text[(at + from.Length)..]);
        // An object that lacks a member is told at its end.
        int line = text[..at].Count(letter => letter == '\n') + 1;
        Assert.InRange(refusal.Line, line, line + (to.Length == 0 ? 3 : 0));
        Assert.Equal("own.json", refusal.File);
    }

    [Theory]
    [InlineData("\"kmh\": 25", "\"kmh\": 0", "a speed is not between 1 and 200 km/h")]
    [InlineData("\"kmh\": 25", "\"kmh\": 250", "a speed is not between 1 and 200 km/h")]
    [InlineData("\"(other)\": {}", "\"other\": {}", "the barriers lack (other)")]
    [InlineData("\"bollard\": {}", "\"bollard\": null", "a list or a table holds null")]
    [InlineData("[\"bus\", \"psv\"]", "[\"bus\", null]", "a list or a table holds null")]
    [InlineData(
        "\"ordinarySeconds\": 30",
        "\"ordinarySeconds\": -1",
        "a barrier takes less than 0 or more than 3,600 s"
    )]
    [InlineData(
        "\"leastWidthMeters\": 2.3",
        "\"leastWidthMeters\": 23",
        "a clearance is not between 0 and 10 m"
    )]
    [InlineData("\"walk\": 7", "\"walk\": -7", "a limit in words is not between 0 and 200 km/h")]
    public void Rules_that_cannot_be_meant_are_refused(string from, string to, string reason)
    {
        string text = Own();
        Assert.Contains(from, text, StringComparison.Ordinal);
        Assert.Equal(reason, Refusal(text.Replace(from, to, StringComparison.Ordinal)).Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\u0000")]
    public void What_is_no_set_of_rules_is_refused(string text) =>
        Assert.Equal(1, Refusal(text).Line);

    private static RoadFileException Refusal(string text) =>
        Assert.Throws<RoadFileException>(() => Read(text));

    private static DrivingRules Read(string text) => DrivingRules.Parse(text, "own.json");

    private static string Own() => DrivingRules.JapaneseAmbulance.Text;
}
