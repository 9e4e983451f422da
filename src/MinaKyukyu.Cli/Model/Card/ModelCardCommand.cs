using System.CommandLine;
using MinaKyukyu.Forecasting.Evaluation;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Cli.Model.Card;

/// <summary><c>mina model card</c>: what a model is for and how well it does, as one page that may leave the department.</summary>
internal static class ModelCardCommand
{
    private static readonly Option<string> Model = ModelOptions.Model();
    private static readonly Option<string> In = ModelOptions.In();
    private static readonly Option<string?> From = ModelOptions.From();
    private static readonly Option<string?> To = ModelOptions.To();
    private static readonly Option<bool> Online = ModelOptions.Online();
    private static readonly Option<bool> AllowOverlap = ModelOptions.AllowOverlap();

    private static readonly Option<string?> Note = new("--note")
    {
        Description =
            "見出しに印刷する一言 / printed in the header, such as where the runs came from",
    };

    private static readonly Option<string> Out = new("--out")
    {
        Required = true,
        Description = "書き出し先HTML / the page; one file that needs nothing else",
    };

    public static Command Build()
    {
        Command card = new("card", "モデルカード / a page that shows what a model is good for")
        {
            Model,
            In,
            From,
            To,
            Online,
            AllowOverlap,
            Note,
            Out,
        };
        card.SetAction((words, _) => Task.FromResult(ModelOptions.Run(() => Run(words))));
        return card;
    }

    private static int Run(ParseResult words)
    {
        StoredModel model = ModelOptions.Open(words.GetRequiredValue(Model));
        (RunTable runs, RunReport read) = ModelOptions.Read(
            model.Schema,
            words.GetRequiredValue(In)
        );
        bool isOnline = words.GetValue(Online);
        var options = new EvaluationOptions
        {
            From = ModelOptions.Moment("--from", words.GetValue(From), model.Schema),
            Until = ModelOptions.EndOf("--to", words.GetValue(To), model.Schema),
            IsOnline = isOnline,
        };
        var report = EvaluationReport.Of(model, runs, read, options);
        if (report.Count < CardFigures.LeastRuns)
        {
            Console.Error.WriteLine(
                $"mina: 採点できる出動が{CardFigures.LeastRuns}件未満です / fewer than {CardFigures.LeastRuns} runs to score, no card is made"
            );
            return ExitCode.No;
        }

        string file = words.GetRequiredValue(Out);
        var subject = new CardSubject(
            model,
            CardFigures.Of(model, report),
            read,
            report.OverlapRows,
            isOnline,
            words.GetValue(Note)
        );
        Write(file, CardPage.Draw(subject));
        Console.Out.WriteLine($"モデルカード card written: {file}");
        return Verdict(report, words.GetValue(AllowOverlap));
    }

    private static int Verdict(EvaluationReport report, bool mayOverlap)
    {
        if (report.OverlapRows == 0 || mayOverlap)
        {
            return ExitCode.Done;
        }

        Console.Error.WriteLine(
            $"mina: {report.OverlapRows}件が学習期間内です / {report.OverlapRows} runs lie inside the training window; the card says so in red (--from, --allow-overlap)"
        );
        return ExitCode.No;
    }

    private static void Write(string file, string page)
    {
        try
        {
            File.WriteAllText(file, page);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ForecastException(file, "cannot be written", refused);
        }
    }
}
