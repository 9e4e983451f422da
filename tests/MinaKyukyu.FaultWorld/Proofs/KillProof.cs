using System.Globalization;
using MinaKyukyu.FaultWorld.Serving;

namespace MinaKyukyu.FaultWorld.Proofs;

/// <summary><c>kill</c>: what was acknowledged survives SIGKILL, exactly once.</summary>
internal static class KillProof
{
    private const int CiKills = 20;

    /// <summary>A full proof is ten towns with a hundred kills each: every town ends with its own account.</summary>
    private const int FullSeries = 10;

    private const int KillsOfFullSeries = 100;

    /// <summary>The planted store writes 50 ms late, and the kill falls within some of an answer: one is enough, three are certain.</summary>
    private const int PlantedKills = 3;

    public static async Task<ProofResult> RunAsync(ProofWish wish, CancellationToken stop)
    {
        var sum = new Sum();
        int series = wish.IsFull ? FullSeries : 1;
        for (int i = 0; i < series; i++)
        {
            int seed = wish.Seed + i;
            using var town = new KillSeries(seed, null);
            await town.RunAsync(
                KillPlan.Draw(new Random(seed), wish.IsFull ? KillsOfFullSeries : CiKills),
                stop
            );
            sum.Add(town);
            wish.Tell(
                $"seed {seed}: {town.Kills} kills, {town.Acknowledged} commands acknowledged, {town.Unknown} left unknown and repeated until known, {town.RepeatedSame} repeats with the same bytes, {town.Failures.Count} failures"
            );
        }

        bool isCaught = await CatchPlantedAsync(wish, stop);
        foreach (string place in PlannedKill.Places)
        {
            int reached = sum.Points.GetValueOrDefault(place);
            wish.Tell($"{place}: reached {reached} times");
            if (reached == 0)
            {
                sum.Failures.Add($"{place} was never reached");
            }
        }

        wish.Tell(
            $"on disk between two servers: {sum.Checked} commands under way at a named point, each where its point says"
        );
        wish.Tell(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{sum.Lost} of {sum.Acknowledged} acknowledged commands lost; none in N means, at 95 %, less than 3/N: {3.0 / Math.Max(1, sum.Acknowledged):0.#####} of commands, {3.0 / Math.Max(1, sum.Kills):0.###} of kills"
            )
        );
        return new ProofResult
        {
            Kills = sum.Kills,
            Acknowledged = sum.Acknowledged,
            Lost = sum.Lost,
            RepeatedSame = sum.RepeatedSame,
            Points = sum.Points,
            PlantedCaught = isCaught,
            Failures = sum.Failures,
        };
    }

    /// <summary>The same proof over a store that answers before it writes must fail.</summary>
    private static async Task<bool> CatchPlantedAsync(ProofWish wish, CancellationToken stop)
    {
        using var town = new KillSeries(wish.Seed, ServeCommand.AcknowledgeBeforeCommit);
        await town.RunAsync(
            KillPlan.DrawRightAfterAnswers(new Random(wish.Seed), PlantedKills),
            stop
        );
        // Only a promise that was not kept counts, not just any trouble.
        bool isCaught = town.Lost > 0;
        wish.Tell(
            isCaught
                ? $"planted {ServeCommand.AcknowledgeBeforeCommit}: caught, {town.Lost} promises broken after {town.Kills} kills, such as: {town.Failures[0]}"
                : $"planted {ServeCommand.AcknowledgeBeforeCommit}: NOT caught after {town.Kills} kills"
        );
        return isCaught;
    }

    private sealed class Sum
    {
        public int Kills { get; private set; }

        public int Acknowledged { get; private set; }

        public int Lost { get; private set; }

        public int RepeatedSame { get; private set; }

        public int Checked { get; private set; }

        public SortedDictionary<string, int> Points { get; } = new(StringComparer.Ordinal);

        public List<string> Failures { get; } = [];

        public void Add(KillSeries town)
        {
            Kills += town.Kills;
            Acknowledged += town.Acknowledged;
            Lost += town.Lost;
            RepeatedSame += town.RepeatedSame;
            Checked += town.CheckedCommands;
            Failures.AddRange(town.Failures);
            foreach ((string place, int reached) in town.Points)
            {
                Points[place] = Points.GetValueOrDefault(place) + reached;
            }
        }
    }
}
