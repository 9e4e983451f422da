using System.Net;
using System.Net.Sockets;
using MinaKyukyu.Tablet.Tests.Cards;
using MinaKyukyu.Tablet.VirtualCards;

namespace MinaKyukyu.Tablet.Tests.VirtualCards;

public sealed class VpcdWireTests
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    [Fact]
    public async Task Tells_its_answer_to_reset_obeys_the_power_and_answers_commands()
    {
        using var test = new TestCard();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var where = new TaskCompletionSource<IPEndPoint>();
        Task card = VpcdWire.ListenAsync(AnyPort, test.Watched, where.SetResult, stop.Token);
        using (var reader = new TcpClient())
        {
            await reader.ConnectAsync(await where.Task, stop.Token);
            NetworkStream wire = reader.GetStream();
            Assert.Equal("3BE000FF8131FE4514", await AskAsync(wire, "04", stop.Token));
            await SayAsync(wire, "01", stop.Token);
            Assert.Equal(
                "9000",
                await AskAsync(wire, "00A4040C0AD392F000260100000001", stop.Token)
            );
            await SayAsync(wire, "02", stop.Token);
            Assert.Equal("6A82", await AskAsync(wire, "00A4020C020006", stop.Token));
            await SayAsync(wire, "00", stop.Token);
            Assert.Equal("6F00", await AskAsync(wire, "00A4020C020006", stop.Token));
        }

        await Eventually.TrueAsync(
            () => test.Watched.Power.SequenceEqual(["on", "reset", "off", "off"]),
            "a reader that hangs up leaves the card without power"
        );
        await stop.CancelAsync();
        await card;
    }

    [Fact]
    public async Task Speaks_over_the_loopback_only()
    {
        using var test = new TestCard();
        var outside = new IPEndPoint(IPAddress.Any, 35963);

        await Assert.ThrowsAsync<ArgumentException>(() =>
            VpcdWire.ListenAsync(outside, test.Watched, _ => { }, CancellationToken.None)
        );
        await Assert.ThrowsAsync<ArgumentException>(() =>
            VpcdWire.ConnectAsync(
                new IPEndPoint(new IPAddress([192, 0, 2, 1]), 35963),
                test.Watched,
                CancellationToken.None
            )
        );
    }

    private static async Task SayAsync(NetworkStream wire, string message, CancellationToken stop)
    {
        byte[] body = Convert.FromHexString(message);
        await wire.WriteAsync((byte[])[0, (byte)body.Length, .. body], stop);
    }

    private static async Task<string> AskAsync(
        NetworkStream wire,
        string message,
        CancellationToken stop
    )
    {
        await SayAsync(wire, message, stop);
        byte[] length = new byte[2];
        await wire.ReadExactlyAsync(length, stop);
        byte[] answer = new byte[(length[0] << 8) | length[1]];
        await wire.ReadExactlyAsync(answer, stop);
        return Convert.ToHexString(answer);
    }
}
