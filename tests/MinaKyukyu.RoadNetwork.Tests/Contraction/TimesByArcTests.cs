using System.Runtime.CompilerServices;
using MinaKyukyu.RoadNetwork.Contraction;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Metrics;
using MinaKyukyu.RoadNetwork.Tests.Cities;

namespace MinaKyukyu.RoadNetwork.Tests.Contraction;

/// <summary>What two metrics of the same roads share.</summary>
public sealed class TimesByArcTests
{
    private static readonly RoadMap Roads = City.Map("Tachikawa");

    [Fact]
    public void A_closure_keeps_no_copy_of_what_it_does_not_change()
    {
        Metric usual = Of(Roads);
        Metric closed = Of(Roads.Under(Closed(7)));

        int apart = Ranks.Count(rank => !Shares(usual, closed, rank));

        Assert.InRange(apart, 1, usual.Roads.Height);
        Assert.All(
            Ranks.Where(rank => !Shares(usual, closed, rank)),
            rank => Assert.False(usual.Times.Up.IsSameRow(closed.Times.Up, rank))
        );
    }

    [Fact]
    public void What_is_as_usual_again_is_shared_again()
    {
        Metric once = Of(Roads.Under(Closed(7)));
        Metric again = Of(Roads.Under(Closed(7, 4_000)).Under(Closed(7)));

        // Each of the two is apart where the closure of edge 7 is felt, and nowhere else.
        Assert.All(
            Ranks,
            rank => Assert.Equal(Shares(Of(Roads), once, rank), Shares(Of(Roads), again, rank))
        );
        Assert.All(Ranks, rank => Assert.True(once.Times.Up.IsSameRow(again.Times.Up, rank)));
    }

    [Fact]
    public void Times_stay_as_they_were_while_others_are_made_of_them()
    {
        TimesByArc before = Of(Roads).Times.Up;
        int was = before[0];

        var draft = new TimesByArc.Draft(before) { [0] = was + 1 };
        TimesByArc after = draft.Finish();
        var second = new TimesByArc.Draft(after) { [0] = was + 2 };

        Assert.Equal(was, before[0]);
        Assert.Equal(was + 1, after[0]);
        Assert.Equal(was + 2, second.Finish()[0]);
        Assert.Equal(was + 1, after[0]);
    }

    [Fact]
    public void A_row_has_the_times_of_its_arcs_in_their_order()
    {
        Metric closed = Of(Roads.Under(Closed(7)));
        foreach (int rank in Ranks)
        {
            int arc = closed.Roads.UpFirst[rank];
            foreach (int time in closed.Times.Up.Row(rank))
            {
                Assert.Equal(closed.Times.Up[arc++], time);
            }

            Assert.Equal(closed.Roads.UpFirst[rank + 1], arc);
        }
    }

    private static IEnumerable<int> Ranks => Enumerable.Range(0, Of(Roads).Roads.NodeCount);

    private static Metric Of(RoadMap roads) => roads.Metric(DrivingProfile.Emergency);

    private static RoadConditions Closed(params int[] edges) =>
        RoadConditions.Of(edges.Select(edge => (edge, 0)));

    private static bool Shares(Metric one, Metric other, int rank)
    {
        int first = one.Roads.UpFirst[rank];
        return Unsafe.AreSame(
            in one.Times.Up.RowAt(rank, first),
            in other.Times.Up.RowAt(rank, first)
        );
    }
}
