using System.Runtime.CompilerServices;

namespace MinaKyukyu.Journal.Reading;

/// <summary>Long reads, page by page: one long read transaction would keep the write-ahead log from shrinking.</summary>
internal static class Pages
{
    /// <param name="read">The next page after a place; an empty one is the end.</param>
    /// <param name="placeOf">Where an item stands, so that the next page begins after it.</param>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        long after,
        Func<long, CancellationToken, ValueTask<IReadOnlyList<T>>> read,
        Func<T, long> placeOf,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        IReadOnlyList<T> page;
        do
        {
            page = await read(after, stop);
            foreach (T item in page)
            {
                yield return item;
                after = placeOf(item);
            }
        } while (page.Count > 0);
    }
}
