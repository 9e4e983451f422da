using System.Collections.Immutable;
using MinaKyukyu.Forecasting.Features;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Evaluation;

/// <summary>Replays runs in the order of time: each is estimated as of its own decision.</summary>
internal static class Evaluator
{
    public static EvaluationRuns Run(
        LearnedModel model,
        TrainingWindow window,
        RunTable runs,
        EvaluationOptions options
    )
    {
        int from = options.From is { } first ? runs.FirstFrom(first) : 0;
        int until = options.Until is { } last ? runs.FirstFrom(last) : runs.Count;
        ImmutableArray<int> rows = [.. Enumerable.Range(from, Math.Max(0, until - from))];
        bool[] isKnown = WhoIsKnown(model, runs);
        var own = new ReplayedModel(model, window, runs, options.IsOnline, row => isKnown[row]);
        // A department that training never saw is answered by the model that was made for such.
        ReplayedModel? newcomer = isKnown.All(known => known)
            ? null
            : new ReplayedModel(
                model.Newcomer!,
                window,
                runs,
                options.IsOnline,
                row => !isKnown[row]
            );
        var said = new Quantiles[rows.Length];
        for (int i = 0; i < said.Length; i++)
        {
            said[i] = (isKnown[rows[i]] ? own : newcomer!).Say(rows[i]);
        }

        return new EvaluationRuns(
            own.Prepared,
            rows,
            said,
            rows.Count(row => window.Holds(runs.DecidedAt(row)))
        );
    }

    private static bool[] WhoIsKnown(LearnedModel model, RunTable runs)
    {
        if (model.Newcomer is null)
        {
            return [.. Enumerable.Repeat(true, runs.Count)];
        }

        CategoryColumn words = runs.Categories(runs.Schema.Find(runs.Schema.Department!)!);
        bool[] isKnown = [.. words.Words.Select(model.Knows)];
        return Array.ConvertAll(words.Codes, code => code >= 0 && isKnown[code]);
    }
}
