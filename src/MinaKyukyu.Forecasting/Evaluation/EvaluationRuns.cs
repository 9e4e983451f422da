using System.Collections.Immutable;
using MinaKyukyu.Forecasting.Features;

namespace MinaKyukyu.Forecasting.Evaluation;

/// <summary>What a model said of runs, beside what was observed.</summary>
/// <param name="Rows">Places of the scored runs in the table.</param>
/// <param name="Said">One for each of <paramref name="Rows"/>.</param>
/// <param name="OverlapRows">Scored runs that lie inside the window that the model learned from.</param>
internal sealed record EvaluationRuns(
    PreparedRuns Prepared,
    ImmutableArray<int> Rows,
    Quantiles[] Said,
    int OverlapRows
)
{
    public float Observed(int place) => Prepared.Runs.ObservedSeconds[Rows[place]];

    public Score Score(Func<int, bool>? isCounted = null)
    {
        var score = new Score();
        for (int i = 0; i < Rows.Length; i++)
        {
            if (isCounted?.Invoke(Rows[i]) ?? true)
            {
                score.Add(Said[i], Observed(i));
            }
        }

        return score;
    }

    /// <summary>Scores by the words of a column, in the order of the words; the missing word is <c>(missing)</c>.</summary>
    public IReadOnlyDictionary<string, Score> ScoreBy(Func<int, string> wordOf)
    {
        var scores = new SortedDictionary<string, Score>(StringComparer.Ordinal);
        for (int i = 0; i < Rows.Length; i++)
        {
            string word = wordOf(Rows[i]);
            if (!scores.TryGetValue(word, out Score? score))
            {
                scores.Add(word, score = new Score());
            }

            score.Add(Said[i], Observed(i));
        }

        return scores;
    }
}
