using System.CommandLine;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Driving;

namespace MinaKyukyu.Cli.Roads;

/// <summary><c>mina roads bench</c>: how fast many units to one place is on this machine, beside Dijkstra, every answer compared.</summary>
internal static class BenchCommand
{
    private static readonly Option<string> File = RoadOptions.File();
    private static readonly Option<DrivingProfile> Profile = RoadOptions.Profile();
    private static readonly Option<RoadMoment?> At = RoadOptions.At();
    private static readonly Option<bool> Json = RoadOptions.Json();

    private static readonly Option<int> Units = new("--units")
    {
        DefaultValueFactory = _ => 300,
        Description = "部隊の数 / units on the roads",
    };

    private static readonly Option<int> Queries = new("--queries")
    {
        DefaultValueFactory = _ => 2_000,
        Description = "問い合わせの数 / places asked for",
    };

    private static readonly Option<int> Seed = new("--seed")
    {
        DefaultValueFactory = _ => 1,
        Description = "乱数の種 / seed of units and places",
    };

    public static Command Build()
    {
        Units.Validators.Add(AtLeastOne);
        Queries.Validators.Add(AtLeastOne);
        Command bench = new("bench", "計測 / measure")
        {
            File,
            Units,
            Queries,
            Seed,
            Profile,
            At,
            Json,
        };
        bench.SetAction(words =>
            RoadOptions.Run(() =>
            {
                RoadMap roads = RoadOptions.Open(words.GetRequiredValue(File), words.GetValue(At));
                var run = new BenchRun(
                    roads,
                    words.GetValue(Profile),
                    words.GetValue(Units),
                    words.GetValue(Queries),
                    words.GetValue(Seed)
                );
                BenchFigures figures = run.Measure();
                Console.Out.WriteLine(words.GetValue(Json) ? figures.ToJson() : figures.ToTable());
                return figures.Unequal == 0 ? ExitCode.Done : ExitCode.No;
            })
        );
        return bench;

        static void AtLeastOne(System.CommandLine.Parsing.OptionResult result)
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 100_000)
            {
                result.AddError($"{result.Option.Name} takes 1 to 100000.");
            }
        }
    }
}
