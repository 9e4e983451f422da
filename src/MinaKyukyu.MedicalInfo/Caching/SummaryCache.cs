using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.MedicalInfo.Sealing;
using MinaKyukyu.MedicalInfo.Summaries;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.MedicalInfo.Caching;

/// <summary>Two levels of cache for readings. Both see sealed bytes under HMAC names, never a word of medical text.</summary>
internal sealed class SummaryCache(
    FirstLevel first,
    SecondLevel? second,
    IncidentKeys keys,
    MedicalInfoOptions options,
    TimeProvider time,
    ILogger<SummaryCache> logger
)
{
    /// <returns>Null on a miss; a tampered, moved, outdated or expired entry is a miss.</returns>
    public async ValueTask<RecordReading?> FindAsync(
        IncidentId incident,
        PatientRef patient,
        RecordKind kind,
        CancellationToken cancellation
    )
    {
        IncidentKey? key = keys.FindOrMake(incident, patient);
        if (key?.NameOf(kind) is not { } name)
        {
            return null;
        }

        if (first.Find(name) is { } near && Open(key, incident, kind, near, level: 1) is { } nearby)
        {
            return nearby;
        }

        MedicalInfoTelemetry.CountLookup(1, "miss");
        if (second is null)
        {
            return null;
        }

        byte[]? far = await second.FindAsync(name, cancellation);
        if (far is null)
        {
            MedicalInfoTelemetry.CountLookup(2, "miss");
            return null;
        }

        RecordReading? reading = Open(key, incident, kind, far, level: 2);
        if (reading is not null)
        {
            first.Keep(name, far, Remaining(reading));
        }

        return reading;
    }

    /// <summary>Keeps an answer; does nothing when the incident was purged meanwhile.</summary>
    public async ValueTask KeepAsync(
        IncidentId incident,
        PatientRef patient,
        RecordReading reading,
        CancellationToken cancellation
    )
    {
        IncidentKey? key = keys.FindOrMake(incident, patient);
        if (key?.NameOf(reading.Kind) is not { } name)
        {
            return;
        }

        byte[] plain = ReadingCodec.Write(reading);
        byte[]? sealedEntry = key.Seal(reading.Kind, plain);
        CryptographicOperations.ZeroMemory(plain);
        if (sealedEntry is null)
        {
            return;
        }

        first.Keep(name, sealedEntry, options.KeptFor);
        if (second is not null)
        {
            await second.KeepAsync(name, sealedEntry, options.KeptFor, cancellation);
        }
    }

    /// <summary>Destroys the keys and then removes what they sealed, as far as the second level can be reached.</summary>
    public async ValueTask ForgetAsync(
        IncidentId incident,
        PatientRef? patient,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<IncidentKey> removed = keys.Remove(incident, patient);
        List<string> names = [];
        foreach (IncidentKey key in removed)
        {
            names.AddRange(Enum.GetValues<RecordKind>().Select(key.NameOf).OfType<string>());
            key.Dispose();
        }

        names.ForEach(first.Remove);
        MedicalInfoLog.Purged(logger, incident, removed.Count);
        if (second is not null)
        {
            await Task.WhenAll(
                names.Select(name => second.RemoveAsync(name, cancellation).AsTask())
            );
        }
    }

    private RecordReading? Open(
        IncidentKey key,
        IncidentId incident,
        RecordKind kind,
        byte[] sealedEntry,
        int level
    )
    {
        byte[]? plain = key.Open(kind, sealedEntry);
        RecordReading? reading = plain is null ? null : ReadingCodec.Read(kind, plain);
        if (plain is not null)
        {
            CryptographicOperations.ZeroMemory(plain);
        }

        if (reading is null)
        {
            MedicalInfoTelemetry.CountLookup(level, "broken_seal");
            MedicalInfoLog.SealBroken(logger, kind, incident);
            return null;
        }

        if (Remaining(reading) <= TimeSpan.Zero)
        {
            MedicalInfoTelemetry.CountLookup(level, "expired");
            return null;
        }

        MedicalInfoTelemetry.CountLookup(level, "hit");
        return reading;
    }

    /// <summary>What is left of an entry's life, by its own age and not by what a cache believes.</summary>
    private TimeSpan Remaining(RecordReading reading) =>
        options.KeptFor - time.GetElapsedTime(reading.ReceivedTimestamp);
}
