using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Files;
using MinaKyukyu.RoadNetwork.Import;

namespace MinaKyukyu.Cli.Roads;

/// <summary><c>mina roads build</c>: from tables or an OpenStreetMap extract to a road file.</summary>
internal static class BuildRoadsCommand
{
    private static readonly Option<string> Source = new("--in")
    {
        Required = true,
        Description =
            "表のディレクトリ、その .zip、または .osm.pbf / a directory of tables, a .zip of one, or an .osm.pbf",
    };

    private static readonly Option<string> Target = new("--out")
    {
        Required = true,
        Description = "書き出すファイル / the file to write",
    };

    private static readonly Option<string?> Profile = new("--profile")
    {
        Description =
            "走行プロファイル (JSON) / driving profile; that of a Japanese ambulance if not given",
    };

    public static Command Build()
    {
        Command build = new("build", "道路ファイルを作る / build a road file")
        {
            Source,
            Target,
            Profile,
        };
        build.SetAction(
            (words, stop) =>
                Task.FromResult(
                    RoadOptions.Run(() =>
                        Run(
                            words.GetRequiredValue(Source),
                            words.GetRequiredValue(Target),
                            words.GetValue(Profile),
                            stop
                        )
                    )
                )
        );
        return build;
    }

    private static int Run(string source, string target, string? profile, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        var account = new ProgressAccount(clock);
        RoadFileInfo info = RoadFiles.Build(source, target, profile, account.Tell, stop);
        Console.Error.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{target}: {info.Report.Nodes} nodes, {info.Report.Edges} edges, {new FileInfo(target).Length / 1e6:F1} MB, {clock.Elapsed.TotalSeconds:F1} s"
            )
        );
        foreach (string repair in Repairs(info.Report))
        {
            Console.Error.WriteLine($"  {repair}");
        }

        return ExitCode.Done;
    }

    private static IEnumerable<string> Repairs(ImportReport report)
    {
        (int Count, string Words)[] repairs =
        [
            (report.SelfLoopsDropped, "self-loops left out"),
            (report.ParallelRows, "parallel rows, the faster wins"),
            (report.UnknownRoadClasses, "rows of a class without a speed of its own"),
            (report.AmbiguousRoadClasses, "rows of several classes, the slowest taken"),
            (report.UnreadableMaxSpeeds, "unreadable limits ignored"),
            (report.LinesMovedToTheirNodes, "lines moved to their nodes"),
        ];
        return repairs
            .Where(repair => repair.Count > 0)
            .Select(repair => $"{repair.Count} {repair.Words}")
            .Concat(report.Further.Select(one => $"{one.Count} {one.What}"))
            .Append(
                $"{report.StronglyConnectedComponents} components, {report.LargestComponentNodes} nodes in the largest"
            );
    }

    /// <summary>A line when a stage begins, and one every two seconds within it.</summary>
    private sealed class ProgressAccount(Stopwatch clock)
    {
        private string _stage = "";
        private TimeSpan _next;

        public void Tell(RoadBuildProgress progress)
        {
            if (progress.Stage == _stage && clock.Elapsed < _next)
            {
                return;
            }

            _stage = progress.Stage;
            _next = clock.Elapsed + TimeSpan.FromSeconds(2);
            string share = progress.Total > 0 ? $" {progress.Done}/{progress.Total}" : "";
            Console.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"[{clock.Elapsed.TotalSeconds, 5:F1} s] {progress.Stage}{share}"
                )
            );
        }
    }
}
