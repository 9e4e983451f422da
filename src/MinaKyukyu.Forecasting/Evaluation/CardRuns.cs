using System.Collections.Immutable;
using MinaKyukyu.Forecasting.Features;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Evaluation;

/// <summary>Scored runs as a card looks at them: what was said, what was observed, and the groups that they belong to.</summary>
/// <param name="Hours">Of the local clock, from 0 to 23.</param>
internal sealed record CardRuns(
    Quantiles[] Said,
    float[] Observed,
    int[] Hours,
    ImmutableArray<CardColumn> Columns
)
{
    public int Count => Said.Length;

    public static CardRuns Of(EvaluationRuns evaluated)
    {
        RunTable runs = evaluated.Prepared.Runs;
        ImmutableArray<int> rows = evaluated.Rows;
        return new CardRuns(
            evaluated.Said,
            [.. rows.Select(row => runs.ObservedSeconds[row])],
            [.. rows.Select(row => (int)runs.Clock.Hour(row))],
            [
                .. runs.Schema.ReportBy.Select(name =>
                {
                    CategoryColumn words = runs.Categories(runs.Schema.Find(name)!);
                    return new CardColumn(name, place => words.Word(rows[place]));
                }),
            ]
        );
    }

    public ErrorFigures Errors(IEnumerable<int> places)
    {
        var score = new Score();
        foreach (int place in places)
        {
            score.Add(Said[place], Observed[place]);
        }

        return ErrorFigures.Of(score);
    }
}

/// <param name="WordOf">By place of the run; null where it is missing.</param>
internal sealed record CardColumn(string Name, Func<int, string?> WordOf);
