using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Text;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Ports;

namespace MinaKyukyu.Authorization.Revocation;

/// <summary>The revocation lists at hand: read beforehand in the background, never while a crew waits. Safe to use from many threads.</summary>
public sealed class CrlBook(
    IReadOnlyList<ICrlSource> sources,
    TrustAnchors anchors,
    RevocationOptions options,
    TimeProvider time,
    ILogger<CrlBook> logger
)
{
    private const string PemLabel = "X509 CRL";

    private readonly Lock _gate = new();
    private ImmutableArray<Kept> _lists = [];

    /// <summary>Whether there is any source of lists.</summary>
    public bool IsConfigured => sources.Count > 0;

    /// <summary>How many lists are at hand, fresh or not.</summary>
    public int Count => _lists.Length;

    /// <summary>Fetches every source once; a source that fails leaves what is at hand.</summary>
    /// <returns>How many were taken over, or were the very ones at hand.</returns>
    public async Task<int> RefreshAsync(CancellationToken stop)
    {
        int taken = 0;
        foreach (ICrlSource source in sources)
        {
            using var limit = new CancellationTokenSource(options.ListFetchWithin, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
            try
            {
                if (await source.FetchAsync(either.Token) is not { } octets)
                {
                    RevocationLog.ListUnreachable(logger);
                }
                else if (Load(octets) is { } problem)
                {
                    RevocationLog.ListRefused(logger, problem);
                }
                else
                {
                    taken++;
                }
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                RevocationLog.ListUnreachable(logger);
            }
        }

        return taken;
    }

    /// <summary>Takes a list over, DER or PEM.</summary>
    /// <returns>Null when it is at hand now; else why it is not used.</returns>
    public CrlProblem? Load(ReadOnlyMemory<byte> octets)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (
            CertificateList.Read(
                Unwrap(octets),
                anchors.Authorities,
                now,
                options.FutureTolerance,
                out CrlProblem problem
            )
            is not { } list
        )
        {
            return problem;
        }

        Kept kept = new(list, now - list.ThisUpdate, time.GetTimestamp());
        if (IsOverdue(kept, now) || AgeOf(kept, now) > options.ListWithin)
        {
            return CrlProblem.Stale;
        }

        lock (_gate)
        {
            Kept? before = _lists.FirstOrDefault(k => IsSamePart(k.List, list));
            if (before?.List.ThisUpdate > list.ThisUpdate)
            {
                return CrlProblem.Older;
            }

            _lists = before is null
                ? _lists.Add(kept)
                : _lists.Replace(before, Later(before, kept));
            return null;
        }
    }

    /// <summary>What the lists say: whether one names the card; and else the newest that covers it.</summary>
    internal (bool? IsListed, CertificateList? By, TimeSpan? Age, bool IsOverdue) Find(
        StatusQuestion question
    )
    {
        DateTimeOffset now = time.GetUtcNow();
        Kept? best = null;
        foreach (Kept kept in _lists.Where(k => k.List.Issuer.Pin == question.Issuer.Pin))
        {
            if (kept.List.Names(question.Serial))
            {
                return (true, kept.List, AgeOf(kept, now), IsOverdue(kept, now));
            }

            if (
                kept.List.Covers(question)
                && (best is null || kept.List.ThisUpdate > best.List.ThisUpdate)
            )
            {
                best = kept;
            }
        }

        return best is null
            ? (null, null, null, false)
            : (false, best.List, AgeOf(best, now), IsOverdue(best, now));
    }

    /// <summary>Whether a usable list of this authority names a serial number; null: no usable whole list is at hand.</summary>
    internal bool? IsListed(IssuingAuthority authority, ReadOnlyMemory<byte> serial)
    {
        DateTimeOffset now = time.GetUtcNow();
        Kept[] ours = [.. _lists.Where(k => k.List.Issuer.Pin == authority.Pin)];
        return ours.Any(k => k.List.Names(serial.Span)) ? true
            : ours.Any(k =>
                k.List.Scope.IsEmpty && !IsOverdue(k, now) && AgeOf(k, now) <= options.ListWithin
            )
                ? false
            : null;
    }

    /// <summary>The same issue again keeps the clocks of its first coming.</summary>
    private static Kept Later(Kept before, Kept now) =>
        before.List.ThisUpdate == now.List.ThisUpdate
            ? now with
            {
                AgeThen = before.AgeThen,
                Timestamp = before.Timestamp,
            }
            : now;

    private static bool IsSamePart(CertificateList one, CertificateList other) =>
        one.Issuer.Pin == other.Issuer.Pin
        && one.Scope.Length == other.Scope.Length
        && one.Scope.Zip(other.Scope).All(p => p.First.AsSpan().SequenceEqual(p.Second));

    private TimeSpan AgeOf(Kept kept, DateTimeOffset now) =>
        Ages.Of(kept.List.ThisUpdate, kept.AgeThen, kept.Timestamp, now, time);

    private bool IsOverdue(Kept kept, DateTimeOffset now) =>
        kept.List.NextUpdate < now - options.PastTolerance;

    /// <summary>OpenSSL and web servers give PEM as well.</summary>
    private static ReadOnlyMemory<byte> Unwrap(ReadOnlyMemory<byte> octets)
    {
        if (octets.IsEmpty || octets.Span[0] == 0x30)
        {
            return octets;
        }

        string text = Encoding.ASCII.GetString(octets.Span);
        return
            System.Security.Cryptography.PemEncoding.TryFind(text, out var fields)
            && text.AsSpan(
                fields.Label.Start.Value,
                fields.Label.GetOffsetAndLength(text.Length).Length
            ) is PemLabel
            ? Convert.FromBase64String(text[fields.Base64Data])
            : octets;
    }

    private sealed record Kept(CertificateList List, TimeSpan AgeThen, long Timestamp);
}

/// <summary>How old something is by the slower of two clocks, so that setting the wall clock back makes nothing younger.</summary>
internal static class Ages
{
    /// <param name="then">Its age when it came.</param>
    /// <param name="timestamp">Monotonic, when it came.</param>
    public static TimeSpan Of(
        DateTimeOffset thisUpdate,
        TimeSpan then,
        long timestamp,
        DateTimeOffset now,
        TimeProvider time
    )
    {
        TimeSpan byWall = now - thisUpdate;
        TimeSpan bySteady = then + time.GetElapsedTime(timestamp);
        return byWall > bySteady ? byWall : bySteady;
    }
}
