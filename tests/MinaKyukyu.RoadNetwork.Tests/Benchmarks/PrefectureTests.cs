using MinaKyukyu.Benchmarks.Networks;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Files;
using MinaKyukyu.RoadNetwork.Metrics;

namespace MinaKyukyu.RoadNetwork.Tests.Benchmarks;

/// <summary>The invented prefecture is what its description says, and the same for everybody.</summary>
public sealed class PrefectureTests(TinyPrefecture tiny) : IClassFixture<TinyPrefecture>
{
    [Fact]
    public void The_same_seed_gives_the_same_tables()
    {
        string again = Directory.CreateTempSubdirectory("mina-benchmarks").FullName;
        try
        {
            PrefectureTables.Write(
                Prefecture.Build(PrefectureSize.Tiny, TinyPrefecture.Seed),
                again,
                PrefectureTimes.Classes
            );
            foreach (string table in new[] { "nodes.csv", "edges.csv" })
            {
                Assert.Equal(
                    File.ReadAllText(Path.Combine(tiny.Directory, table)),
                    File.ReadAllText(Path.Combine(again, table))
                );
            }
        }
        finally
        {
            Directory.Delete(again, recursive: true);
        }
    }

    [Fact]
    public void Classes_give_a_metric_for_every_part_of_the_week_and_nothing_is_repaired()
    {
        RoadFileInfo info = RoadFiles.Describe(tiny.File);

        Assert.Equal(MetricKinds.ByProfileAndTime, info.Kinds);
        Assert.Equal(0, info.Report.UnknownRoadClasses);
        Assert.Equal(0, info.Report.ParallelRows);
        Assert.Equal(0, info.Report.SelfLoopsDropped);
    }

    [Fact]
    public void Seconds_give_one_metric_at_the_speeds_that_were_drawn()
    {
        string directory = Directory.CreateTempSubdirectory("mina-benchmarks").FullName;
        try
        {
            var prefecture = Prefecture.Build(PrefectureSize.Tiny, TinyPrefecture.Seed);
            PrefectureTables.Write(prefecture, directory, PrefectureTimes.Seconds);
            RoadMap roads = RoadNetworkLoader.Load(directory);

            Assert.True(roads.Report.HasOneMetric);
            Assert.Equal(2 * prefecture.Streets.Count, roads.Graph.EdgeCount);
            PlannedStreet joining = prefecture.Streets.Last(street =>
                street.Kind == StreetKind.Joining
            );
            int edge = Enumerable
                .Range(0, roads.Graph.EdgeCount)
                .Single(edge =>
                    roads.Graph.Tail[edge] == joining.One && roads.Graph.Head[edge] == joining.Other
                );
            Assert.Equal(
                prefecture.LengthMeters(joining) * 3_600 / 55,
                roads.Weights(DrivingProfile.Ordinary).Milliseconds[edge],
                tolerance: 1
            );
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void Towns_are_joined_by_two_roads_of_25_pieces_and_lack_three_of_ten_minor_blocks()
    {
        var prefecture = Prefecture.Build(new PrefectureSize(2, 2, 40, 40), TinyPrefecture.Seed);
        var kinds = prefecture
            .Streets.GroupBy(street => street.Kind)
            .ToDictionary(streets => streets.Key, streets => streets.ToArray());

        // Four pairs of neighbours.
        Assert.Equal(4 * 2 * 25, kinds[StreetKind.Joining].Length);
        Assert.Equal((4 * 40 * 40) + (4 * 2 * 24), prefecture.Nodes.Count);
        // Four of forty streets each way are main ones, all their blocks are there.
        Assert.Equal(4 * 2 * 4 * 39, kinds[StreetKind.Main].Length);
        double minorBlocks = 4 * 2 * 36 * 39;
        Assert.InRange(kinds[StreetKind.Minor].Length / minorBlocks, 0.68, 0.72);
        Assert.All(kinds[StreetKind.Minor], street => Assert.InRange(street.Kmh, 16, 30));
        Assert.All(kinds[StreetKind.Main], street => Assert.Equal(45, street.Kmh));
    }
}
