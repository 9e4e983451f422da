using Grpc.Core;

namespace Grpc.Net.Wire;

/// <summary>Metadata as header text: bytes travel as base64, read with or without padding, several in one value by commas.</summary>
internal static class MetadataText
{
    public static string Encode(Metadata.Entry entry) =>
        entry.IsBinary ? Convert.ToBase64String(entry.BinarySpan).TrimEnd('=') : entry.Value;

    /// <summary>
    /// Adds one received header value, which for a binary key may hold several. What belongs to the protocol is passed over.
    /// </summary>
    /// <exception cref="RpcException">INTERNAL: the bytes are not base64.</exception>
    public static void AddReceived(Metadata metadata, string key, string value)
    {
        if (GrpcWords.IsReserved(key))
        {
            return;
        }

        if (!key.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
        {
            metadata.Add(Metadata.Entry.Received(key, value));
            return;
        }

        foreach (var range in value.AsSpan().Split(','))
        {
            metadata.Add(Metadata.Entry.Received(key, Decode(value.AsSpan(range).Trim())));
        }
    }

    private static byte[] Decode(ReadOnlySpan<char> text)
    {
        var bare = text.TrimEnd('=');
        var padded = string.Concat(bare, "===".AsSpan(0, (4 - (bare.Length % 4)) % 4));
        try
        {
            return Convert.FromBase64String(padded);
        }
        catch (FormatException)
        {
            throw new RpcException(
                new Status(StatusCode.Internal, "A binary header is not base64.")
            );
        }
    }
}
