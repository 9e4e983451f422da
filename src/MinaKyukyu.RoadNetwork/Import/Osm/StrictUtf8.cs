using System.Text;

namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>Text of a file; bytes that are not UTF-8 are damage and never become question marks in street names.</summary>
internal static class StrictUtf8
{
    private static readonly UTF8Encoding Encoding = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <exception cref="InvalidDataException">The bytes are not UTF-8.</exception>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Encoding.GetString(bytes);
        }
        catch (DecoderFallbackException damage)
        {
            throw new InvalidDataException("a text is not UTF-8", damage);
        }
    }
}
