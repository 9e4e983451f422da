using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MinaKyukyu.EndToEnd.Tests.Canaries;

/// <summary>Debian's redis-server, told to keep everything where it can be read: nothing compressed, each write in a file, each command overheard.</summary>
internal sealed class WitnessedRedis : IAsyncDisposable
{
    private readonly WitnessedProcess _process;
    private readonly MemoryStream _heard = new();
    private TcpClient? _monitor;
    private Task? _listening;

    private WitnessedRedis(WitnessedProcess process, string directory, int port)
    {
        _process = process;
        Directory = directory;
        Port = port;
    }

    public string Directory { get; }

    public int Port { get; }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    public static async Task<WitnessedRedis> StartAsync(string directory)
    {
        string own = Path.Combine(directory, "redis");
        System.IO.Directory.CreateDirectory(own);
        int port = FreePort();
        string at = port.ToString(CultureInfo.InvariantCulture);
        string[] words =
        [
            "--port",
            at,
            "--bind",
            "127.0.0.1",
            "--dir",
            own,
            "--save",
            "",
            "--rdbcompression",
            "no",
            "--appendonly",
            "yes",
            "--appendfsync",
            "always",
        ];
        var process = WitnessedProcess.Start(directory, "redis", "/usr/bin/redis-server", words);
        var redis = new WitnessedRedis(process, own, port);
        await Eventually.IsTrue(redis.AnswersAsync);
        await redis.ListenAsync();
        return redis;
    }

    /// <summary>How many entries it holds.</summary>
    public async Task<int> CountAsync()
    {
        string answer = await AskAsync("DBSIZE");
        return int.Parse(answer.Trim()[1..], CultureInfo.InvariantCulture);
    }

    /// <summary>A dump of now.</summary>
    public async Task<byte[]> DumpAsync()
    {
        Assert.StartsWith("+OK", await AskAsync("SAVE"), StringComparison.Ordinal);
        return await File.ReadAllBytesAsync(Path.Combine(Directory, "dump.rdb"));
    }

    /// <summary>All commands that MONITOR has told so far.</summary>
    public byte[] Heard()
    {
        lock (_heard)
        {
            return _heard.ToArray();
        }
    }

    public Task<int> EndAsync() => _process.TerminateAsync();

    public async ValueTask DisposeAsync()
    {
        _monitor?.Dispose();
        if (_listening is not null)
        {
            await _listening;
        }

        await _process.DisposeAsync();
        _heard.Dispose();
    }

    private async Task ListenAsync()
    {
        _monitor = new TcpClient();
        await _monitor.ConnectAsync(IPAddress.Loopback, Port);
        NetworkStream stream = _monitor.GetStream();
        await stream.WriteAsync("MONITOR\r\n"u8.ToArray());
        _listening = HearAsync(stream);
    }

    private async Task HearAsync(NetworkStream stream)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer)) > 0)
            {
                lock (_heard)
                {
                    _heard.Write(buffer, 0, read);
                }
            }
        }
        catch (Exception over) when (over is IOException or ObjectDisposedException)
        {
            // Redis or the run has ended.
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return (await AskAsync("PING")).StartsWith("+PONG", StringComparison.Ordinal);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task<string> AskAsync(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"));
        byte[] buffer = new byte[256];
        int read = await stream.ReadAsync(buffer);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
