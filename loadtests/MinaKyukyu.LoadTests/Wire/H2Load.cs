using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using MinaKyukyu.LoadTests.Serving;

namespace MinaKyukyu.LoadTests.Wire;

/// <summary>nghttp2's load generator (Debian: nghttp2-client), closed loop over four connections.</summary>
internal static partial class H2Load
{
    private const int Connections = 4;
    private const int StreamsEach = 25;

    /// <summary>Longer than any round takes; a server that does not answer ends the run.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <returns>Calls per second.</returns>
    /// <exception cref="ServerProcessException">It is not there, or not every call was answered.</exception>
    public static async Task<double> RunAsync(
        Uri url,
        string bodyFile,
        int calls,
        CancellationToken stop,
        string program = "h2load"
    )
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        string[] words =
        [
            $"--requests={calls}",
            $"--clients={Connections}",
            $"--max-concurrent-streams={StreamsEach}",
            $"--data={bodyFile}",
            "--header=content-type: application/grpc",
            "--header=te: trailers",
            url.AbsoluteUri,
        ];
        foreach (string word in words)
        {
            start.ArgumentList.Add(word);
        }

        using Process process = Start(start);
        string said;
        try
        {
            said = await process.StandardOutput.ReadToEndAsync(stop).WaitAsync(Patience, stop);
            await process.WaitForExitAsync(stop).WaitAsync(Patience, stop);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }

        Match rate = RatePattern().Match(said);
        Match done = SucceededPattern().Match(said);
        return
            rate.Success
            && done.Success
            && int.Parse(done.Groups["done"].Value, CultureInfo.InvariantCulture) == calls
            ? double.Parse(rate.Groups["rate"].Value, CultureInfo.InvariantCulture)
            : throw new ServerProcessException($"h2load: not every call was answered: {said}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new ServerProcessException(
                "h2load is missing: apt-get install nghttp2-client (Debian)."
            );
        }
    }

    [GeneratedRegex(
        @"finished in [^,]+, (?<rate>[0-9.]+) req/s",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex RatePattern();

    [GeneratedRegex(@"(?<done>[0-9]+) succeeded", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex SucceededPattern();
}
