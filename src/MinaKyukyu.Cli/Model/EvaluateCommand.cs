using System.CommandLine;
using MinaKyukyu.Cli.Audit;
using MinaKyukyu.Forecasting.Evaluation;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Cli.Model;

/// <summary><c>mina model evaluate</c>: how well a model does on runs that it never saw.</summary>
internal static class EvaluateCommand
{
    private static readonly Option<string> Model = ModelOptions.Model();
    private static readonly Option<string> In = ModelOptions.In();
    private static readonly Option<string?> From = ModelOptions.From();
    private static readonly Option<string?> To = ModelOptions.To();
    private static readonly Option<bool> Online = ModelOptions.Online();
    private static readonly Option<bool> AllowOverlap = ModelOptions.AllowOverlap();

    private static readonly Option<string?> Newcomers = new("--cold-start")
    {
        Description =
            "この列の値を一つずつ新規本部とみなす / each word of this column in turn is a department without history",
    };

    private static readonly Option<bool> Json = ModelOptions.Json();

    public static Command Build()
    {
        Command evaluate = new("evaluate", "予測の採点 / score a model on runs")
        {
            Model,
            In,
            From,
            To,
            Online,
            AllowOverlap,
            Newcomers,
            Json,
        };
        evaluate.SetAction(
            (words, stop) => Task.FromResult(ModelOptions.Run(() => Run(words, stop)))
        );
        return evaluate;
    }

    private static int Run(ParseResult words, CancellationToken stop)
    {
        StoredModel model = ModelOptions.Open(words.GetRequiredValue(Model));
        (RunTable runs, RunReport read) = ModelOptions.Read(
            model.Schema,
            words.GetRequiredValue(In)
        );
        var options = new EvaluationOptions
        {
            From = ModelOptions.Moment("--from", words.GetValue(From), model.Schema),
            Until = ModelOptions.EndOf("--to", words.GetValue(To), model.Schema),
            IsOnline = words.GetValue(Online),
        };
        if (words.GetValue(Newcomers) is { } column)
        {
            return TellNewcomers(
                ColdStart.Run(
                    model,
                    runs,
                    column,
                    options,
                    Providers.Find(model.Manifest.Provider)!,
                    stop
                ),
                words.GetValue(Json)
            );
        }

        var report = EvaluationReport.Of(model, runs, read, options);
        if (words.GetValue(Json))
        {
            Console.Out.WriteLine(JsonLine.Of(report.WriteTo));
        }
        else
        {
            ModelOptions.TellExcluded(read);
            EvaluationTable.Print(report);
        }

        return Verdict(report, words.GetValue(AllowOverlap));
    }

    private static int TellNewcomers(IReadOnlyList<Newcomer> newcomers, bool asJson)
    {
        if (asJson)
        {
            Console.Out.WriteLine(JsonLine.Of(json => NewcomerTable.Write(json, newcomers)));
        }
        else
        {
            NewcomerTable.Print(newcomers);
        }

        return newcomers.Count > 0 ? ExitCode.Done : ExitCode.No;
    }

    private static int Verdict(EvaluationReport report, bool mayOverlap)
    {
        if (report.Count == 0)
        {
            Console.Error.WriteLine("mina: 採点できる出動がありません / there is no run to score");
            return ExitCode.No;
        }

        if (report.OverlapRows > 0 && !mayOverlap)
        {
            Console.Error.WriteLine(
                $"mina: {report.OverlapRows}件が学習期間内です / {report.OverlapRows} runs lie inside the training window; their score says nothing about new ones (--allow-overlap)"
            );
            return ExitCode.No;
        }

        return ExitCode.Done;
    }
}
