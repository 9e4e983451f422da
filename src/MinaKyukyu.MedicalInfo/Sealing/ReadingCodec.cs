using System.Text.Json;
using System.Text.Json.Serialization;
using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.MedicalInfo.Summaries;

namespace MinaKyukyu.MedicalInfo.Sealing;

/// <summary>Turns a reading into bytes and back; what the bytes mean changes only together with the schema version.</summary>
internal static class ReadingCodec
{
    /// <summary>Part of every seal: an entry of another version does not open.</summary>
    public const int SchemaVersion = 1;

    /// <param name="reading">Must be answered: only an answer is worth keeping.</param>
    public static byte[] Write(RecordReading reading)
    {
        bool isFound = reading.Answer is SourceAnswer.Found;
        KeptReading kept = reading.Answer switch
        {
            SourceAnswer.Found found => new(
                reading.ReceivedAt,
                reading.ReceivedTimestamp,
                isFound,
                found.Rows,
                found.IsWhole,
                found.IsSimulated
            ),
            SourceAnswer.Nothing nothing => new(
                reading.ReceivedAt,
                reading.ReceivedTimestamp,
                isFound,
                [],
                IsWhole: true,
                nothing.IsSimulated
            ),
            _ => throw new ArgumentException("Only an answer is kept.", nameof(reading)),
        };
        return JsonSerializer.SerializeToUtf8Bytes(kept, KeptReadingJson.Default.KeptReading);
    }

    /// <returns>Null when the bytes are not of this schema.</returns>
    public static RecordReading? Read(RecordKind kind, ReadOnlySpan<byte> bytes)
    {
        try
        {
            KeptReading? kept = JsonSerializer.Deserialize(
                bytes,
                KeptReadingJson.Default.KeptReading
            );
            return kept is null
                ? null
                : new RecordReading(
                    kind,
                    kept.IsFound
                        ? new SourceAnswer.Found(kept.Rows, kept.IsWhole, kept.IsSimulated)
                        : new SourceAnswer.Nothing(kept.IsSimulated),
                    kept.ReceivedAt,
                    kept.ReceivedTimestamp
                );
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The schema of a cached reading.</summary>
internal sealed record KeptReading(
    DateTimeOffset ReceivedAt,
    long ReceivedTimestamp,
    bool IsFound,
    IReadOnlyList<SourceRow> Rows,
    bool IsWhole,
    bool IsSimulated
);

[JsonSerializable(typeof(KeptReading))]
internal sealed partial class KeptReadingJson : JsonSerializerContext;
