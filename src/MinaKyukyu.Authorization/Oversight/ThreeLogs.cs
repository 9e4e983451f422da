using System.Collections.Immutable;

namespace MinaKyukyu.Authorization.Oversight;

/// <summary>Which of the three logs a line is from.</summary>
public enum ViewLog
{
    /// <summary>The platform's own log of what it answered.</summary>
    Platform = 1,

    /// <summary>Our audit chain.</summary>
    Ours = 2,

    /// <summary>The activity records (救急活動記録).</summary>
    Activity = 3,
}

/// <summary>One view as one log tells it. An empty word: the log does not say.</summary>
/// <param name="Source">Where it stands, such as <c>platform.csv:12</c> or a grant's id.</param>
public sealed record LoggedView(
    ViewLog Log,
    DateTimeOffset At,
    string Incident,
    string Unit,
    string PatientRef,
    string Source
);

/// <summary>One view as all three logs tell it; null: that log lacks it.</summary>
public sealed record MatchedView(LoggedView? Platform, LoggedView? Ours, LoggedView? Activity)
{
    public bool IsInAll => Platform is not null && Ours is not null && Activity is not null;

    /// <summary>The earliest that any log says.</summary>
    public DateTimeOffset At => Told.Min(v => v.At);

    public IEnumerable<LoggedView> Told => new[] { Platform, Ours, Activity }.OfType<LoggedView>();

    public IEnumerable<ViewLog> Lacking =>
        Enum.GetValues<ViewLog>().Except(Told.Select(v => v.Log));
}

/// <summary>三つの記録の突合: platform, audit chain and activity records must tell of the same views.</summary>
public static class ThreeLogs
{
    /// <summary>Every view of any log, in the order of time, each line used once.</summary>
    /// <param name="window">How far two clocks, or a clock and a hand, may be apart.</param>
    /// <remarks>
    /// Two lines are the same view when no word that both say differs, and their moments are within the window. Where several fit,
    /// the pair that agrees in most words is taken first, then the one closest in time.
    /// </remarks>
    public static ImmutableArray<MatchedView> Match(IEnumerable<LoggedView> all, TimeSpan window)
    {
        ILookup<ViewLog, LoggedView> by = all.OrderBy(v => v.At)
            .ThenBy(v => v.Source, StringComparer.Ordinal)
            .ToLookup(v => v.Log);
        LoggedView[] ours = [.. by[ViewLog.Ours]];
        LoggedView[] platform = [.. by[ViewLog.Platform]];
        LoggedView[] activity = [.. by[ViewLog.Activity]];
        Dictionary<LoggedView, LoggedView> platformOf = Pair(ours, platform, window);
        Dictionary<LoggedView, LoggedView> activityOf = Pair(ours, activity, window);
        LoggedView[] platformLeft = [.. platform.Except(platformOf.Values)];
        LoggedView[] activityLeft = [.. activity.Except(activityOf.Values)];
        Dictionary<LoggedView, LoggedView> beside = Pair(platformLeft, activityLeft, window);
        return
        [
            .. ours.Select(o => new MatchedView(
                    platformOf.GetValueOrDefault(o),
                    o,
                    activityOf.GetValueOrDefault(o)
                ))
                .Concat(
                    platformLeft.Select(p => new MatchedView(p, null, beside.GetValueOrDefault(p)))
                )
                .Concat(
                    activityLeft.Except(beside.Values).Select(a => new MatchedView(null, null, a))
                )
                .OrderBy(m => m.At),
        ];
    }

    /// <summary>Both in the order of time.</summary>
    private static Dictionary<LoggedView, LoggedView> Pair(
        LoggedView[] left,
        LoggedView[] right,
        TimeSpan window
    )
    {
        List<(LoggedView Left, LoggedView Right, int Words, TimeSpan Apart)> fits = [];
        int from = 0;
        foreach (LoggedView one in left)
        {
            while (from < right.Length && right[from].At < one.At - window)
            {
                from++;
            }

            for (int i = from; i < right.Length && right[i].At <= one.At + window; i++)
            {
                if (Agreement(one, right[i]) is { } words)
                {
                    fits.Add((one, right[i], words, (right[i].At - one.At).Duration()));
                }
            }
        }

        Dictionary<LoggedView, LoggedView> pairs = new(ReferenceEqualityComparer.Instance);
        HashSet<LoggedView> taken = new(ReferenceEqualityComparer.Instance);
        foreach (var fit in fits.OrderByDescending(f => f.Words).ThenBy(f => f.Apart))
        {
            if (!pairs.ContainsKey(fit.Left) && taken.Add(fit.Right))
            {
                pairs.Add(fit.Left, fit.Right);
            }
        }

        return pairs;
    }

    /// <summary>In how many words they agree; null when one differs.</summary>
    private static int? Agreement(LoggedView a, LoggedView b)
    {
        int agreed = 0;
        foreach (
            (string one, string other) in new[]
            {
                (a.Incident, b.Incident),
                (a.Unit, b.Unit),
                (a.PatientRef, b.PatientRef),
            }
        )
        {
            if (one.Length == 0 || other.Length == 0)
            {
                continue;
            }

            if (!string.Equals(one, other, StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            agreed++;
        }

        return agreed;
    }
}
