using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.VirtualCards;

namespace MinaKyukyu.Tablet.Tests.Witness;

/// <summary>
/// The machine's real smart-card service (pcscd, libpcsclite) with two virtual readers, started for these tests alone, apart from
/// any other; ended, with all that it started, when they are over. Needs the packages that <c>./test</c> installs; fails without.
/// </summary>
public sealed partial class PcscWorld : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mina-pcsc-");
    private readonly PlacedCard?[] _placed = new PlacedCard?[2];
    private Process? _helper;

    public static IReadOnlyList<string> Readers { get; } =
    ["Virtual PCD 00 00", "Virtual PCD 00 01"];

    /// <summary>What the reader said before the service was started.</summary>
    public CardState BeforeStart { get; private set; }

    public string Path(string name) => System.IO.Path.Combine(_directory.FullName, name);

    public async Task InitializeAsync()
    {
        // The library reads the native environment, which the runtime's own variables do not reach.
        Assert.Equal(0, SetEnvironment("PCSCLITE_CSOCK_NAME", Path("pcscd.comm"), 1));
        BeforeStart = (await Reader(null).ReadAsync(CancellationToken.None)).State;
        var start = new ProcessStartInfo("/usr/bin/python3")
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(
            System.IO.Path.Combine(AppContext.BaseDirectory, "Witness", "pcsc_world.py")
        );
        start.ArgumentList.Add(_directory.FullName);
        _helper = Process.Start(start)!;
        string? said = await _helper.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        if (said?.StartsWith("ready", StringComparison.Ordinal) != true)
        {
            string complaint = await _helper.StandardError.ReadToEndAsync().WaitAsync(Patience);
            throw new InvalidOperationException(
                $"The smart-card service did not start: {complaint}"
            );
        }
    }

    public async Task DisposeAsync()
    {
        for (int slot = 0; slot < _placed.Length; slot++)
        {
            await LiftAsync(slot);
        }

        if (_helper is { } helper)
        {
            helper.StandardInput.Close();
            try
            {
                await helper.WaitForExitAsync().WaitAsync(Patience);
            }
            finally
            {
                helper.Kill(entireProcessTree: true);
                helper.Dispose();
            }
        }

        _directory.Delete(recursive: true);
    }

    /// <summary>Our own reader, over libpcsclite and the service.</summary>
    /// <param name="slot">Null: no reader is named.</param>
    public static JpkiCardReader Reader(
        int? slot,
        string? name = null,
        TimeSpan? commandWithin = null
    ) =>
        JpkiCardReader.OverPcsc(
            new CardReaderOptions
            {
                ReaderName = slot is { } index ? Readers[index] : name,
                CardWithin = TimeSpan.FromSeconds(2),
                CommandWithin = commandWithin ?? TimeSpan.FromSeconds(10),
            },
            TimeProvider.System,
            NullLogger.Instance
        );

    /// <summary>Lays a card into a reader, in the place of what lies there; returns when the service sees it.</summary>
    public async Task PlaceAsync(int slot, IApduCard card)
    {
        await LiftAsync(slot);
        int inserted = Said("Card inserted into", slot);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path($"card{slot}")));
        _placed[slot] = new PlacedCard(socket, card);
        await Eventually.TrueAsync(
            () => Said("Card inserted into", slot) > inserted,
            $"a card lies in reader {slot}"
        );
    }

    /// <summary>Pulls a card out, whatever is being said to it; returns when the service sees it.</summary>
    public async Task LiftAsync(int slot)
    {
        if (_placed[slot] is { } placed)
        {
            _placed[slot] = null;
            await placed.DisposeAsync();
            await EmptyAsync(slot);
        }
    }

    /// <summary>Waits until the service sees that nothing lies there.</summary>
    public Task EmptyAsync(int slot) =>
        Eventually.TrueAsync(
            () => Said("Card inserted into", slot) == Said("Card Removed From", slot),
            $"no card lies in reader {slot}"
        );

    /// <summary>A way over the loopback to a virtual reader, as one that listens there itself: for one card.</summary>
    public IPEndPoint OpenDoor(int slot, CancellationToken stop)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(backlog: 1);
        _ = Task.Run(
            async () =>
            {
                using (listener)
                using (TcpClient card = await listener.AcceptTcpClientAsync(stop))
                using (
                    var reader = new Socket(
                        AddressFamily.Unix,
                        SocketType.Stream,
                        ProtocolType.Unspecified
                    )
                )
                {
                    await reader.ConnectAsync(
                        new UnixDomainSocketEndPoint(Path($"card{slot}")),
                        stop
                    );
                    await using var wire = new NetworkStream(reader);
                    NetworkStream spoken = card.GetStream();
                    await Task.WhenAny(
                        wire.CopyToAsync(spoken, stop),
                        spoken.CopyToAsync(wire, stop)
                    );
                }
            },
            stop
        );
        return (IPEndPoint)listener.LocalEndpoint;
    }

    /// <summary>Pulls a card out at once, without looking whether anybody noticed.</summary>
    public void Snatch(int slot) => _placed[slot]!.Snatch();

    /// <summary>A program of somebody else's on the same service.</summary>
    /// <returns>Everything that it said; its exit code is checked.</returns>
    public async Task<string> RunAsync(string program, params string[] words)
    {
        (int exit, string said) = await TryRunAsync(program, words);
        Assert.True(exit == 0, $"{program} ended with {exit}: {said}");
        return said;
    }

    public async Task<(int Exit, string Said)> TryRunAsync(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _directory.FullName,
        };
        start.Environment["PCSCLITE_CSOCK_NAME"] = Path("pcscd.comm");
        foreach (string word in words)
        {
            start.ArgumentList.Add(word);
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output + await errors);
    }

    /// <summary>
    /// How often the service's log says so of a reader. Its own account and not the state that it tells clients: that one changes
    /// already when a command fails, and a card that is laid down again before the service has looked is then never seen.
    /// </summary>
    private int Said(string words, int slot)
    {
        using var log = new StreamReader(
            new FileStream(Path("pcscd.log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite)
        );
        return log.ReadToEnd().Split($"{words} {Readers[slot]}").Length - 1;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    private sealed class PlacedCard : IAsyncDisposable
    {
        private readonly CancellationTokenSource _lifted = new();
        private readonly Socket _socket;
        private readonly Task _speaking;

        public PlacedCard(Socket socket, IApduCard card)
        {
            _socket = socket;
            _speaking = Task.Run(() =>
                VpcdWire.SpeakAsync(
                    new NetworkStream(socket, ownsSocket: true),
                    card,
                    _lifted.Token
                )
            );
        }

        public void Snatch() => _socket.Close();

        public async ValueTask DisposeAsync()
        {
            await _lifted.CancelAsync();
            _socket.Close();
            await _speaking.WaitAsync(Patience);
            _lifted.Dispose();
        }
    }
}

/// <summary>One service for all of them, one test after the other.</summary>
[CollectionDefinition(nameof(PcscWorld), DisableParallelization = true)]
public sealed class PcscCollection : ICollectionFixture<PcscWorld>;
