using System.Diagnostics;
using System.Globalization;
using MinaKyukyu.RoadNetwork;

namespace MinaKyukyu.Benchmarks.Networks;

/// <summary>What an import cost.</summary>
internal sealed record ImportCost(double Seconds, double PeakMegabytes, double FileMegabytes);

/// <summary>Imports roads in a process of its own, so that the peak of its memory is the import's and nobody else's.</summary>
internal static class ImportRun
{
    public const string Word = "import";

    public static ImportCost Measure(Network network)
    {
        using Process child =
            Process.Start(
                new ProcessStartInfo(
                    Environment.ProcessPath!,
                    [
                        .. IsHost(Environment.ProcessPath!)
                            ? new[] { typeof(ImportRun).Assembly.Location }
                            : [],
                        Word,
                        network.Source,
                        network.File,
                    ]
                )
                {
                    RedirectStandardOutput = true,
                    UseShellExecute = false,
                }
            ) ?? throw new InvalidOperationException("The import could not be started.");
        string said = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        string[] cells = said.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return child.ExitCode == 0 && cells.Length == 2
            ? new ImportCost(
                double.Parse(cells[0], CultureInfo.InvariantCulture),
                double.Parse(cells[1], CultureInfo.InvariantCulture),
                new FileInfo(network.File).Length / 1e6
            )
            : throw new InvalidOperationException($"The import of {network.Source} failed.");
    }

    /// <summary>The child: prints seconds since it was started, and the peak of its memory in megabytes.</summary>
    public static void Run(string source, string file)
    {
        RoadFiles.Build(source, file);
        using var self = Process.GetCurrentProcess();
        double seconds = (
            TimeProvider.System.GetUtcNow().UtcDateTime - self.StartTime.ToUniversalTime()
        ).TotalSeconds;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{seconds:F2} {self.PeakWorkingSet64 / 1e6:F0}"
            )
        );
    }

    /// <summary>Started as <c>dotnet program.dll</c> rather than by its own executable.</summary>
    private static bool IsHost(string program) =>
        Path.GetFileNameWithoutExtension(program) == "dotnet";
}
