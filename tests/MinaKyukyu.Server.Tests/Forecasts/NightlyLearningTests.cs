using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Ports;
using MinaKyukyu.Forecasting.Runs;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.City;
using MinaKyukyu.Server.Forecasts;
using MinaKyukyu.Server.Tests.Wire;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.Server.Tests.Forecasts;

/// <summary>What a department learns at night from its own runs, and what of it comes into force.</summary>
public sealed class NightlyLearningTests : IDisposable
{
    private static readonly DateTimeOffset Tonight = new(2026, 6, 1, 18, 0, 0, TimeSpan.Zero);

    private readonly string _data = Directory.CreateTempSubdirectory("mina-night-").FullName;
    private readonly ManualTime _time = new(Tonight);
    private readonly CityPlan _city = CityFile.Read(
        Path.Combine(ServedHouse.Root, "samples", "tachikawa")
    ) with
    {
        Model = null,
    };

    [Fact]
    public void Runs_of_seven_weeks_make_a_model_and_runs_that_say_nothing_new_do_not_replace_it()
    {
        ModelsInForce models = Models();
        NightlyLearning night = Night(models);
        Assert.Null(models.Current);
        Assert.Equal(ReasonCode.NoModel, models.WhyNone);

        Assert.Equal(LearningOutcome.Promoted, night.Learn(Invent(days: 50, slower: 1.3), default));
        Assert.Equal(1, models.Current!.Identity.Version);

        Assert.NotEqual(
            LearningOutcome.Promoted,
            night.Learn(Invent(days: 50, slower: 1.3), default)
        );
        Assert.Equal(1, models.Current.Identity.Version);
    }

    [Fact]
    public void A_city_that_changed_is_learned_anew_and_the_version_rises()
    {
        ModelsInForce models = Models();
        NightlyLearning night = Night(models);
        night.Learn(Invent(days: 50, slower: 1.1), default);
        _time.Advance(TimeSpan.FromDays(60));

        Assert.Equal(LearningOutcome.Promoted, night.Learn(Invent(days: 50, slower: 1.8), default));

        Assert.Equal(2, models.Current!.Identity.Version);
        // Whoever restarts the node finds the same one.
        Assert.Equal(2, Models().Current!.Identity.Version);
    }

    [Fact]
    public void Few_runs_teach_nothing() =>
        Assert.Equal(
            LearningOutcome.TooFewRuns,
            Night(Models()).Learn(Invent(days: 10, slower: 1.3), default)
        );

    [Fact]
    public void A_model_that_somebody_touched_is_refused_and_advice_says_so()
    {
        Night(Models()).Learn(Invent(days: 50, slower: 1.3), default);
        string binary = Path.Combine(_data, "models", "current", "model.bin");
        byte[] bytes = File.ReadAllBytes(binary);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(binary, bytes);

        ModelsInForce restarted = Models();
        Assert.Null(restarted.Current);
        Assert.Equal(ReasonCode.ModelRefused, restarted.WhyNone);
    }

    [Fact]
    public void A_promotion_that_power_cut_in_two_leaves_the_model_that_was_there()
    {
        Night(Models()).Learn(Invent(days: 50, slower: 1.3), default);
        string current = Path.Combine(_data, "models", "current");
        Directory.Move(current, current + ".old");

        Assert.Equal(1, Models().Current!.Identity.Version);
    }

    [Fact]
    public void A_learner_that_breaks_does_not_end_the_service()
    {
        ModelsInForce models = Models();
        Assert.Equal(
            LearningOutcome.Failed,
            Night(models, new BrokenTrainer()).Learn(Invent(days: 50, slower: 1.3), default)
        );
        Assert.Null(models.Current);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private MinaServerOptions Options =>
        new()
        {
            Data = _data,
            City = "",
            Codes = "",
            Time = _time,
        };

    private ModelsInForce Models() =>
        new(
            Options,
            _city,
            new Arrivals(new IncidentsProjection(), _time),
            new CoverageWatch(),
            NullLogger<ModelsInForce>.Instance
        );

    private NightlyLearning Night(ModelsInForce models, ITimeToSceneTrainer? trainer = null) =>
        new(
            Options,
            _city,
            new Arrivals(new IncidentsProjection(), _time),
            models,
            trainer ?? new TimeToSceneTrainer(),
            _time,
            NullLogger<NightlyLearning>.Instance
        );

    /// <summary>Sixty runs a day up to now: a minute of turnout, then the road, slower by a factor and by chance.</summary>
    private List<JournalRun> Invent(int days, double slower)
    {
        var chance = new Random(7);
        DateTimeOffset now = _time.GetUtcNow();
        var runs = new List<JournalRun>();
        for (int i = 0; i < days * 60; i++)
        {
            DateTimeOffset at = now.AddDays(-days).AddMinutes(i * 24);
            double road = 90 + (chance.NextDouble() * 500);
            double noise = Math.Exp((chance.NextDouble() - 0.5) * 0.6);
            DateTimeOffset rolling = at.AddSeconds(60 + (chance.NextDouble() * 30));
            runs.Add(
                new JournalRun(
                    new SceneConditions
                    {
                        Now = at,
                        SinceCall = TimeSpan.FromSeconds(40),
                        Area = "曙町二丁目",
                        Urgency = "high",
                        UnitsFree = 10,
                    },
                    new CandidateDrive
                    {
                        RouterMilliseconds = (int)(road * 1_000),
                        Station = i % 2 == 0 ? "kita" : "minami",
                        VehicleKind = "ambulance",
                        IsAtStation = true,
                        StraightLineMeters = road * 8,
                        Way = new RoadMakeup(0, road * 8, road * 2),
                    },
                    at.AddSeconds(5),
                    rolling,
                    rolling.AddSeconds(road * slower * noise)
                )
            );
        }

        return runs;
    }

    private sealed class BrokenTrainer : ITimeToSceneTrainer
    {
        public string Provider => "broken";

        public ModelManifest Train(
            RunTable runs,
            TrainingOptions options,
            string directory,
            ModelSigner signer,
            CancellationToken stop
        ) => throw new InvalidOperationException("by hand");
    }
}
