using MinaKyukyu.RoadNetwork.Contraction;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Order;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.RoadNetwork.Tests.Contraction;

/// <summary>A drawn map, contracted in a stated order, that tells its arcs and climbs in whole minutes.</summary>
internal sealed class ContractedDrawing
{
    private readonly DrawnMap _map;
    private readonly ContractedRoads _roads;
    private readonly ArcTimes _times;
    private readonly Climb _climb;

    /// <param name="order">The places, the first to be contracted first.</param>
    public ContractedDrawing(string drawing, string order)
    {
        _map = DrawnMap.Draw(drawing);
        RoadGraph graph = _map.Roads.Graph;
        _roads = Contractor.Contract(
            graph,
            Streets.Of(graph.Tail, graph.Head, graph.NodeCount),
            [.. order.Split(' ').Select(place => _map.At(place).Node)]
        );
        _times = Customization.Of(
            _roads,
            _map.Roads.Weights(DrivingProfile.Emergency).Milliseconds
        );
        _climb = new Climb(_roads);
    }

    /// <summary>Arcs that are no street: <c>a-n 5</c>, lower rank first.</summary>
    public string Shortcuts() =>
        string.Join(
            ", ",
            Enumerable
                .Range(0, _roads.ArcCount)
                .Where(arc => _roads.EdgeFirst[arc] == _roads.EdgeFirst[arc + 1])
                .Select(arc =>
                    $"{Name(_roads.UpTail[arc])}-{Name(_roads.UpHead[arc])} {Minutes(_times.Up[arc])}"
                )
        );

    /// <summary>Where the climb from a place comes by, and when.</summary>
    public string ClimbFrom(string place) => Label(place, _times.Up);

    /// <summary>From where, on the way down, the place is reached, and in what time.</summary>
    public string ClimbTo(string place) => Label(place, _times.Down);

    private string Label(string place, TimesByArc arcTimes)
    {
        _climb.From(new EdgeEnd(_map.At(place).Node, 0, -1), EdgeEnd.None, arcTimes);
        var told = new List<string>();
        for (int i = 0; i < _climb.Ranks.Length; i++)
        {
            told.Add($"{Name(_climb.Ranks[i])} {Minutes(_climb.Times[i])}");
        }

        return string.Join(", ", told);
    }

    private string Name(int rank) => _map.Roads.Graph.NodeName(_roads.NodeAt[rank]);

    private static int Minutes(int milliseconds) => milliseconds / 60_000;
}
