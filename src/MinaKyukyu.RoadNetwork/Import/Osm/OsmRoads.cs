using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>
/// Cuts driven ways at their junctions into edges. A ring that leads back to its only junction is cut once more at its middle
/// node, since an edge from a node to itself would be lost.
/// </summary>
internal sealed class OsmRoads(UsedNodes nodes, RoadGraphBuilder builder, string file)
{
    private readonly BarrierGates _gates = new(nodes, builder);

    public int WaysCutByMissingNodes { get; private set; }

    public int RingsCut { get; private set; }

    public int Nodes => _gates.Nodes;

    /// <summary>Restrictions that mean no turn.</summary>
    public int RestrictionsWithoutTurn { get; private set; }

    /// <summary>By edge given to the builder, the way that it is a part of.</summary>
    public IReadOnlyList<long> WayOfEdgeRow => _gates.WayOfEdgeRow;

    public void Add(IReadOnlyList<DrivableWay> ways, CancellationToken stop)
    {
        // All cuts of missing nodes first: the ends that they make are junctions of the ways that come before, too.
        var runs = new List<(DrivableWay Way, int[] Run)>(ways.Count);
        foreach (DrivableWay way in ways)
        {
            int before = runs.Count;
            runs.AddRange(RunsOf(way).Select(run => (way, run)));
            bool isWhole = runs.Count == before + 1 && runs[before].Run.Length == way.Nodes.Length;
            WaysCutByMissingNodes += isWhole ? 0 : 1;
        }

        foreach ((DrivableWay way, int[] run) in runs)
        {
            stop.ThrowIfCancellationRequested();
            AddRun(way, run);
        }
    }

    /// <summary>After all ways were added.</summary>
    public void Keep(IReadOnlyList<TurnRestriction> restrictions)
    {
        var turns = new RestrictedTurns(_gates);
        foreach (ForbiddenTurn turn in turns.Find(restrictions))
        {
            builder.Forbid(turn);
        }

        RestrictionsWithoutTurn = turns.MeantNothing;
    }

    /// <summary>The parts of a way whose nodes are in the file, each of at least two.</summary>
    private List<int[]> RunsOf(DrivableWay way)
    {
        var runs = new List<int[]>();
        var run = new List<int>();
        foreach (long id in way.Nodes)
        {
            int node = nodes.Find(id);
            if (nodes.IsPresent(node))
            {
                run.Add(node);
                continue;
            }

            Close();
        }

        Close();
        return runs;

        void Close()
        {
            if (run.Count >= 2)
            {
                nodes.MarkJunction(run[0]);
                nodes.MarkJunction(run[^1]);
                runs.Add([.. run]);
            }

            run.Clear();
        }
    }

    private void AddRun(DrivableWay way, int[] run)
    {
        int start = 0;
        for (int end = 1; end < run.Length; end++)
        {
            if (!nodes.IsJunction(run[end]))
            {
                continue;
            }

            if (run[start] == run[end])
            {
                RingsCut++;
                int middle = (start + end) / 2;
                AddPiece(way, run.AsSpan(start..(middle + 1)));
                start = middle;
            }

            AddPiece(way, run.AsSpan(start..(end + 1)));
            start = end;
        }
    }

    private void AddPiece(DrivableWay way, ReadOnlySpan<int> piece)
    {
        int tail = _gates.EndAt(piece[0], way);
        int head = _gates.EndAt(piece[^1], way);
        var line = new GeoPoint[piece.Length];
        for (int i = 0; i < piece.Length; i++)
        {
            line[i] = nodes.PlaceOf(piece[i]);
        }

        double lengthMeters = Polylines.LengthMeters(line);
        GeoPoint[] bends = line[1..^1];
        AddDirection(way, tail, head, lengthMeters, bends, way.Driving.Forward);
        AddDirection(way, head, tail, lengthMeters, [.. bends.Reverse()], way.Driving.Backward);
    }

    private void AddDirection(
        DrivableWay way,
        int tail,
        int head,
        double lengthMeters,
        GeoPoint[] bends,
        DirectionSpeeds speeds
    )
    {
        if (!speeds.IsDriven && !way.Driving.IsImpassable)
        {
            return;
        }

        _gates.AddEdge(
            way,
            new EdgeRow(
                tail,
                head,
                lengthMeters,
                way.Driving.RoadClass,
                speeds.MaxSpeedKmh,
                way.StreetName,
                Weight(speeds.OrdinaryKmh),
                Weight(speeds.EmergencyKmh),
                bends
            )
        );

        int Weight(double kmh) =>
            way.Driving.IsImpassable || kmh <= 0
                ? EdgeWeights.Infinity
                : Milliseconds(way, lengthMeters * 3.6 / kmh);
    }

    private int Milliseconds(DrivableWay way, double seconds) =>
        seconds <= EdgeWeights.LongestEdgeSeconds
            ? EdgeWeights.FromSeconds(seconds)
            : throw new RoadFileException(
                file,
                0,
                $"a part of way {DrivableWay.NodeName(way.Id)} takes more than 86,400 s"
            );
}
