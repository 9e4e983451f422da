using System.Globalization;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.TestKit;

/// <summary>Ids that count from 1, in an order that is also their order as text. Safe to call from many threads.</summary>
/// <param name="prefix">Such as <c>r-</c>; letters, digits, '-', '_', '.' or ':'.</param>
public sealed class SequentialIds(string prefix = "id-") : IIdSource
{
    private long last;

    public string Next() =>
        prefix + Interlocked.Increment(ref last).ToString("D12", CultureInfo.InvariantCulture);
}
