using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Benchmarks.Networks;

/// <summary>A street between two nodes, driven both ways.</summary>
internal readonly record struct PlannedStreet(int One, int Other, StreetKind Kind, int Kmh);

internal enum StreetKind
{
    /// <summary>One block of a town's small streets.</summary>
    Minor = 0,

    /// <summary>One block of every tenth street.</summary>
    Main = 1,

    /// <summary>A piece of a road between two towns.</summary>
    Joining = 2,
}

/// <summary>
/// An invented prefecture: towns in a grid, each a grid of streets with blocks of 100 m, every tenth street fast, three of ten
/// minor blocks missing, and two roads between neighbouring towns. The same seed gives the same prefecture everywhere.
/// </summary>
internal sealed class Prefecture
{
    private const double BlockMeters = 100;
    private const int MainEvery = 10;
    private const int MainKmh = 45;
    private const int SlowestMinorKmh = 16;
    private const int FastestMinorKmh = 30;
    private const double MissingShare = 0.3;
    private const int JoiningKmh = 55;
    private const int JoiningPieces = 25;
    private const double GapMeters = 2_500;

    // Where the south-western town begins; the roads are invented, so any place does. Metres per degree as on a sphere.
    private const double South = 35;
    private const double West = 135;
    private const double MetersPerDegree = 111_195;

    private readonly Random _random;
    private readonly PrefectureSize _size;
    private readonly List<GeoPoint> _nodes = [];
    private readonly List<PlannedStreet> _streets = [];

    private Prefecture(PrefectureSize size, int seed)
    {
        _size = size;
        _random = new Random(seed);
    }

    public IReadOnlyList<GeoPoint> Nodes => _nodes;

    public IReadOnlyList<PlannedStreet> Streets => _streets;

    public static Prefecture Build(PrefectureSize size, int seed)
    {
        var prefecture = new Prefecture(size, seed);
        var towns = new Town[size.TownsEast, size.TownsNorth];
        for (int east = 0; east < size.TownsEast; east++)
        {
            for (int north = 0; north < size.TownsNorth; north++)
            {
                towns[east, north] = prefecture.AddTown(east, north);
            }
        }

        for (int east = 0; east < size.TownsEast; east++)
        {
            for (int north = 0; north < size.TownsNorth; north++)
            {
                if (east + 1 < size.TownsEast)
                {
                    prefecture.Join(towns[east, north], towns[east + 1, north], goesEast: true);
                }

                if (north + 1 < size.TownsNorth)
                {
                    prefecture.Join(towns[east, north], towns[east, north + 1], goesEast: false);
                }
            }
        }

        return prefecture;
    }

    public double LengthMeters(PlannedStreet street) =>
        _nodes[street.One].DistanceMetersTo(_nodes[street.Other]);

    private Town AddTown(int east, int north)
    {
        int streets = _random.Next(_size.FewestStreets, _size.MostStreets + 1);
        var town = new Town(_nodes.Count, streets);
        double pitch = (_size.MostStreets * BlockMeters) + GapMeters;
        for (int x = 0; x < streets; x++)
        {
            for (int y = 0; y < streets; y++)
            {
                _nodes.Add(
                    PlaceAt((east * pitch) + (x * BlockMeters), (north * pitch) + (y * BlockMeters))
                );
            }
        }

        for (int x = 0; x < streets; x++)
        {
            for (int y = 0; y < streets; y++)
            {
                if (x + 1 < streets)
                {
                    AddBlock(town.Node(x, y), town.Node(x + 1, y), isMain: y % MainEvery == 0);
                }

                if (y + 1 < streets)
                {
                    AddBlock(town.Node(x, y), town.Node(x, y + 1), isMain: x % MainEvery == 0);
                }
            }
        }

        return town;
    }

    private void AddBlock(int one, int other, bool isMain)
    {
        // Both are drawn for every block, so that which blocks are missing does not depend on which streets are main ones.
        int kmh = _random.Next(SlowestMinorKmh, FastestMinorKmh + 1);
        bool isMissing = _random.NextDouble() < MissingShare;
        if (isMain)
        {
            _streets.Add(new PlannedStreet(one, other, StreetKind.Main, MainKmh));
        }
        else if (!isMissing)
        {
            _streets.Add(new PlannedStreet(one, other, StreetKind.Minor, kmh));
        }
    }

    /// <summary>Two roads, a third and two thirds along the sides that face one another.</summary>
    private void Join(Town from, Town to, bool goesEast)
    {
        for (int third = 1; third <= 2; third++)
        {
            int leave = third * from.Streets / 3;
            int enter = third * to.Streets / 3;
            Lay(
                goesEast ? from.Node(from.Streets - 1, leave) : from.Node(leave, from.Streets - 1),
                goesEast ? to.Node(0, enter) : to.Node(enter, 0)
            );
        }
    }

    private void Lay(int from, int to)
    {
        GeoPoint begin = _nodes[from];
        GeoPoint end = _nodes[to];
        int last = from;
        for (int piece = 1; piece <= JoiningPieces; piece++)
        {
            double share = (double)piece / JoiningPieces;
            int next = piece == JoiningPieces ? to : _nodes.Count;
            if (piece < JoiningPieces)
            {
                _nodes.Add(
                    new GeoPoint(
                        begin.Latitude + (share * (end.Latitude - begin.Latitude)),
                        begin.Longitude + (share * (end.Longitude - begin.Longitude))
                    )
                );
            }

            _streets.Add(new PlannedStreet(last, next, StreetKind.Joining, JoiningKmh));
            last = next;
        }
    }

    private static GeoPoint PlaceAt(double eastMeters, double northMeters) =>
        new(
            South + (northMeters / MetersPerDegree),
            West + (eastMeters / (MetersPerDegree * Math.Cos(South * Math.PI / 180)))
        );

    private readonly record struct Town(int FirstNode, int Streets)
    {
        public int Node(int x, int y) => FirstNode + (x * Streets) + y;
    }
}
