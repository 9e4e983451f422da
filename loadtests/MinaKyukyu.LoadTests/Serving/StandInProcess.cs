using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace MinaKyukyu.LoadTests.Serving;

/// <summary>A synthetic card as the stand-in gives it.</summary>
internal sealed record LoadCard(byte[] Certificate, byte[] PrivateKey);

/// <summary>The stand-in of the national side in a process of its own.</summary>
internal sealed class StandInProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly HttpClient _http;

    private StandInProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public Uri Address { get; }

    /// <exception cref="ServerProcessException">It did not become ready.</exception>
    public static async Task<StandInProcess> StartAsync(CancellationToken stop)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [Checkout.StandInProgram, "--listen", "http://127.0.0.1:0"]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        Process process =
            Process.Start(start) ?? throw new ServerProcessException("The stand-in did not start.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(ReadyWithin);
        const string Ready = "ready ";
        string? line = await process.StandardOutput.ReadLineAsync(limit.Token);
        if (line?.StartsWith(Ready, StringComparison.Ordinal) == true)
        {
            return new StandInProcess(process, new Uri(line[Ready.Length..]));
        }

        process.Kill();
        throw new ServerProcessException("The stand-in was not ready.");
    }

    /// <summary>Saves the authority's root beside the run, as a fire department would have it.</summary>
    public async Task<string> SaveAuthorityAsync(string directory, CancellationToken stop)
    {
        string file = Path.Combine(directory, "authority.pem");
        await File.WriteAllTextAsync(
            file,
            await _http.GetStringAsync(new Uri("ca/authentication.pem", UriKind.Relative), stop),
            stop
        );
        return file;
    }

    public async Task<LoadCard> CardAsync(int patient, CancellationToken stop)
    {
        JsonNode card = (
            await _http.GetFromJsonAsync<JsonNode>(
                new Uri($"cards/{patient}", UriKind.Relative),
                stop
            )
        )!;
        return new LoadCard(
            Convert.FromBase64String(card["certificate"]!.GetValue<string>()),
            Convert.FromBase64String(card["privateKey"]!.GetValue<string>())
        );
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
