using System.Diagnostics;
using System.Globalization;

namespace MinaKyukyu.EndToEnd.Tests.Canaries;

/// <summary>A process whose every byte of standard output and error goes into a file, undecoded; ended by its own id in any case.</summary>
internal sealed class WitnessedProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly string _output;
    private readonly string _errors;

    private WitnessedProcess(Process process, string output, string errors)
    {
        _process = process;
        _output = output;
        _errors = errors;
    }

    /// <param name="directory">Where what it says is kept, and its temporary files in a directory beside.</param>
    public static WitnessedProcess Start(
        string directory,
        string name,
        string program,
        IEnumerable<string> words,
        params (string Name, string Value)[] environment
    )
    {
        string output = Path.Combine(directory, "said", $"{name}.stdout");
        string errors = Path.Combine(directory, "said", $"{name}.stderr");
        string temporary = Path.Combine(directory, "tmp");
        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        Directory.CreateDirectory(temporary);
        // The shell turns into the program, so the process id is the program's own.
        var start = new ProcessStartInfo(
            "/bin/sh",
            ["-c", "exec \"$@\" >\"$SAID_OUTPUT\" 2>\"$SAID_ERRORS\"", "sh", program, .. words]
        )
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
        };
        start.Environment["SAID_OUTPUT"] = output;
        start.Environment["SAID_ERRORS"] = errors;
        start.Environment["TMPDIR"] = temporary;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach ((string key, string value) in environment)
        {
            start.Environment[key] = value;
        }

        return new WitnessedProcess(Process.Start(start)!, output, errors);
    }

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    /// <summary>The first line of its output that begins so.</summary>
    public async Task<string> SaysAsync(string beginning)
    {
        string? line = null;
        await Eventually.IsTrue(() =>
        {
            string[] lines = Output.Split('\n');
            // The last piece has no end yet.
            line = lines[..^1]
                .FirstOrDefault(l => l.StartsWith(beginning, StringComparison.Ordinal));
            Assert.True(line is not null || !_process.HasExited, Errors);
            return Task.FromResult(line is not null);
        });
        return line!;
    }

    public async Task<int> TypeAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        return await EndsAsync();
    }

    public async Task<int> EndsAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async Task<int> TerminateAsync()
    {
        string id = _process.Id.ToString(CultureInfo.InvariantCulture);
        using Process kill = Process.Start("/bin/kill", ["-TERM", id]);
        await kill.WaitForExitAsync();
        return await EndsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }

        _process.Dispose();
    }

    private static string Read(string file)
    {
        if (!File.Exists(file))
        {
            return "";
        }

        using var stream = new FileStream(
            file,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite
        );
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
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
                TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(40),
                "It did not come true within 40 s."
            );
            await Task.Delay(25);
        }
    }
}
