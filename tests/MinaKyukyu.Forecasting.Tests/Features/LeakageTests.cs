using MinaKyukyu.Forecasting.Evaluation;
using MinaKyukyu.Forecasting.Features;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Import;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Tests.Features;

/// <summary>What was not yet known when a run was decided changes nothing in its estimate, not even its last bit.</summary>
public sealed class LeakageTests
{
    private const int Seed = 81;

    private static readonly IReadOnlyList<CanonicalRun> Past = DrawnRuns.Of(900, Seed);

    private static readonly IReadOnlyList<CanonicalRun> Runs = DrawnRuns.Of(
        700,
        Seed + 1,
        from: DrawnRuns.Start.AddDays(30)
    );

    /// <summary>Just after a decision, while that run is still under way.</summary>
    private static readonly DateTimeOffset Moment = Runs[350].DecidedAt.AddMilliseconds(1);

    private static readonly Lazy<StoredModel> Model = new(() =>
        SmallModel.Of(RunTables.Of(Past), Options)
    );

    private static Forecasting.Models.TrainingOptions Options { get; } =
        new() { Fit = SmallModel.Options.Fit with { Trees = 60 } };

    [Theory]
    [InlineData("test", false)]
    [InlineData("test", true)]
    [InlineData("newcomer", false)]
    [InlineData("newcomer", true)]
    public void What_ended_later_changes_no_estimate_made_before(string department, bool isOnline)
    {
        int[] Said(IReadOnlyList<CanonicalRun> runs) =>
            BitsOf(
                Model.Value,
                RunTables.Of(runs.Select(run => run with { Department = department })),
                isOnline
            );

        Assert.Equal(0, CountChanged(Said));
    }

    [Fact]
    public void The_order_of_the_rows_in_a_file_changes_no_estimate()
    {
        Assert.Equal(
            BitsOf(Model.Value, RunTables.Of(Runs), isOnline: true),
            BitsOf(Model.Value, RunTables.Of(Runs.Reverse()), isOnline: true)
        );
    }

    /// <summary>The same test with a leak planted: it must be found.</summary>
    [Fact]
    public void A_column_that_was_reckoned_from_the_next_run_is_caught()
    {
        RunSchema schema = RunTables.Journal with
        {
            Columns = RunTables.Journal.Columns.Add(
                new RunColumn("planted", RunColumnKind.Number, KnownWhen.Order)
            ),
        };
        RunTable With(IReadOnlyList<CanonicalRun> runs) =>
            RunTables
                .Read(
                    RunTables.With(
                        RunTables.Csv(runs),
                        "planted",
                        row => $"{Seconds(runs[Math.Min(row + 1, runs.Count - 1)]):0}"
                    ),
                    schema
                )
                .Runs;

        // Learned from a column that tells the truth, so that the trees look at it.
        RunTable telling = RunTables
            .Read(
                RunTables.With(RunTables.Csv(Past), "planted", row => $"{Seconds(Past[row]):0}"),
                schema
            )
            .Runs;
        StoredModel model = SmallModel.Of(telling, Options);
        Assert.True(CountChanged(runs => BitsOf(model, With(runs), isOnline: false)) > 0);
    }

    /// <summary>The same test against running averages that hold a run from its decision on instead of from its end.</summary>
    [Fact]
    public void Running_averages_that_hear_of_a_run_while_it_is_under_way_are_caught()
    {
        int[] Said(IReadOnlyList<CanonicalRun> runs, Func<CanonicalRun, DateTimeOffset> toldAt)
        {
            LiveAverages live = Model.Value.Learned.Recipe.NewLive();
            CanonicalRun[] told = [.. runs.OrderBy(toldAt)];
            int next = 0;
            var said = new int[runs.Count];
            for (int row = 0; row < said.Length; row++)
            {
                DateTimeOffset now = runs[row].DecidedAt;
                for (; next < told.Length && toldAt(told[next]) <= now; next++)
                {
                    live.Add(
                        0,
                        0,
                        (float)Seconds(told[next]),
                        toldAt(told[next]).ToUnixTimeMilliseconds()
                    );
                }

                said[row] = BitConverter.SingleToInt32Bits(
                    live.Find(0, 0, now.ToUnixTimeMilliseconds())
                );
            }

            return said;
        }

        Assert.Equal(0, CountChanged(runs => Said(runs, run => run.OnSceneAt!.Value)));
        Assert.True(CountChanged(runs => Said(runs, run => run.DecidedAt)) > 0);
    }

    [Fact]
    public void A_model_that_learned_until_a_moment_is_the_same_whatever_came_after_it()
    {
        var options = Options with { Until = Moment };
        var chance = new Random(Seed);
        CanonicalRun[] otherwise =
        [
            .. Runs.Select(run => run.DecidedAt < Moment ? run : Distorted(run, chance)),
        ];
        using var folder = new Folder();
        using ModelSigner signer = ModelSigner.Temporary();
        Assert.Equal(
            SmallModel.Train(folder.In("a"), signer, RunTables.Of(Runs), options).ModelSha256,
            SmallModel.Train(folder.In("b"), signer, RunTables.Of(otherwise), options).ModelSha256
        );
    }

    [Fact]
    public void A_department_that_came_after_training_is_answered_as_a_newcomer()
    {
        CanonicalRun[] runs =
        [
            .. Runs.Select(run =>
                run.DecidedAt < Moment ? run : run with { Department = "newcomer" }
            ),
        ];
        StoredModel model = SmallModel.Of(RunTables.Of(runs), Options with { Until = Moment });
        Assert.True(model.Learned.Knows("test"));
        Assert.False(model.Learned.Knows("newcomer"));
        Assert.Same(model.Learned.Newcomer, model.Learned.For("newcomer"));
    }

    /// <summary>How many estimates made before <see cref="Moment"/> differ when all that ended after it is distorted.</summary>
    private static int CountChanged(Func<IReadOnlyList<CanonicalRun>, int[]> say)
    {
        var chance = new Random(Seed);
        CanonicalRun[] distorted =
        [
            .. Runs.Select(run => run.OnSceneAt <= Moment ? run : Distorted(run, chance)),
        ];
        int before = Runs.Count(run => run.DecidedAt < Moment);
        int underWay = Runs.Count(run => run.DecidedAt < Moment && run.OnSceneAt > Moment);
        Assert.InRange(underWay, 1, 10);
        int[] first = say(Runs);
        int[] second = say(distorted);
        int perRun = first.Length / Runs.Count;
        Assert.Equal(Runs.Count * perRun, second.Length);
        // Whoever says the same of all runs would pass every such test.
        Assert.True(first.Distinct().Count() > 20);
        Assert.NotEqual(first, second);
        return Enumerable.Range(0, before * perRun).Count(i => first[i] != second[i]);
    }

    /// <summary>Of a run that is under way only what comes is otherwise; of a later one everything.</summary>
    private static CanonicalRun Distorted(CanonicalRun run, Random chance)
    {
        TimeSpan later = TimeSpan.FromSeconds(chance.Next(60, 3_000));
        CanonicalRun delayed = run with
        {
            DispatchedAt = run.DispatchedAt + (later / 4),
            RollingAt = run.RollingAt + (later / 2),
            OnSceneAt = run.OnSceneAt + later,
        };
        return run.DecidedAt < Moment
            ? delayed
            : delayed with
            {
                Station = $"station {chance.Next(5)}",
                VehicleKind = "motorcycle",
                Area = chance.Next(2) == 0 ? "" : "somewhere",
                Urgency = "unknown",
                IsAtStation = !run.IsAtStation,
                RouterSeconds = chance.Next(10, 3_000),
                StraightLineMeters = chance.Next(10_000),
                FastMeters = chance.Next(10_000),
                UnitsFree = chance.Next(99),
            };
    }

    private static int[] BitsOf(StoredModel model, RunTable runs, bool isOnline) =>
        [
            .. Evaluator
                .Run(
                    model.Learned,
                    model.Manifest.Window,
                    runs,
                    new EvaluationOptions { IsOnline = isOnline }
                )
                .Said.SelectMany(q => new[] { q.Low, q.Median, q.High })
                .Select(BitConverter.SingleToInt32Bits),
        ];

    private static double Seconds(CanonicalRun run) =>
        (run.OnSceneAt!.Value - run.DecidedAt).TotalSeconds;
}
