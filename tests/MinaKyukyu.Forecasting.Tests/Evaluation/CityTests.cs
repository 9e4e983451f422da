using MinaKyukyu.Forecasting.Evaluation;
using MinaKyukyu.Forecasting.Runs;
using MinaKyukyu.Forecasting.Simulated;

namespace MinaKyukyu.Forecasting.Tests.Evaluation;

/// <summary>In the simulated city the truth is known: how near the model comes to it. The full figure over 52 weeks stands in docs/MODEL.md.</summary>
public sealed class CityTests
{
    [Fact]
    public void The_model_comes_near_to_what_chance_alone_leaves_open()
    {
        (RunTable runs, RunReport read) = RunTables.Read(
            RunTables.Csv(CityModel.All.Select(one => one.Run)),
            RunTables.Journal
        );
        var report = EvaluationReport.Of(
            CityModel.Model,
            runs,
            read,
            new EvaluationOptions { From = CityModel.Until }
        );
        var errors = SimulatedErrors.Of([
            .. CityModel.All.Where(one => one.Run.DecidedAt >= CityModel.Until),
        ]);
        string figures =
            $"MAE {report.MaeSeconds:0.0} s, floor {errors.ToSceneFloor:0.0} s, knowable {errors.Knowable:0.0} s, router {report.BaselineMaeSeconds("router_only"):0.0} s, coverage {report.Coverage}";
        Assert.Equal(0, report.OverlapRows);
        Assert.True(report.MaeSeconds <= 1.12 * errors.ToSceneFloor, figures);
        Assert.True(report.MaeSeconds <= 0.65 * report.BaselineMaeSeconds("router_only"), figures);
        Assert.InRange(report.Coverage.P90, 0.87, 0.93);
    }
}
