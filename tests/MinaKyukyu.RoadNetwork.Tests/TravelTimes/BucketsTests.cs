using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;
using Xunit.Abstractions;

namespace MinaKyukyu.RoadNetwork.Tests.TravelTimes;

public class BucketsTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_122;
    private const int Ranks = 12;

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(700)]
    public void Hold_what_a_dictionary_holds_through_any_adding_changing_and_removing(int places)
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var buckets = new Buckets(Ranks, places);
        var truth = new Dictionary<(int Rank, int Place), int>();
        for (int step = 0; step < 20_000; step++)
        {
            // Few places at low ranks, all of them at high ones, so that blocks grow, are given back and become rows.
            int rank = random.Next(Ranks);
            int place = random.Next(Math.Max(1, places * (rank + 1) / Ranks));
            Step(buckets, truth, (rank, place), random);
            if (step % 200 == 0)
            {
                Assert.All(
                    Enumerable.Range(0, Ranks),
                    one => Assert.Equal(Lowered(truth, one, buckets.Width), Lowered(buckets, one))
                );
            }
        }
    }

    private static void Step(
        Buckets buckets,
        Dictionary<(int Rank, int Place), int> truth,
        (int Rank, int Place) entry,
        Random random
    )
    {
        int time = random.Next(1, 1_000_000);
        if (!truth.ContainsKey(entry))
        {
            buckets.Add(entry.Rank, entry.Place, time);
            truth[entry] = time;
        }
        else if (random.Next(2) == 0)
        {
            buckets.Change(entry.Rank, entry.Place, time);
            truth[entry] = time;
        }
        else
        {
            buckets.Remove(entry.Rank, entry.Place);
            truth.Remove(entry);
        }
    }

    private static int[] Lowered(Buckets buckets, int rank)
    {
        int[] best = Unreached(buckets.Width);
        buckets.Lower(rank, best, beyond: 5);
        return best;
    }

    private static int[] Lowered(Dictionary<(int Rank, int Place), int> truth, int rank, int width)
    {
        int[] best = Unreached(width);
        foreach (((int Rank, int Place) entry, int time) in truth)
        {
            best[entry.Place] = entry.Rank == rank ? time + 5 : best[entry.Place];
        }

        return best;
    }

    private static int[] Unreached(int width)
    {
        var best = new int[width];
        Array.Fill(best, EdgeWeights.Infinity);
        return best;
    }
}
