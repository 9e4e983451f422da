using System.Collections.Immutable;

namespace MinaKyukyu.Forecasting.Features;

/// <summary>
/// A value for each group, and for each larger group that it lies in: who is not in it with enough rows takes the value of the
/// next larger one, in the end of all. Immutable.
/// </summary>
internal sealed class GroupTable<T>
{
    private readonly Dictionary<ulong, T> _values;

    public GroupTable(int depth, IReadOnlyDictionary<ulong, T> values)
    {
        Depth = depth;
        _values = new Dictionary<ulong, T>(values);
        All = _values[GroupKey.Of([], 0)];
    }

    /// <summary>Columns that make a group.</summary>
    public int Depth { get; }

    public T All { get; }

    /// <summary>In the order of their keys, for a file that is the same every time.</summary>
    public IEnumerable<KeyValuePair<ulong, T>> Values => _values.OrderBy(v => v.Key);

    /// <param name="leastRows">Fewer rows do not make a group; all rows together always do.</param>
    /// <param name="groups">Codes of a row, by column.</param>
    public static GroupTable<T> Of(
        ImmutableArray<int[]> groups,
        int rows,
        int leastRows,
        Func<List<int>, T> valueOf
    )
    {
        if (groups.Length > GroupKey.MostColumns)
        {
            throw new ArgumentException("at most four columns make a group", nameof(groups));
        }

        var values = new Dictionary<ulong, T>();
        Span<int> codes = stackalloc int[groups.Length];
        for (int depth = 0; depth <= groups.Length; depth++)
        {
            var members = new Dictionary<ulong, List<int>>();
            for (int row = 0; row < rows; row++)
            {
                for (int c = 0; c < depth; c++)
                {
                    codes[c] = groups[c][row];
                }

                ulong key = GroupKey.Of(codes, depth);
                if (!members.TryGetValue(key, out List<int>? list))
                {
                    members.Add(key, list = []);
                }

                list.Add(row);
            }

            if (depth == 0 && members.Count == 0)
            {
                members.Add(GroupKey.Of([], 0), []);
            }

            foreach ((ulong key, List<int> list) in members)
            {
                if (depth == 0 || list.Count >= leastRows)
                {
                    values.Add(key, valueOf(list));
                }
            }
        }

        return new GroupTable<T>(groups.Length, values);
    }

    public T Find(ReadOnlySpan<int> codes)
    {
        for (int depth = Depth; depth > 0; depth--)
        {
            if (_values.TryGetValue(GroupKey.Of(codes, depth), out T? value))
            {
                return value;
            }
        }

        return All;
    }
}
