using System.CommandLine;
using MinaKyukyu.Benchmarks.Measuring;
using MinaKyukyu.Benchmarks.Model;
using MinaKyukyu.Benchmarks.Networks;
using MinaKyukyu.Benchmarks.Peers;
using MinaKyukyu.Benchmarks.Runs;
using MinaKyukyu.Benchmarks.Table;

namespace MinaKyukyu.Benchmarks;

/// <summary>The command line.</summary>
internal static class BenchmarkCommand
{
    /// <summary>At least 2,000 samples of microseconds, at least 30 of milliseconds, a few of seconds.</summary>
    private static readonly SampleSize WholeSize = new(
        5_000,
        40,
        3,
        100,
        TimeSpan.FromMilliseconds(400),
        30
    );

    private static readonly Option<int> Seed = new("--seed")
    {
        DefaultValueFactory = _ => Network.PrefectureSeed,
        Description = "the same seed, the same roads, units and questions",
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "one JSON line for each network on standard output",
    };

    public static RootCommand Build() =>
        new("Benchmarks of the road engine")
        {
            RunCommand(),
            TableCommand(),
            ValhallaCommand(),
            PrefectureCommand(),
            ImportCommand(),
            ModelCommand.Build(WholeSize, Seed),
        };

    private static Command RunCommand()
    {
        Argument<string[]> words = new("words")
        {
            Description = "what BenchmarkDotNet takes, after --, such as --filter '*Label*'",
        };
        Command run = new("run", "BenchmarkDotNet, on the networks that MINA_ROADS names")
        {
            words,
        };
        run.SetAction(parsed => InProcess.Run(parsed.GetValue(words) ?? []));
        return run;
    }

    private static Command TableCommand()
    {
        Option<string> networks = new("--networks")
        {
            DefaultValueFactory = _ => string.Join(',', Network.All.Select(one => one.Name)),
            Description = "names, or paths of roads, separated by commas",
        };
        Option<string> only = new("--only")
        {
            DefaultValueFactory = _ => "",
            Description = "measures what has this in its name; targets over several are left out",
        };
        Command table = new("table", "medians, 99th percentiles, targets; every answer compared")
        {
            networks,
            only,
            Seed,
            Json,
        };
        table.SetAction(words =>
        {
            var run = new TableRun(WholeSize, words.GetValue(Seed), words.GetValue(only)!);
            long unequal = 0;
            foreach (string name in words.GetValue(networks)!.Split(','))
            {
                NetworkFigures figures = run.Measure(Network.Named(name));
                Console.WriteLine(
                    words.GetValue(Json) ? TableJson.Of(figures) : TableText.Of(figures)
                );
                unequal += figures.Unequal;
            }

            return unequal == 0 ? 0 : 1;
        });
        return table;
    }

    private static Command ValhallaCommand()
    {
        Option<string> network = new("--network")
        {
            DefaultValueFactory = _ => "malta",
            Description = "malta, milan, or the path of an .osm.pbf",
        };
        Command valhalla = new("valhalla", "Valhalla beside it, end to end; needs Node.js and npm")
        {
            network,
            Seed,
        };
        valhalla.SetAction(words =>
            Console.WriteLine(
                new PeerRun(WholeSize, words.GetValue(Seed)).Measure(
                    Network.Named(words.GetValue(network)!)
                )
            )
        );
        return valhalla;
    }

    private static Command PrefectureCommand()
    {
        Option<string> target = new("--out") { Required = true, Description = "directory" };
        Option<string> towns = new("--towns")
        {
            DefaultValueFactory = _ =>
                $"{PrefectureSize.Whole.TownsEast}x{PrefectureSize.Whole.TownsNorth}",
            Description = "towns from west to east x from south to north",
        };
        Option<PrefectureTimes> times = new("--times")
        {
            DefaultValueFactory = _ => PrefectureTimes.Classes,
            Description = "classes (24 metrics) or seconds (one)",
        };
        Command prefecture = new("prefecture", "writes the tables of an invented prefecture")
        {
            target,
            towns,
            times,
            Seed,
        };
        prefecture.SetAction(words =>
        {
            int[] counts =
            [
                .. words
                    .GetValue(towns)!
                    .Split('x')
                    .Select(count => int.TryParse(count, out int number) ? number : 0),
            ];
            if (counts is not [> 0 and <= 100, > 0 and <= 100])
            {
                Console.Error.WriteLine("benchmarks: --towns takes 1x1 to 100x100.");
                return 2;
            }

            var built = Prefecture.Build(
                PrefectureSize.Whole with
                {
                    TownsEast = counts[0],
                    TownsNorth = counts[1],
                },
                words.GetValue(Seed)
            );
            PrefectureTables.Write(built, words.GetValue(target)!, words.GetValue(times));
            Console.WriteLine($"{built.Nodes.Count} nodes, {2 * built.Streets.Count} edges");
            return 0;
        });
        return prefecture;
    }

    /// <summary>The other end of <see cref="ImportRun"/>.</summary>
    private static Command ImportCommand()
    {
        Argument<string> source = new("source");
        Argument<string> file = new("file");
        Command import = new(ImportRun.Word, "imports roads; prints seconds and peak megabytes")
        {
            source,
            file,
        };
        import.SetAction(words => ImportRun.Run(words.GetValue(source)!, words.GetValue(file)!));
        return import;
    }
}
