namespace MinaKyukyu.RoadNetwork.Tests.Contraction;

/// <summary>The example of the room's README, line by line.</summary>
public class DrawnExampleTests
{
    private readonly ContractedDrawing _city = new(
        """
        S1 -2- a -4- m -1- c -3- S2
               |     |     |
               3     1     2
               |     |     |
               b -2- n -2- d
        """,
        order: "S1 b a S2 d c n m"
    );

    [Fact]
    public void Removing_a_place_joins_its_higher_neighbours() =>
        Assert.Equal("a-n 5, c-n 4", _city.Shortcuts());

    [Theory]
    [InlineData("S1", "S1 0, a 2, n 7, m 6")]
    [InlineData("S2", "S2 0, c 3, n 7, m 4")]
    public void A_unit_leaves_its_time_at_every_place_above_it(string unit, string label) =>
        Assert.Equal(label, _city.ClimbFrom(unit));

    [Fact]
    public void An_incident_looks_only_at_the_places_above_it() =>
        // At c waits S2 with 3: 3 + 2 = 5. At n and m waits S1: 7 + 2 = 6 + 3 = 9.
        Assert.Equal("d 0, c 2, n 2, m 3", _city.ClimbTo("d"));
}
