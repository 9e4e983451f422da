using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace MinaKyukyu.LoadTests.Serving;

/// <summary>A synthetic card as the stand-in gives it.</summary>
internal sealed record LoadCard(byte[] Certificate, byte[] PrivateKey);

/// <summary>The stand-in of the national side in a process of its own.</summary>
internal sealed class StandInProcess : IAsyncDisposable
{
    private const string Ready = "ready ";

    private readonly ChildProcess _child;
    private readonly HttpClient _http;

    private StandInProcess(ChildProcess child, Uri address)
    {
        _child = child;
        Address = address;
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public Uri Address { get; }

    /// <exception cref="ServerProcessException">It did not become ready.</exception>
    public static async Task<StandInProcess> StartAsync(CancellationToken stop)
    {
        ChildProcess child = await ChildProcess.StartAsync(
            [Checkout.StandInProgram, "--listen", "http://127.0.0.1:0"],
            stop
        );
        if (child.FirstLine.StartsWith(Ready, StringComparison.Ordinal))
        {
            return new StandInProcess(child, new Uri(child.FirstLine[Ready.Length..]));
        }

        await child.DisposeAsync();
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

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return _child.DisposeAsync();
    }
}
