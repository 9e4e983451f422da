using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace MinaKyukyu.Server.Tests.Radio;

/// <summary>
/// A link between a tablet and a served house: carries TCP from a port of its own, counts every byte, and on demand is as slow, far
/// and lossy as a radio, or cut.
/// </summary>
internal sealed class RadioLink : IAsyncDisposable
{
    private readonly Uri _server;
    private readonly RadioWeather? _weather;
    private readonly TcpListener _door = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closed = new();
    private readonly ConcurrentDictionary<long, CancellationTokenSource> _open = new();
    private readonly ConcurrentBag<Task> _carrying = [];
    private readonly RadioWay _up;
    private readonly RadioWay _down;
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly Task _accepting;
    private long _connections;
    private volatile bool _isCut;

    /// <param name="weather">Null: nothing is slowed and nothing lost.</param>
    public RadioLink(Uri server, RadioWeather? weather = null)
    {
        _server = server;
        _weather = weather;
        _up = new RadioWay(weather, RadioWay.Up);
        _down = new RadioWay(weather, RadioWay.Down);
        _door.Start();
        Address = new UriBuilder(server) { Port = ((IPEndPoint)_door.LocalEndpoint).Port }.Uri;
        _accepting = AcceptAsync();
    }

    /// <summary>Where the tablet finds the server.</summary>
    public Uri Address { get; }

    public WireSpent Spent =>
        new(
            Interlocked.Read(ref _connections),
            _up.Bytes,
            _down.Bytes,
            _up.Segments,
            _down.Segments
        );

    /// <summary>Segments that were lost, both ways.</summary>
    public long Lost => _up.Lost + _down.Lost;

    private TimeSpan Now => TimeProvider.System.GetElapsedTime(_began);

    /// <summary>Every connection breaks, with all that is on its way, and no new one comes about.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (CancellationTokenSource connection in _open.Values)
        {
            connection.Cancel();
        }
    }

    public void Restore() => _isCut = false;

    /// <summary>Waits until nothing moves any more; for links without weather.</summary>
    public async Task QuietAsync()
    {
        WireSpent before;
        long began = TimeProvider.System.GetTimestamp();
        do
        {
            before = Spent;
            // Longer than what one side takes to answer the other on a busy machine.
            await Task.Delay(150);
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(10));
        } while (Spent != before);
    }

    /// <summary>Waits until it is so; half a minute at most.</summary>
    public async Task UntilAsync(Func<WireSpent, bool> isSo)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (!isSo(Spent))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(30));
            await Task.Delay(5);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _door.Stop();
        await _accepting;
        await Task.WhenAll(_carrying);
        _closed.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket tablet = await _door.AcceptSocketAsync(_closed.Token);
                if (_isCut)
                {
                    tablet.Close(timeout: 0);
                    continue;
                }

                _carrying.Add(CarryAsync(tablet, Interlocked.Increment(ref _connections)));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            // The link is closed.
        }
    }

    private async Task CarryAsync(Socket tablet, long number)
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token);
        _open[number] = broken;
        using Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
        };
        using (tablet)
        {
            tablet.NoDelay = true;
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _server.Port, broken.Token);
                // The handshake of TCP goes before all else.
                TimeSpan opened = _down.ArrivalOf(0, 0, _up.ArrivalOf(0, 0, Now));
                await Task.WhenAll(
                    CarryAsync(tablet, server, _up, opened, broken),
                    CarryAsync(server, tablet, _down, opened, broken)
                );
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException)
            {
                // Cut, or one side has gone; the other hears it by the reset below.
            }
            finally
            {
                _open.TryRemove(number, out _);
                tablet.Close(timeout: 0);
                server.Close(timeout: 0);
            }
        }
    }

    private async Task CarryAsync(
        Socket from,
        Socket to,
        RadioWay way,
        TimeSpan opened,
        CancellationTokenSource broken
    )
    {
        try
        {
            Channel<Segment> onTheWay = Channel.CreateUnbounded<Segment>();
            Task delivering = DeliverAsync(onTheWay.Reader, to, broken.Token);
            await SendAsync(from, onTheWay.Writer, way, opened, broken.Token);
            await delivering;
        }
        finally
        {
            // One direction that ended takes the other along: nobody here half-closes.
            await broken.CancelAsync();
        }
    }

    private async Task SendAsync(
        Socket from,
        ChannelWriter<Segment> onTheWay,
        RadioWay way,
        TimeSpan opened,
        CancellationToken stop
    )
    {
        byte[] read = new byte[64 * 1024];
        TimeSpan last = TimeSpan.Zero;
        while (await from.ReceiveAsync(read, stop) is var count and > 0)
        {
            TimeSpan now = Now > opened ? Now : opened;
            byte[][] segments = [.. read.AsSpan(0, count).ToArray().Chunk(WireSpent.SegmentBytes)];
            for (int i = 0; i < segments.Length; i++)
            {
                TimeSpan at = way.ArrivalOf(segments[i].Length, segments.Length - 1 - i, now);
                // A stream is read in its order: what comes behind a lost segment waits for it.
                last = at > last ? at : last;
                await onTheWay.WriteAsync(new Segment(segments[i], last), stop);
            }
        }

        onTheWay.Complete();
    }

    private async Task DeliverAsync(
        ChannelReader<Segment> onTheWay,
        Socket to,
        CancellationToken stop
    )
    {
        await foreach (Segment segment in onTheWay.ReadAllAsync(stop))
        {
            TimeSpan left = segment.ArrivesAt - Now;
            if (_weather is not null && left > TimeSpan.Zero)
            {
                await Task.Delay(left, stop);
            }

            await to.SendAsync(segment.Bytes, stop);
        }
    }

    private sealed record Segment(byte[] Bytes, TimeSpan ArrivesAt);
}
