using System.Diagnostics;
using System.Text.RegularExpressions;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.EndToEnd.Tests.Api;

/// <summary>A document of the repository whose commands are run as they stand in it.</summary>
internal sealed partial class Guide
{
    private readonly string _text;

    private Guide(string text) => _text = text;

    public static async Task<Guide> ReadAsync(string path) =>
        new(await File.ReadAllTextAsync(Path.Combine(MinaProcess.Root, path)));

    /// <summary>The fenced texts of one language, in their order.</summary>
    public IReadOnlyList<string> Texts(string language) =>
        [
            .. Fences()
                .Matches(_text)
                .Where(m => m.Groups["language"].Value == language)
                .Select(m => m.Groups["text"].Value),
        ];

    /// <summary>A directory in which the guide's commands find the checkout's folders and leave nothing in the checkout.</summary>
    public static void Link(TemporaryDirectory directory, params string[] folders)
    {
        foreach (string folder in folders)
        {
            Directory.CreateSymbolicLink(
                directory.In(folder),
                Path.Combine(MinaProcess.Root, folder)
            );
        }
    }

    /// <summary>As <see cref="Link"/>, for a folder in which the commands write.</summary>
    public static void Copy(TemporaryDirectory directory, string folder)
    {
        string from = Path.Combine(MinaProcess.Root, folder);
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string inside = Path.GetRelativePath(from, file);
            if (!inside.Split('/').Contains("node_modules"))
            {
                string to = Path.Combine(directory.In(folder), inside);
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(file, to);
            }
        }
    }

    /// <summary>Runs a text in bash, or a program with its words, to its good end.</summary>
    /// <returns>What it wrote to standard output.</returns>
    public static Task<string> ShellAsync(string directory, string text, TimeSpan patience) =>
        RunAsync("/bin/bash", directory, patience, "-euo", "pipefail", "-c", text);

    public static async Task<string> RunAsync(
        string program,
        string directory,
        TimeSpan patience,
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
            string errors = await process.StandardError.ReadToEndAsync().WaitAsync(patience);
            await process.WaitForExitAsync().WaitAsync(patience);
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

    [GeneratedRegex(
        "```(?<language>[a-z]+)\n(?<text>.*?)```",
        RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex Fences();
}
