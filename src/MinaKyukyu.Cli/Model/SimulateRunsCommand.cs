using System.CommandLine;
using System.Globalization;
using MinaKyukyu.Cli.Roads;
using MinaKyukyu.Forecasting.Import;
using MinaKyukyu.Forecasting.Simulated;

namespace MinaKyukyu.Cli.Model;

/// <summary><c>mina model simulate-runs</c>: invents the runs of a city, with the truth that they were drawn from.</summary>
internal static class SimulateRunsCommand
{
    private static readonly Option<string> City = new("--city")
    {
        DefaultValueFactory = _ => Checkout.SampleCity,
        Description = "city.json のあるディレクトリ / directory of a city.json",
    };

    private static readonly Option<int> Weeks = new("--weeks")
    {
        DefaultValueFactory = _ => 26,
        Description = "週数 / how many weeks, 1 to 520",
    };

    private static readonly Option<long> Seed = new("--seed")
    {
        DefaultValueFactory = _ => 1,
        Description = "乱数の種。同じ種は同じ結果 / the same seed gives the same bytes",
    };

    private static readonly Option<int?> RegimeChangeWeek = new("--regime-change-week")
    {
        Description =
            "この週(1から)から道路と出動が変わる / from this week (the first is 1) roads and turnout are others",
    };

    private static readonly Option<string> Out = new("--out")
    {
        Required = true,
        Description = "書き出す出動記録 (CSV、.gz は圧縮) / the run file to write",
    };

    private static readonly Option<string?> Truth = new("--truth")
    {
        Description = "書き出す真の分布 (CSV、.gz は圧縮) / the true law of each run, to write",
    };

    public static Command Create()
    {
        Weeks.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 520)
            {
                result.AddError("--weeks takes 1 to 520.");
            }
        });
        Command simulate = new(
            "simulate-runs",
            "架空の出動記録を作る / invent runs of a city, with their truth"
        )
        {
            City,
            Weeks,
            Seed,
            RegimeChangeWeek,
            Out,
            Truth,
        };
        simulate.SetAction(
            (words, stop) =>
                Task.FromResult(
                    RoadOptions.Run(() =>
                    {
                        IReadOnlyList<SimulatedRun> runs = SimulatedRuns.Generate(
                            SimulatedCityFile.Read(words.GetRequiredValue(City)),
                            new SimulatedRunsOptions
                            {
                                Weeks = words.GetValue(Weeks),
                                Seed = words.GetValue(Seed),
                                RegimeChangeWeek = words.GetValue(RegimeChangeWeek),
                            },
                            stop
                        );
                        Write(runs, words.GetRequiredValue(Out), words.GetValue(Truth));
                        Console.Out.WriteLine(Account(runs));
                        return ExitCode.Done;
                    })
                )
        );
        return simulate;
    }

    private static void Write(IReadOnlyList<SimulatedRun> runs, string file, string? truthFile)
    {
        using var to = new WholeTextFile(file);
        CanonicalRunFile.WriteHeader(to.Text);
        foreach (SimulatedRun run in runs)
        {
            CanonicalRunFile.Write(to.Text, run.Run);
        }

        if (truthFile is not null)
        {
            using var truth = new WholeTextFile(truthFile);
            TruthFile.WriteHeader(truth.Text);
            foreach (SimulatedRun run in runs)
            {
                TruthFile.Write(truth.Text, run);
            }

            truth.Finish();
        }

        to.Finish();
    }

    private static string Account(IReadOnlyList<SimulatedRun> runs)
    {
        var errors = SimulatedErrors.Of(runs);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            出動 runs                                  {runs.Count}
            偶然だけの誤差 noise floor                 {errors.ToSceneFloor:F1} s (指令から現着 decision to scene)
            偶然だけの誤差 noise floor, drive          {errors.DriveFloor:F1} s (出動から現着 rolling to scene)
            経路時間だけの誤差 router alone, drive     {errors.DriveByRouter:F1} s
            """
        );
    }
}
