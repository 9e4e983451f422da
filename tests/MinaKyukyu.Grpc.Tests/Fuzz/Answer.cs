using System.Globalization;
using System.Text;
using Grpc.Core;

namespace MinaKyukyu.GrpcTests.Fuzz;

/// <summary>How an answer came to its end.</summary>
internal enum AnswerEnd
{
    /// <summary>As HTTP ends an answer.</summary>
    Whole,

    /// <summary>The stream was taken back.</summary>
    Reset,

    /// <summary>The connection was given up, with a reason.</summary>
    GoAway,

    /// <summary>The connection was closed, without one.</summary>
    Closed,
}

/// <summary>What came back, as it stood on the wire.</summary>
internal sealed class Answer
{
    public AnswerEnd End { get; set; } = AnswerEnd.Closed;

    /// <summary>With <see cref="AnswerEnd.Reset"/> and <see cref="AnswerEnd.GoAway"/>: HTTP/2's error code.</summary>
    public uint Code { get; set; }

    /// <summary>Headers and, behind them, trailers.</summary>
    public List<(string Name, string Value)> Headers { get; } = [];

    public List<byte> Body { get; } = [];

    public int? HttpStatus =>
        int.TryParse(
            Header(":status"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var status
        )
            ? status
            : null;

    public bool IsGrpc =>
        Header("content-type")?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase)
        == true;

    /// <summary>Of headers, trailers or gRPC-Web's last frame; <see langword="null"/> for none.</summary>
    public string? StatusText => Header("grpc-status") ?? WebTrailer("grpc-status");

    public StatusCode? Status =>
        int.TryParse(StatusText, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
        && code <= 16
            ? (StatusCode)code
            : null;

    /// <summary>All that is not a message: names, values, gRPC-Web's trailers.</summary>
    public string Words =>
        string.Join('\n', Headers.Select(h => $"{h.Name}: {h.Value}").Append(WebTrailers()));

    /// <summary>The payloads of the messages.</summary>
    public IReadOnlyList<byte[]> Messages =>
        [.. Frames().Where(f => f.Flag == 0).Select(f => f.Payload)];

    public string? Header(string name) =>
        Headers.FirstOrDefault(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public override string ToString() =>
        $"{End} {Code}, HTTP {HttpStatus}, gRPC {StatusText ?? "-"} {Uri.UnescapeDataString(Header("grpc-message") ?? WebTrailer("grpc-message") ?? "")}";

    private string WebTrailers() =>
        string.Concat(
            Frames().Where(f => f.Flag == 0x80).Select(f => Encoding.Latin1.GetString(f.Payload))
        );

    private string? WebTrailer(string name) =>
        WebTrailers()
            .Split("\r\n")
            .Select(line => line.Split(": ", 2))
            .FirstOrDefault(parts => parts[0] == name)
            ?[1];

    private IEnumerable<(byte Flag, byte[] Payload)> Frames()
    {
        var body = Body.ToArray();
        for (var at = 0; at + 5 <= body.Length; )
        {
            var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(
                body.AsSpan(at + 1)
            );
            if (length < 0 || length > body.Length - at - 5)
            {
                yield break;
            }

            yield return (body[at], body[(at + 5)..(at + 5 + length)]);
            at += 5 + length;
        }
    }
}
