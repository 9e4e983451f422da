using System.Net;
using System.Net.Sockets;
using MinaKyukyu.GrpcTests.Fuzz.Http2;

namespace MinaKyukyu.GrpcTests.Fuzz.Responses;

/// <summary>Speaks HTTP/2 frame by frame and answers every request with what it was told last, whatever was asked.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private const int PrefaceLength = 24;
    private const uint RefusedStream = 7;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _accepting;
    private readonly List<byte> _heard = [];
    private int _hearing;
    private int _toRefuse;

    public ScriptedServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    public ResponseDraft Script
    {
        get;
        set
        {
            field = value;
            _toRefuse = value.Refuses;
        }
    } = ResponseGenerator.Plain([]);

    /// <summary>Messages and their frames of the request that was answered last.</summary>
    public IReadOnlyList<byte> Heard => _heard;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_ended.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(TcpClient socket)
    {
        using var own = socket;
        socket.NoDelay = true;
        var stream = socket.GetStream();
        try
        {
            await stream.ReadExactlyAsync(new byte[PrefaceLength], _ended.Token);
            await stream.WriteAsync(Http2Frame.Greeting, _ended.Token);
            while (await Http2Frame.ReadAsync(stream, _ended.Token) is { } frame)
            {
                if (!await TakeAsync(stream, frame))
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client is gone, or the test is over.
        }
    }

    /// <returns>False when the connection is to be closed.</returns>
    private async Task<bool> TakeAsync(NetworkStream stream, Http2Frame frame)
    {
        var script = Script;
        Hear(frame);
        switch (frame.Type)
        {
            case FrameType.Settings or FrameType.Ping when (frame.Flags & Http2Frame.Ack) == 0:
                var payload = frame.Type == FrameType.Ping ? frame.Payload : [];
                await WriteAsync(
                    stream,
                    [frame with { Flags = Http2Frame.Ack, Payload = payload }]
                );
                return true;
            case FrameType.Headers when _toRefuse > 0:
                _toRefuse--;
                await WriteAsync(stream, [Http2Frame.Reset(frame.Stream, RefusedStream)]);
                return true;
            case FrameType.Headers when !script.IsPatient || frame.EndsStream:
            case FrameType.Data when script.IsPatient && frame.EndsStream:
                await WriteAsync(stream, Frames(script, frame.Stream));
                return script.End is not (ResponseEnd.Disconnect or ResponseEnd.GoAway);
            default:
                return true;
        }
    }

    private void Hear(Http2Frame frame)
    {
        if (frame.Type == FrameType.Headers)
        {
            _hearing = frame.Stream;
            _heard.Clear();
        }
        else if (frame.Type == FrameType.Data && frame.Stream == _hearing)
        {
            _heard.AddRange(frame.Payload);
        }
    }

    private async Task WriteAsync(NetworkStream stream, IEnumerable<Http2Frame> frames)
    {
        foreach (var some in frames.Chunk(64))
        {
            await stream.WriteAsync(some.SelectMany(f => f.ToArray()).ToArray(), _ended.Token);
        }
    }

    private static IEnumerable<Http2Frame> Frames(ResponseDraft script, int stream)
    {
        if (script.WarnsFirst)
        {
            yield return Http2Frame.GoAway(int.MaxValue, code: 0);
        }

        var isOrderly = script.End is ResponseEnd.Trailers or ResponseEnd.Wordless;
        var parts = script.Speech.Parts;
        if (script.End == ResponseEnd.TrailersOnly)
        {
            foreach (
                var frame in Http2Frame.Headers(
                    stream,
                    script.Speech.Headers.Concat(script.Trailers),
                    ends: true
                )
            )
            {
                yield return frame;
            }

            yield break;
        }

        if (isOrderly || script.EndsBehind >= 0)
        {
            var isAll = script.End == ResponseEnd.Wordless && parts.Count == 0;
            foreach (var frame in Http2Frame.Headers(stream, script.Speech.Headers, isAll))
            {
                yield return frame;
            }
        }

        for (var i = 0; i < (isOrderly ? parts.Count : script.EndsBehind); i++)
        {
            var isLast = script.End == ResponseEnd.Wordless && i == parts.Count - 1;
            foreach (var frame in Http2Frame.Data(stream, parts[i], isLast))
            {
                yield return frame;
            }
        }

        switch (script.End)
        {
            case ResponseEnd.Trailers:
                foreach (var frame in Http2Frame.Headers(stream, script.Trailers, ends: true))
                {
                    yield return frame;
                }

                break;
            case ResponseEnd.Reset:
                yield return Http2Frame.Reset(stream, script.Code);
                break;
            case ResponseEnd.GoAway:
                yield return Http2Frame.GoAway(script.Code % 2 == 0 ? 0 : stream, script.Code);
                break;
        }
    }
}
