using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Redis;
using StackExchange.Redis;

namespace MinaKyukyu.MedicalInfo.Tests.Redis;

/// <summary>Debian's redis-server as a child of this test, on a free loopback port; killed by its own id.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mina-redis-").FullName;
    private Process? _process;

    private RedisServer(int port) => Port = port;

    public int Port { get; }

    public string Address => FormattableString.Invariant($"127.0.0.1:{Port}");

    public static async Task<RedisServer> StartAsync()
    {
        RedisServer server = new(FreePort());
        await server.UpAsync();
        return server;
    }

    public async Task UpAsync()
    {
        ProcessStartInfo start = new("/usr/bin/redis-server")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        string[] words =
        [
            "--port",
            FormattableString.Invariant($"{Port}"),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            _directory,
        ];
        foreach (string word in words)
        {
            start.ArgumentList.Add(word);
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        await Eventually.IsTrue(async () =>
        {
            using TcpClient client = new();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        });
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public Task FreezeAsync() => SignalAsync("-STOP");

    public Task ThawAsync() => SignalAsync("-CONT");

    /// <summary>A connection of the test's own, past the room under test.</summary>
    public Task<ConnectionMultiplexer> LookInsideAsync() =>
        ConnectionMultiplexer.ConnectAsync(Address + ",allowAdmin=true");

    public static ServiceProvider Services(string address, TimeSpan? rest = null)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddRedisCache(
            new RedisOptions { Address = address, Rest = rest ?? TimeSpan.FromSeconds(1) }
        );
        return services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await ThawAsync();
            await KillAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }

    private async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start(
            "/bin/kill",
            [signal, FormattableString.Invariant($"{_process!.Id}")]
        );
        await kill.WaitForExitAsync();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Waits for another process, with an end.</summary>
internal static class Eventually
{
    public static async Task IsTrue(Func<Task<bool>> holds)
    {
        long since = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(20),
                "It did not come true within 20 s."
            );
            await Task.Delay(20);
        }
    }
}
