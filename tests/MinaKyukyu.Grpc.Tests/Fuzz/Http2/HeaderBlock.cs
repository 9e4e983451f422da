using System.Text;

namespace MinaKyukyu.GrpcTests.Fuzz.Http2;

/// <summary>
/// HPACK (RFC 7541) without its memory: every header is written as it is, also those that no HTTP library would let through; read is
/// what a peer writes that was told to keep no table.
/// </summary>
internal static class HeaderBlock
{
    private static readonly (string Name, string Value)[] Static = StaticTable();

    public static byte[] Write(IEnumerable<(string Name, string Value)> headers)
    {
        var block = new List<byte>();
        foreach (var (name, value) in headers)
        {
            block.Add(0);
            WriteText(block, name);
            WriteText(block, value);
        }

        return [.. block];
    }

    public static IEnumerable<(string Name, string Value)> Read(byte[] block)
    {
        for (var at = 0; at < block.Length; )
        {
            var first = block[at];
            if (first >= 0x80)
            {
                yield return Static[ReadNumber(block, ref at, prefix: 7) - 1];
            }
            else if ((first & 0xE0) == 0x20)
            {
                ReadNumber(block, ref at, prefix: 5);
            }
            else
            {
                var index = ReadNumber(block, ref at, prefix: (first & 0x40) != 0 ? 6 : 4);
                var name = index == 0 ? ReadText(block, ref at) : Static[index - 1].Name;
                yield return (name, ReadText(block, ref at));
            }
        }
    }

    private static void WriteText(List<byte> block, string text)
    {
        WriteNumber(block, text.Length, prefix: 7);
        block.AddRange(Encoding.Latin1.GetBytes(text));
    }

    private static void WriteNumber(List<byte> block, int number, int prefix)
    {
        var most = (1 << prefix) - 1;
        if (number < most)
        {
            block.Add((byte)number);
            return;
        }

        block.Add((byte)most);
        for (number -= most; number >= 0x80; number >>= 7)
        {
            block.Add((byte)(number | 0x80));
        }

        block.Add((byte)number);
    }

    private static int ReadNumber(byte[] block, ref int at, int prefix)
    {
        var most = (1 << prefix) - 1;
        var number = block[at++] & most;
        if (number < most)
        {
            return number;
        }

        for (var shift = 0; ; shift += 7)
        {
            var next = block[at++];
            number += (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }
    }

    private static string ReadText(byte[] block, ref int at)
    {
        if (block[at] >= 0x80)
        {
            throw new NotSupportedException(
                "The peer writes Huffman codes, which this test does not read."
            );
        }

        var length = ReadNumber(block, ref at, prefix: 7);
        var text = Encoding.Latin1.GetString(block, at, length);
        at += length;
        return text;
    }

    /// <summary>RFC 7541, appendix A.</summary>
    private static (string Name, string Value)[] StaticTable() =>
        [
            .. (
                ":authority|:method=GET|:method=POST|:path=/|:path=/index.html|:scheme=http|:scheme=https|:status=200|"
                + ":status=204|:status=206|:status=304|:status=400|:status=404|:status=500|accept-charset|"
                + "accept-encoding=gzip, deflate|accept-language|accept-ranges|accept|access-control-allow-origin|age|allow|"
                + "authorization|cache-control|content-disposition|content-encoding|content-language|content-length|"
                + "content-location|content-range|content-type|cookie|date|etag|expect|expires|from|host|if-match|"
                + "if-modified-since|if-none-match|if-range|if-unmodified-since|last-modified|link|location|max-forwards|"
                + "proxy-authenticate|proxy-authorization|range|referer|refresh|retry-after|server|set-cookie|"
                + "strict-transport-security|transfer-encoding|user-agent|vary|via|www-authenticate"
            )
                .Split('|')
                .Select(entry => entry.Split('=', 2))
                .Select(parts => (parts[0], parts.Length > 1 ? parts[1] : string.Empty)),
        ];
}
