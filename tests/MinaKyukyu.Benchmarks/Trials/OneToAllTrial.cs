using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.Benchmarks.Trials;

/// <summary>From one place to every node of the map.</summary>
internal sealed class OneToAllTrial(Situation situation) : Trial("one to all nodes")
{
    private const int Compared = 1_000;

    private int[] _times = [];
    private int _asked;

    public override void Run()
    {
        _asked = (_asked + 1) % situation.Asked.Length;
        _times = OneToAll.From(situation.Roads.Metric(Situation.Profile), situation.Asked[_asked]);
    }

    public override Func<Agreement> Keep()
    {
        int[] times = _times;
        RoadPosition source = situation.Asked[_asked];
        return () =>
        {
            int step = Math.Max(1, times.Length / Compared);
            int[] nodes = [.. Enumerable.Range(0, times.Length).Where(node => node % step == 0)];
            RoadPosition[] places = [.. nodes.Select(node => situation.Graph.PositionAtNode(node))];
            EdgeEnds ends = situation.Roads.Metric(Situation.Profile).Ends;
            // Where turns are restricted a junction is reached at a node of its own, but for one where the drive begins.
            int[] answers =
            [
                .. places.Select(place =>
                    TravelTime.Least(
                        ends.Direct(source, place),
                        Reached(times[situation.Graph.ArrivalAt(place.Node)]),
                        TravelTime.Unreachable
                    )
                ),
            ];
            var truth = new int[nodes.Length];
            situation.Truth.OneToMany(source, places, Situation.Profile, truth);
            return Agreement.Of(answers, truth);

            static int Reached(int time) =>
                time < EdgeWeights.Infinity ? time : TravelTime.Unreachable;
        };
    }
}
