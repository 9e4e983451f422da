namespace MinaKyukyu.Forecasting.Evaluation;

/// <summary>What may be shown group by group where the figures leave the department: nothing that rests on a few runs.</summary>
internal static class SmallGroups
{
    /// <summary>No figure rests on fewer runs: the usual least cell of published health tables.</summary>
    public const int LeastRuns = 10;

    /// <summary>Fewer runs make no group of their own: an error of less says more about chance than about the group.</summary>
    public const int LeastOwnRuns = 30;

    /// <summary>More bars than this nobody reads.</summary>
    public const int MostGroups = 12;

    /// <summary>
    /// The largest groups, largest first, and all others together. What stands together is never fewer than <see cref="LeastRuns"/>
    /// either, or it could be told from the total: then the smallest of the others goes in as well.
    /// </summary>
    /// <param name="groups">Places of the runs by group.</param>
    /// <returns>Nothing at all where all groups together are too few.</returns>
    public static (List<TGroup> Own, List<int> Together) Split<TGroup>(
        IEnumerable<TGroup> groups,
        Func<TGroup, List<int>> runsOf
    )
    {
        TGroup[] all = [.. groups.OrderByDescending(group => runsOf(group).Count)];
        List<TGroup> own =
        [
            .. all.Take(MostGroups).Where(group => runsOf(group).Count >= LeastOwnRuns),
        ];
        List<int> together = [.. all.Skip(own.Count).SelectMany(runsOf)];
        while (together.Count is > 0 and < LeastRuns && own.Count > 0)
        {
            together.AddRange(runsOf(own[^1]));
            own.RemoveAt(own.Count - 1);
        }

        return together.Count is > 0 and < LeastRuns ? ([], []) : (own, together);
    }

    /// <summary>Puts neighbours together until each holds <see cref="LeastRuns"/>; what is left at the end joins those before.</summary>
    /// <returns>First and last of each, both included; nothing where all together are too few.</returns>
    public static List<(int First, int Last)> Neighbours(IReadOnlyList<int> runs)
    {
        var ranges = new List<(int First, int Last)>();
        int first = 0;
        int held = 0;
        for (int i = 0; i < runs.Count; i++)
        {
            held += runs[i];
            if (held >= LeastRuns)
            {
                ranges.Add((first, i));
                first = i + 1;
                held = 0;
            }
        }

        if (first < runs.Count && ranges.Count > 0)
        {
            ranges[^1] = (ranges[^1].First, runs.Count - 1);
        }

        return ranges;
    }
}
