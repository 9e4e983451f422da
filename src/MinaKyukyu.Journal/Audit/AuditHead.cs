using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Journal.Audit;

/// <summary>A signed statement of where a department's audit chain ended at a moment; kept where the rows are not.</summary>
/// <param name="At">When it was signed, in whole microseconds.</param>
/// <param name="KeyId">First 16 hexadecimal digits of SHA-256 of the public key.</param>
/// <param name="Signature">ECDSA P-256 with SHA-256, r ‖ s in 64 bytes.</param>
public sealed record AuditHead(
    DepartmentId Department,
    long Sequence,
    ReadOnlyMemory<byte> Hash,
    DateTimeOffset At,
    string KeyId,
    ReadOnlyMemory<byte> Signature
)
{
    private const string MomentFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>One JSON object in UTF-8, ended by a new line.</summary>
    public byte[] ToJson()
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("department", Department.Value);
            json.WriteNumber("sequence", Sequence);
            json.WriteString("hash", Convert.ToHexStringLower(Hash.Span));
            json.WriteString(
                "at",
                At.UtcDateTime.ToString(MomentFormat, CultureInfo.InvariantCulture)
            );
            json.WriteString("key_id", KeyId);
            json.WriteBase64String("signature", Signature.Span);
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote; null when it is not that.</summary>
    public static AuditHead? TryRead(ReadOnlyMemory<byte> utf8Json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8Json);
            JsonElement json = document.RootElement;
            return new AuditHead(
                new DepartmentId(json.GetProperty("department").GetString() ?? ""),
                json.GetProperty("sequence").GetInt64(),
                Convert.FromHexString(json.GetProperty("hash").GetString() ?? ""),
                DateTimeOffset.ParseExact(
                    json.GetProperty("at").GetString() ?? "",
                    MomentFormat,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal
                ),
                json.GetProperty("key_id").GetString() ?? "",
                json.GetProperty("signature").GetBytesFromBase64()
            );
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or FormatException
                        or ArgumentException
                        or InvalidOperationException
                        or KeyNotFoundException
            )
        {
            return null;
        }
    }
}
