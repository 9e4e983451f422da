using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MinaKyukyu.EndToEnd.Tests.Api;

/// <summary>The text in docs/API.md is run as it stands there, by a client that nobody here wrote.</summary>
public sealed partial class MainPathInPythonTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_text_in_the_guide_lives_the_main_path_against_a_served_node()
    {
        string guide = await File.ReadAllTextAsync(
            Path.Combine(MinaProcess.Root, "docs", "API.md")
        );
        string generate = TextOf(guide, "sh");
        string script = TextOf(guide, "python");
        Assert.InRange(script.TrimEnd().Split('\n').Length, 10, 30);

        using var directory = new TemporaryDirectory();
        await using MinaProcess mina = MinaProcess.Serve(directory.In("data"), "--demo-identities");
        Directory.CreateSymbolicLink(
            directory.In("protos"),
            Path.Combine(MinaProcess.Root, "protos")
        );
        Assert.Equal(
            "",
            await RunAsync("/bin/bash", directory.Path, "-euo", "pipefail", "-c", generate)
        );
        string address = (await mina.GrpcAsync()).Authority;
        string[] said = (await RunAsync("/usr/bin/python3", directory.Path, "-c", script, address))
            .TrimEnd()
            .Split('\n');

        Assert.Matches("^北救急2 [0-9]+ s .*予測で最も早く着く", said[0]);
        string[] intervals = said[1..];
        Assert.Equal(9, intervals.Length);
        Assert.All(intervals, line => Assert.Matches("^.+ 1 [0-9.]+$", line));
        Assert.Contains(
            intervals,
            line => line.StartsWith("現場到着所要時間", StringComparison.Ordinal)
        );
    }

    private static string TextOf(string guide, string language) =>
        Assert
            .Single(Fences().Matches(guide), m => m.Groups["language"].Value == language)
            .Groups["text"]
            .Value;

    [GeneratedRegex(
        "```(?<language>[a-z]+)\n(?<text>.*?)```",
        RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex Fences();

    private static async Task<string> RunAsync(
        string program,
        string directory,
        params string[] words
    )
    {
        var start = new ProcessStartInfo(program, words)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            string errors = await process.StandardError.ReadToEndAsync().WaitAsync(Patience);
            await process.WaitForExitAsync().WaitAsync(Patience);
            Assert.True(process.ExitCode == 0, errors);
            return await output;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
