using System.Net;
using System.Net.Sockets;
using MinaKyukyu.GrpcTests.Fuzz.Http2;

namespace MinaKyukyu.GrpcTests.Fuzz.Requests;

/// <summary>A connection that sends what it is told to, and forgives nothing in the answer. One exchange at a time.</summary>
internal sealed class Http2Client : IDisposable
{
    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    /// <summary>Half of the window that the server opens for a connection; beyond it a new connection is made instead of counting.</summary>
    private const int MostData = 512 * 1024;

    private readonly TcpClient _socket;
    private readonly NetworkStream _stream;
    private int _nextStream = 1;
    private int _sent;

    private Http2Client(TcpClient socket)
    {
        _socket = socket;
        _stream = socket.GetStream();
    }

    /// <summary>Whether another exchange may begin here.</summary>
    public bool IsOpen { get; private set; } = true;

    public static async Task<Http2Client> ConnectAsync(
        int port,
        CancellationToken cancellationToken
    )
    {
        var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        var client = new Http2Client(socket);
        byte[] greeting = [.. Preface, .. Http2Frame.Greeting];
        await client._stream.WriteAsync(greeting, cancellationToken);
        return client;
    }

    public async Task<Answer> ExchangeAsync(RequestDraft draft, CancellationToken cancellationToken)
    {
        var stream = _nextStream;
        _nextStream += 2;
        var answer = new Answer();
        try
        {
            await SendAsync(draft, stream, cancellationToken);
            if (draft.End == RequestEnd.Disconnect)
            {
                IsOpen = false;
                _socket.Close();
                return answer;
            }

            await ReceiveAsync(stream, answer, draft.End == RequestEnd.Reset, cancellationToken);
        }
        catch (IOException)
        {
            // The server has given the connection up while this side still spoke.
            IsOpen = false;
        }

        IsOpen &= _sent < MostData;
        return answer;
    }

    public void Dispose() => _socket.Dispose();

    private async Task SendAsync(
        RequestDraft draft,
        int stream,
        CancellationToken cancellationToken
    )
    {
        var endsWithParts = draft.End == RequestEnd.Whole;
        var frames = Http2Frame
            .Headers(stream, draft.Headers, ends: endsWithParts && draft.Parts.Count == 0)
            .Concat(
                draft.Parts.SelectMany(
                    (part, i) =>
                        Http2Frame.Data(stream, part, endsWithParts && i == draft.Parts.Count - 1)
                )
            );
        frames = draft.End switch
        {
            RequestEnd.Trailers => frames.Concat(
                Http2Frame.Headers(stream, [("patient-card", Canaries.CardNumber)], ends: true)
            ),
            RequestEnd.Reset => frames.Append(Http2Frame.Reset(stream, draft.ResetCode)),
            _ => frames,
        };

        // In some writes, so that the server sees pieces now and then.
        foreach (var some in frames.Chunk(64))
        {
            await _stream.WriteAsync(
                some.SelectMany(f => f.ToArray()).ToArray(),
                cancellationToken
            );
        }

        _sent += draft.Parts.Sum(p => p.Length);
    }

    private async Task ReceiveAsync(
        int stream,
        Answer answer,
        bool isTakenBack,
        CancellationToken cancellationToken
    )
    {
        if (isTakenBack)
        {
            // No answer need come to a stream that was taken back; the answer to a ping says that the server has seen it.
            await _stream.WriteAsync(
                new Http2Frame(FrameType.Ping, 0, 0, new byte[8]).ToArray(),
                cancellationToken
            );
        }

        var block = new List<byte>();
        var ends = false;
        while (await Http2Frame.ReadAsync(_stream, cancellationToken) is { } frame)
        {
            switch (frame.Type)
            {
                case FrameType.Settings or FrameType.Ping when (frame.Flags & Http2Frame.Ack) == 0:
                    await _stream.WriteAsync(
                        (
                            frame with
                            {
                                Flags = Http2Frame.Ack,
                                Payload = frame.Type == FrameType.Ping ? frame.Payload : [],
                            }
                        ).ToArray(),
                        cancellationToken
                    );
                    break;
                case FrameType.Ping when isTakenBack:
                    answer.End = AnswerEnd.Reset;
                    return;
                case FrameType.GoAway:
                    IsOpen = false;
                    (answer.End, answer.Code) = (AnswerEnd.GoAway, CodeAt(frame.Payload, 4));
                    break;
                case FrameType.ResetStream when frame.Stream == stream && !isTakenBack:
                    (answer.End, answer.Code) = (AnswerEnd.Reset, CodeAt(frame.Payload, 0));
                    return;
                case FrameType.Data when frame.Stream == stream:
                    answer.Body.AddRange(frame.Payload);
                    ends = frame.EndsStream;
                    break;
                case FrameType.Headers or FrameType.Continuation when frame.Stream == stream:
                    block.AddRange(frame.Payload);
                    ends |= frame.EndsStream;
                    if ((frame.Flags & Http2Frame.EndHeaders) != 0)
                    {
                        answer.Headers.AddRange(HeaderBlock.Read([.. block]));
                        block.Clear();
                    }

                    break;
            }

            if (ends && block.Count == 0 && !isTakenBack)
            {
                answer.End = AnswerEnd.Whole;
                return;
            }
        }

        IsOpen = false;
    }

    private static uint CodeAt(byte[] payload, int at) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(at));
}
