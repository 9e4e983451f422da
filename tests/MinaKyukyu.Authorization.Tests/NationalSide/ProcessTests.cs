using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using MinaKyukyu.StandIn;

namespace MinaKyukyu.Authorization.Tests.NationalSide;

/// <summary>The stand-in as the process that others start.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task It_says_where_it_is_ready_and_ends_on_a_signal()
    {
        using Process process = Start("--listen", "http://127.0.0.1:0", "--patients", "3");
        try
        {
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
            string? line = await process.StandardOutput.ReadLineAsync(limit.Token);
            Assert.StartsWith("ready http://127.0.0.1:", line, StringComparison.Ordinal);
            using HttpClient client = new() { Timeout = TimeSpan.FromSeconds(30) };
            JsonElement about = await client.GetFromJsonAsync<JsonElement>(
                new Uri(line!["ready ".Length..])
            );
            Assert.Equal(3, about.GetProperty("patients").GetInt32());

            using Process signal = Process.Start("/bin/kill", ["-TERM", $"{process.Id}"]);
            await process.WaitForExitAsync(limit.Token);
            Assert.Equal(0, process.ExitCode);
            Assert.Equal("", await process.StandardOutput.ReadToEndAsync(limit.Token));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    [Fact]
    public async Task Wrong_words_end_it_with_2_and_the_usage()
    {
        using Process process = Start("--listen", "http://0.0.0.0:0");
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        string error = await process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        Assert.Equal(2, process.ExitCode);
        Assert.Contains("usage:", error, StringComparison.Ordinal);
    }

    private static Process Start(params string[] words) =>
        Process.Start(
            new ProcessStartInfo("dotnet", ["exec", typeof(StandInApp).Assembly.Location, .. words])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
}
