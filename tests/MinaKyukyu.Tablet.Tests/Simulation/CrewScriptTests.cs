using MinaKyukyu.Tablet.Simulation;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Tablet.Tests.Simulation;

public sealed class CrewScriptTests
{
    [Theory]
    [InlineData("demo:view-b", CrewScriptKind.ViewB, 1)]
    [InlineData("stairs only demo:not-registered:8", CrewScriptKind.NotRegistered, 8)]
    [InlineData("demo:nonsense demo:no-radio", CrewScriptKind.NoRadio, 1)]
    public void Finds_the_script_in_the_remarks(string remarks, CrewScriptKind kind, int patient) =>
        Assert.Equal(new CrewScript(kind, patient), CrewScript.FindIn(remarks));

    [Theory]
    [InlineData("")]
    [InlineData("view-b")]
    [InlineData("demo:view-b:0")]
    [InlineData("demo:view-b:1:2")]
    public void Finds_none_where_none_is_named(string remarks) =>
        Assert.Null(CrewScript.FindIn(remarks));

    [Fact]
    public void Has_a_name_for_every_script()
    {
        foreach (CrewScriptKind kind in Enum.GetValues<CrewScriptKind>())
        {
            Assert.Equal(kind, CrewScript.Parse(new CrewScript(kind, 1).Name)!.Kind);
        }
    }

    [Fact]
    public void Moves_along_its_way_and_ends_at_its_end()
    {
        GeoPoint[] points = [new(35, 139), new(35, 139.01), new(35.02, 139.01)];
        var drive = new Drive(points, TimeSpan.FromMinutes(5));

        Assert.Equal(points[0], drive.PointAt(0));
        Assert.Equal(points[2], drive.PointAt(1));
        double all = points[0].DistanceMetersTo(points[1]) + points[1].DistanceMetersTo(points[2]);
        double half =
            points[0].DistanceMetersTo(points[1]) + points[1].DistanceMetersTo(drive.PointAt(0.5));
        Assert.Equal(all / 2, half, 1.0);
    }
}
