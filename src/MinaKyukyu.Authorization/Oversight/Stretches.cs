namespace MinaKyukyu.Authorization.Oversight;

/// <summary>Finds stretches of time in which much gathers. Each item enters and leaves the window once, however long the history.</summary>
public static class Stretches
{
    /// <summary>
    /// Stretches of time, no longer than the window where they begin, in which the items differ at least so many times in each
    /// respect; stretches that touch are one, so that one long burst is one question.
    /// </summary>
    /// <param name="different">By what items are told apart, such as the patient.</param>
    public static IEnumerable<List<T>> Find<T>(
        IEnumerable<T> all,
        Func<T, DateTimeOffset> at,
        TimeSpan window,
        int atLeast,
        params Func<T, string>[] different
    )
    {
        T[] sorted = [.. all.OrderBy(at)];
        Tally<T>[] tallies = [.. different.Select(d => new Tally<T>(d))];
        int from = 0;
        int begun = -1;
        int end = -1;
        for (int i = 0; i < sorted.Length; i++)
        {
            foreach (Tally<T> tally in tallies)
            {
                tally.Add(sorted[i]);
            }

            for (; at(sorted[i]) - at(sorted[from]) > window; from++)
            {
                foreach (Tally<T> tally in tallies)
                {
                    tally.Remove(sorted[from]);
                }
            }

            if (tallies.Any(t => t.Different < atLeast))
            {
                continue;
            }

            if (begun >= 0 && from > end)
            {
                yield return [.. sorted[begun..(end + 1)]];
                begun = -1;
            }

            begun = begun < 0 ? from : begun;
            end = i;
        }

        if (begun >= 0)
        {
            yield return [.. sorted[begun..(end + 1)]];
        }
    }

    /// <summary>How many different ones are in the window.</summary>
    private sealed class Tally<T>(Func<T, string> keyOf)
    {
        private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

        public int Different => _counts.Count;

        public void Add(T item)
        {
            string key = keyOf(item);
            _counts[key] = _counts.GetValueOrDefault(key) + 1;
        }

        public void Remove(T item)
        {
            string key = keyOf(item);
            if (--_counts[key] == 0)
            {
                _counts.Remove(key);
            }
        }
    }
}
