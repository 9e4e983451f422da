using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MinaKyukyu.GrpcTests.Fuzz.Requests;

/// <summary>One exchange over HTTP/1.1, on a connection of its own.</summary>
internal static class Http1Client
{
    public static async Task<Answer> ExchangeAsync(
        int port,
        RequestDraft draft,
        CancellationToken cancellationToken
    )
    {
        using var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        var stream = socket.GetStream();
        using var received = new MemoryStream();
        try
        {
            await stream.WriteAsync(Render(draft), cancellationToken);
            if (draft.End is RequestEnd.Reset)
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                return new Answer();
            }

            if (draft.End is RequestEnd.Disconnect)
            {
                return new Answer();
            }

            if (IsMorePromised(draft))
            {
                // Nothing follows, and the server is told so: it would rightly wait.
                socket.Client.Shutdown(SocketShutdown.Send);
            }

            await stream.CopyToAsync(received, cancellationToken);
        }
        catch (IOException)
        {
            // The server has closed on us; what came before counts.
        }

        return Read(received.ToArray());
    }

    private static bool IsMorePromised(RequestDraft draft) =>
        draft.Header("content-length") is { } promised
        && (
            !int.TryParse(promised, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length > draft.Body.Length
        );

    private static byte[] Render(RequestDraft draft)
    {
        var head = new StringBuilder();
        head.Append(
            CultureInfo.InvariantCulture,
            $"{draft.Header(":method")} {draft.Header(":path")} HTTP/1.1\r\n"
        );
        head.Append(
            CultureInfo.InvariantCulture,
            $"host: {draft.Header(":authority")}\r\nconnection: close\r\n"
        );
        foreach (var (name, value) in draft.Headers.Where(h => !h.Name.StartsWith(':')))
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        var isChunked = draft.Parts.Count != 1 && draft.Header("content-length") is null;
        if (!isChunked)
        {
            var length = draft.Body.Length;
            head.Append(
                CultureInfo.InvariantCulture,
                $"{(draft.Header("content-length") is null ? $"content-length: {length}\r\n" : "")}\r\n"
            );
            return [.. Encoding.Latin1.GetBytes(head.ToString()), .. draft.Body];
        }

        head.Append("transfer-encoding: chunked\r\n\r\n");
        var bytes = new List<byte>(Encoding.Latin1.GetBytes(head.ToString()));
        foreach (var part in draft.Parts.Where(p => p.Length > 0))
        {
            bytes.AddRange(
                Encoding.ASCII.GetBytes(
                    string.Create(CultureInfo.InvariantCulture, $"{part.Length:x}\r\n")
                )
            );
            bytes.AddRange(part);
            bytes.AddRange("\r\n"u8);
        }

        bytes.AddRange(draft.BreaksChunks ? "zz\r\n\r\n"u8 : "0\r\n\r\n"u8);
        return [.. bytes];
    }

    private static Answer Read(byte[] received)
    {
        var answer = new Answer();
        var end = received.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return answer;
        }

        var lines = Encoding.Latin1.GetString(received, 0, end).Split("\r\n");
        answer.Headers.Add((":status", lines[0].Split(' ').ElementAtOrDefault(1) ?? ""));
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            answer.Headers.Add((line[..colon], line[(colon + 1)..].Trim()));
        }

        var body = received[(end + 4)..];
        var isChunked = answer.Header("transfer-encoding") == "chunked";
        answer.Body.AddRange(isChunked ? Unchunked(body) : body);
        answer.End =
            !isChunked || body.AsSpan().EndsWith("0\r\n\r\n"u8)
                ? AnswerEnd.Whole
                : AnswerEnd.Closed;
        return answer;
    }

    private static IEnumerable<byte> Unchunked(byte[] body)
    {
        for (var at = 0; at < body.Length; )
        {
            var line = body.AsSpan(at).IndexOf("\r\n"u8);
            if (
                line < 0
                || !int.TryParse(
                    Encoding.ASCII.GetString(body, at, line),
                    NumberStyles.HexNumber,
                    CultureInfo.InvariantCulture,
                    out var length
                )
            )
            {
                yield break;
            }

            at += line + 2;
            foreach (var one in body.Skip(at).Take(length))
            {
                yield return one;
            }

            at += length + 2;
        }
    }
}
