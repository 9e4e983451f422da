using System.Diagnostics;
using System.Text.Json;
using MinaKyukyu.Benchmarks.Networks;

namespace MinaKyukyu.Benchmarks.Peers;

/// <summary>What the peer said of itself.</summary>
internal sealed record PeerTimes(IReadOnlyList<double> Milliseconds, int Answered, int Asked);

/// <summary>Valhalla in a Node process: its tiles are built once, its matrix is timed inside that process.</summary>
internal static class ValhallaProcess
{
    /// <summary>Builds the tiles of an extract, unless they are there; returns the configuration.</summary>
    public static string BuildTiles(Network network)
    {
        string directory = Path.Combine(Checkout.Scratch, "valhalla", network.Name);
        string config = Path.Combine(directory, "config.json");
        if (!Directory.Exists(Path.Combine(directory, "tiles")))
        {
            Run(
                "bash",
                [Path.Combine(Checkout.Valhalla, "build_tiles.sh"), network.Source, directory]
            );
        }

        return config;
    }

    public static PeerTimes Ask(string config, string places, string algorithm)
    {
        string said = Run(
            "node",
            [Path.Combine(Checkout.Valhalla, "matrix.mjs"), config, places, algorithm]
        );
        string line = said.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        return JsonSerializer.Deserialize(line, PlacesJson.Default.PeerTimes)
            ?? throw new InvalidOperationException("Valhalla said nothing.");
    }

    private static string Run(string program, string[] words)
    {
        using Process child =
            Process.Start(
                new ProcessStartInfo(program, words)
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    UseShellExecute = false,
                }
            ) ?? throw new InvalidOperationException($"{program} could not be started.");
        // Read aside, or a talkative child would wait for ever with a full pipe.
        Task<string> complaints = child.StandardError.ReadToEndAsync();
        string said = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? said
            : throw new InvalidOperationException(
                $"{program} ended with {child.ExitCode}: {complaints.GetAwaiter().GetResult()}"
            );
    }
}
