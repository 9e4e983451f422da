using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Snapping;
using MinaKyukyu.RoadNetwork.Tests.Tachikawa;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Places;
using Xunit.Abstractions;

namespace MinaKyukyu.RoadNetwork.Tests.Snapping;

public class SnappingTests(ITestOutputHelper output)
{
    private const int Seed = 57_101;
    private static readonly RoadMap City = TachikawaRoads.Map;

    [Fact]
    public void The_nearest_road_is_the_one_that_looking_at_every_piece_finds()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        int offTheMap = 0;
        for (int i = 0; i < 400; i++)
        {
            GeoPoint place = SomewhereAround(City.Bounds, random);
            double truth = NearestByLookingAtEverything(City.Graph, place);
            RoadPosition? snapped = City.Snapper.Snap(place);
            if (truth > 500)
            {
                Assert.Null(snapped);
                offTheMap++;
                continue;
            }

            Assert.NotNull(snapped);
            Assert.Equal(truth, snapped.Value.SnapMeters, 0.05);
            Assert.Equal(truth, place.DistanceMetersTo(City.Graph.PlaceOf(snapped.Value)), 0.1);
        }

        Assert.InRange(offTheMap, 20, 300);
    }

    [Fact]
    public void The_further_candidates_are_the_next_nearest_roads()
    {
        var random = new Random(Seed);
        for (int i = 0; i < 100; i++)
        {
            GeoPoint place = SomewhereAround(City.Bounds, random);
            IReadOnlyList<RoadPosition> three = City.Snapper.ListCandidates(place, 3);
            IReadOnlyList<RoadPosition> many = City.Snapper.ListCandidates(place, 50);
            Assert.Equal(many.Take(3), three);
            Assert.Equal(
                many.Select(one => one.SnapMeters).Order(),
                many.Select(one => one.SnapMeters)
            );
        }
    }

    [Fact]
    public void A_place_beside_a_street_stands_at_its_share_of_the_street()
    {
        DrawnMap town = DrawnMap.Draw("a -4- b");
        GeoPoint a = town.PlaceOf("a");
        GeoPoint b = town.PlaceOf("b");
        var beside = new GeoPoint(
            a.Latitude + 0.0005,
            a.Longitude + ((b.Longitude - a.Longitude) * 0.25)
        );
        RoadPosition snapped = town.Roads.Snapper.Snap(beside)!.Value;
        Assert.Equal(town.Between("a", "b", 0.25).Edge, snapped.Edge);
        Assert.Equal(town.Between("a", "b", 0.25).Fraction, snapped.Fraction, 1e-6);
        Assert.Equal(55.6, snapped.SnapMeters, 0.1);
    }

    [Fact]
    public void Beyond_the_end_of_a_street_its_last_place_is_taken()
    {
        DrawnMap town = DrawnMap.Draw("a -4- b");
        GeoPoint b = town.PlaceOf("b");
        RoadPosition snapped = town
            .Roads.Snapper.Snap(new GeoPoint(b.Latitude, b.Longitude + 0.001))!
            .Value;
        Assert.True(snapped.IsNode);
        Assert.Equal(town.At("b").Node, snapped.Node);
    }

    [Fact]
    public void Too_far_from_any_road_is_off_the_map()
    {
        DrawnMap town = DrawnMap.Draw("a -4- b");
        GeoPoint a = town.PlaceOf("a");
        // 111.2 m for each thousandth of a degree to the north.
        Assert.NotNull(town.Roads.Snapper.Snap(new GeoPoint(a.Latitude + 0.00449, a.Longitude)));
        Assert.Null(town.Roads.Snapper.Snap(new GeoPoint(a.Latitude + 0.00451, a.Longitude)));
        var strict = new RoadSnapper(town.Roads.Graph, new SnappingOptions { MaxSnapMeters = 20 });
        Assert.NotNull(strict.Snap(new GeoPoint(a.Latitude + 0.00017, a.Longitude)));
        Assert.Null(strict.Snap(new GeoPoint(a.Latitude + 0.00019, a.Longitude)));
    }

    [Theory]
    [InlineData(0.00006, "a", "b")] // 6.7 m from the pocket, 15.6 m from the street: a near-tie.
    [InlineData(0.00002, "p", "q")] // 2.2 m and 20.0 m: no tie.
    public void Only_a_near_tie_is_decided_for_the_street_that_leads_everywhere(
        double southOfPocket,
        string from,
        string to
    )
    {
        // The pocket p→q lies 22 m north of the street and leads nowhere.
        const string nodes =
            "id,lat,lon\na,35.7,139.4\nb,35.7,139.41\np,35.7002,139.4\nq,35.7002,139.41\n";
        const string edges = "from,to,seconds\na,b,60\nb,a,60\np,q,60\n";
        RoadMap map = RoadNetworkLoader.Read(
            new StringReader(nodes),
            "nodes",
            new StringReader(edges),
            "edges"
        );
        RoadPosition snapped = map
            .Snapper.Snap(new GeoPoint(35.7002 - southOfPocket, 139.405))!
            .Value;
        Assert.Equal(from, map.Graph.NodeName(map.Graph.Tail[snapped.Edge]));
        Assert.Equal(to, map.Graph.NodeName(map.Graph.Head[snapped.Edge]));
        Assert.Equal(3, map.Report.StronglyConnectedComponents);
    }

    [Fact]
    public void A_near_tie_is_seen_however_far_both_streets_are()
    {
        // The pocket p→q lies 5.6 m north of the street; from 55 to 450 m farther north the two remain nearly tied.
        const string nodes =
            "id,lat,lon\na,35.7,139.4\nb,35.7,139.41\np,35.70005,139.4\nq,35.70005,139.41\n";
        const string edges = "from,to,seconds\np,q,60\na,b,60\nb,a,60\n";
        RoadMap map = RoadNetworkLoader.Read(
            new StringReader(nodes),
            "nodes",
            new StringReader(edges),
            "edges"
        );
        int street = map.Graph.FindNode("a")!.Value;
        for (double north = 0.0005; north < 0.0041; north += 0.00005)
        {
            RoadPosition snapped = map.Snapper.Snap(new GeoPoint(35.70005 + north, 139.405))!.Value;
            Assert.Equal(street, map.Graph.Tail[snapped.Edge]);
        }
    }

    private static GeoPoint SomewhereAround(GeoBounds bounds, Random random)
    {
        const double margin = 0.01;
        double south = bounds.SouthWest.Latitude - margin;
        double west = bounds.SouthWest.Longitude - margin;
        return new GeoPoint(
            south + (random.NextDouble() * (bounds.NorthEast.Latitude + margin - south)),
            west + (random.NextDouble() * (bounds.NorthEast.Longitude + margin - west))
        );
    }

    /// <summary>Every drawn piece of every edge; the nearest point of each by halving where it draws nearer, measured on the sphere.</summary>
    private static double NearestByLookingAtEverything(RoadGraph graph, GeoPoint place)
    {
        double nearest = double.MaxValue;
        for (int edge = 0; edge < graph.EdgeCount; edge++)
        {
            GeoPoint[] line = graph.Line(edge);
            for (int i = 1; i < line.Length; i++)
            {
                double ends = Math.Min(
                    place.DistanceMetersTo(line[i - 1]),
                    place.DistanceMetersTo(line[i])
                );
                // No point of the piece is nearer than its nearer end less its length.
                if (ends - line[i - 1].DistanceMetersTo(line[i]) < nearest)
                {
                    nearest = Math.Min(nearest, ByHalving(place, line[i - 1], line[i]));
                }
            }
        }

        return nearest;
    }

    private static double ByHalving(GeoPoint place, GeoPoint a, GeoPoint b)
    {
        double low = 0;
        double high = 1;
        for (int round = 0; round < 60; round++)
        {
            double third = (high - low) / 3;
            if (At(low + third) < At(high - third))
            {
                high -= third;
            }
            else
            {
                low += third;
            }
        }

        return At((low + high) / 2);

        double At(double share) =>
            place.DistanceMetersTo(
                new GeoPoint(
                    a.Latitude + ((b.Latitude - a.Latitude) * share),
                    a.Longitude + ((b.Longitude - a.Longitude) * share)
                )
            );
    }
}
