using System.Buffers.Binary;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Journal.Commits;

/// <summary>
/// Whether a repeat may come too late: answers are purged after <see cref="JournalOptions.RequestRetention"/>, and a command whose
/// answer may be gone must not be executed again. It is refused with the word "read the state again".
/// </summary>
public static class RequestWindow
{
    private const int Version7 = 7;

    /// <summary>True when the id says of itself that it was minted before the window.</summary>
    /// <remarks>
    /// Only a UUID of version 7 tells its moment; any other id is never past. The moment is the sender's clock, so a sender whose
    /// clock runs ahead must be told so when it signs on.
    /// </remarks>
    public static bool IsPast(RequestId request, DateTimeOffset now, TimeSpan retention) =>
        MintedAt(request) is { } minted && minted < now - retention;

    /// <summary>When the id was minted; null when it does not say.</summary>
    public static DateTimeOffset? MintedAt(RequestId request)
    {
        if (!Guid.TryParseExact(request.Value, "D", out Guid uuid) || uuid.Version != Version7)
        {
            return null;
        }

        // RFC 9562 §5.7: the first 48 bits are milliseconds since 1970.
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        long milliseconds = (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);
        return milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
    }
}
