using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Forecasting.Import;
using MinaKyukyu.Forecasting.Serving;

namespace MinaKyukyu.Forecasting.Tests.Serving;

public sealed class TimeToSceneModelTests
{
    private const int Seed = 71;

    private static readonly string[] Words = ["kita", "nishi", "shin", "", "ambulance", "pump"];

    private readonly TimeToSceneModel _model = new(CityModel.Model, "test");

    [Fact]
    public void A_longer_road_is_never_said_to_be_driven_sooner()
    {
        var chance = new Random(Seed);
        int[] roads = [.. Enumerable.Range(0, 50).Select(i => (int)(1_000 * Math.Pow(1.2, i)))];
        var said = new TimeToScene[roads.Length];
        for (int round = 0; round < 500; round++)
        {
            CandidateDrive drive = Draw(chance);
            SceneConditions scene = Scene(chance);
            CandidateDrive[] drives =
            [
                .. roads.Select(milliseconds => drive with { RouterMilliseconds = milliseconds }),
            ];
            _model.Predict(scene, drives, said);
            for (int i = 1; i < said.Length; i++)
            {
                Assert.True(
                    said[i - 1].P10 <= said[i].P10
                        && said[i - 1].P50 <= said[i].P50
                        && said[i - 1].P90 <= said[i].P90,
                    $"seed {Seed}, round {round}: {roads[i - 1]} ms {said[i - 1]}, {roads[i]} ms {said[i]}, {drive}"
                );
            }
        }
    }

    [Fact]
    public void Whatever_is_asked_the_answer_is_a_time_whose_parts_add_up()
    {
        var said = new TimeToScene[Absurd.Drives.Length];
        foreach (string department in (string[])["test", "newcomer", ""])
        {
            var model = new TimeToSceneModel(CityModel.Model, department);
            foreach (SceneConditions scene in Absurd.Scenes)
            {
                model.Predict(scene, Absurd.Drives, said);
                Assert.All(said, one => Sane.Check(one, $"{scene}"));
            }
        }
    }

    [Fact]
    public void Absurd_arrivals_leave_the_answers_times()
    {
        CanonicalRun run = CityModel.Later[0];
        var said = new TimeToScene[1];
        foreach (CandidateDrive drive in Absurd.Drives)
        {
            foreach (
                SceneConditions scene in Absurd.Scenes.Where(s => s.Now.Year is > 1 and < 9999)
            )
            {
                _model.Learn(scene, drive, TimeSpan.FromMinutes(9));
                _model.Learn(scene, drive, TimeSpan.MaxValue);
                _model.Learn(scene, drive, TimeSpan.FromSeconds(-9));
            }
        }

        _model.Predict(Questions.SceneOf(run), [Questions.DriveOf(run)], said);
        Sane.Check(said[0], "after absurd arrivals");
    }

    [Fact]
    public void Parts_are_call_processing_turnout_and_the_drive_and_turnout_is_longer_at_night()
    {
        CandidateDrive drive = Questions.DriveOf(CityModel.Later[0]) with
        {
            RouterMilliseconds = 400_000,
            IsAtStation = true,
            PositionAge = null,
        };
        TimeToScene At(int hour)
        {
            var said = new TimeToScene[1];
            SceneConditions scene = Questions.SceneOf(CityModel.Later[0]) with
            {
                Now = CityModel.Until.AddDays(2).AddHours(hour),
            };
            _model.Predict(scene, [drive], said);
            Sane.Check(said[0], $"{hour} o'clock");
            return said[0];
        }

        Assert.True(At(3).Turnout > At(14).Turnout + 5_000);
        Assert.InRange(At(14).CallProcessing, 1, 60_000);
        Assert.InRange(At(14).Travel, 100_000, 900_000);
    }

    [Fact]
    public void Three_hundred_candidates_are_asked_without_a_single_allocation()
    {
        var chance = new Random(Seed);
        CandidateDrive[] drives = [.. Enumerable.Range(0, 300).Select(_ => Draw(chance))];
        var said = new TimeToScene[drives.Length];
        SceneConditions scene = Scene(chance);
        for (int warm = 0; warm < 50; warm++)
        {
            _model.Predict(scene, drives, said);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int asked = 0; asked < 20; asked++)
        {
            _model.Predict(scene, drives, said);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Candidates_asked_together_are_answered_as_when_each_is_asked_alone()
    {
        var chance = new Random(Seed);
        CandidateDrive[] drives = [.. Enumerable.Range(0, 37).Select(_ => Draw(chance))];
        SceneConditions scene = Scene(chance);
        var together = new TimeToScene[drives.Length];
        var alone = new TimeToScene[1];
        _model.Predict(scene, drives, together);
        for (int i = 0; i < drives.Length; i++)
        {
            _model.Predict(scene, drives.AsSpan(i, 1), alone);
            Assert.Equal(together[i], alone[0]);
        }

        _model.Predict(scene, [], []);
        Assert.Throws<ArgumentException>(() => _model.Predict(scene, drives, new TimeToScene[36]));
    }

    [Fact]
    public void Dispatchers_may_ask_while_arrivals_are_learned()
    {
        CanonicalRun[] runs = [.. CityModel.Later.Take(400)];
        Parallel.For(
            0,
            4,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            worker =>
            {
                var said = new TimeToScene[8];
                var chance = new Random(Seed + worker);
                for (int i = 0; i < runs.Length; i++)
                {
                    if (worker == 0)
                    {
                        _model.Learn(
                            Questions.SceneOf(runs[i]),
                            Questions.DriveOf(runs[i]),
                            Questions.Observed(runs[i])
                        );
                    }

                    CandidateDrive[] drives = [.. said.Select(_ => Draw(chance))];
                    _model.Predict(Questions.SceneOf(runs[i]), drives, said);
                    Assert.All(said, one => Sane.Check(one, $"worker {worker}, run {i}"));
                }
            }
        );
    }

    [Fact]
    public void A_run_shorter_or_longer_than_the_schema_believes_teaches_nothing()
    {
        CanonicalRun run = CityModel.Later[0];
        var before = new TimeToScene[1];
        var after = new TimeToScene[1];
        _model.Predict(Questions.SceneOf(run), [Questions.DriveOf(run)], before);
        for (int i = 0; i < 100; i++)
        {
            _model.Learn(
                Questions.SceneOf(run),
                Questions.DriveOf(run),
                TimeSpan.FromSeconds(i % 2 == 0 ? 19 : 7_201)
            );
        }

        _model.Predict(Questions.SceneOf(run), [Questions.DriveOf(run)], after);
        Assert.Equal(before[0], after[0]);
    }

    [Fact]
    public void The_model_says_which_one_it_is()
    {
        ModelIdentity identity = _model.Identity;
        Assert.Equal(
            ("journal", 1, "mina-trees"),
            (identity.Name, identity.Version, identity.Provider)
        );
        Assert.Equal(CityModel.Model.Manifest.ModelSha256, identity.Sha256);
        Assert.Equal(CityModel.Model.Manifest.Window.Until, identity.TrainedUntil);
    }

    private static SceneConditions Scene(Random chance) =>
        new()
        {
            Now = CityModel.Until.AddMinutes(chance.Next(40_000)),
            SinceCall = TimeSpan.FromSeconds(chance.Next(200)),
            Area = CityModel.Later[chance.Next(1_000)].Area,
            Urgency = CityModel.Later[chance.Next(1_000)].Urgency,
            UnitsFree = chance.Next(12),
            IncidentsWaiting = chance.Next(3),
            PlaceUncertaintyMeters = chance.Next(2) == 0 ? null : chance.Next(500),
            PrecipitationMmPerHour = chance.Next(3) == 0 ? null : chance.Next(20),
        };

    private static CandidateDrive Draw(Random chance)
    {
        double meters = chance.Next(200, 12_000);
        double fast = meters * chance.NextDouble();
        return new CandidateDrive
        {
            RouterMilliseconds = chance.Next(20_000, 1_800_000),
            Station = Words[chance.Next(Words.Length)],
            VehicleKind = Words[chance.Next(Words.Length)],
            IsAtStation = chance.Next(2) == 0,
            PositionAge = chance.Next(2) == 0 ? null : TimeSpan.FromSeconds(chance.Next(300)),
            StraightLineMeters = chance.Next(5) == 0 ? null : meters * 0.7,
            Way =
                chance.Next(3) == 0
                    ? null
                    : new RoadMakeup(fast, (meters - fast) / 2, (meters - fast) / 2),
        };
    }
}
