using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.Tests.Import.Osm;

/// <summary>
/// Travel times on streets that know nothing of turns, where the search remembers by which street it came and asks the rules
/// at each turn: slow, obvious, and made of nothing that the kept turns are made of.
/// </summary>
internal sealed class SlowTurns(ImportedTown streets, TurnRules rules, DrivingProfile profile)
{
    private readonly RoadGraph _graph = streets.Graph;

    /// <summary>By name of a node, milliseconds from a junction.</summary>
    public Dictionary<string, int> From(string junction)
    {
        EdgeWeights weights =
            profile == DrivingProfile.Ordinary ? streets.Ordinary : streets.Emergency;
        var best = new Dictionary<string, int>(StringComparer.Ordinal);
        var settled = new HashSet<(int Street, int Node)>();
        var open = new PriorityQueue<(int Street, int Node), int>();
        open.Enqueue((-1, _graph.FindNode(junction)!.Value), 0);
        while (open.TryDequeue(out (int Street, int Node) at, out int time))
        {
            if (!settled.Add((at.Street, at.Node)))
            {
                continue;
            }

            best.TryAdd(_graph.NodeName(at.Node), time);
            for (int edge = _graph.FirstOut[at.Node]; edge < _graph.FirstOut[at.Node + 1]; edge++)
            {
                int weight = weights.Milliseconds[edge];
                bool isStreet = rules.IsStreet(edge);
                bool isOpen =
                    weight < EdgeWeights.Infinity
                    && (!isStreet || at.Street < 0 || !rules.IsForbidden(at.Street, edge, profile));
                if (isOpen)
                {
                    open.Enqueue((isStreet ? edge : at.Street, _graph.Head[edge]), time + weight);
                }
            }
        }

        return best;
    }
}
