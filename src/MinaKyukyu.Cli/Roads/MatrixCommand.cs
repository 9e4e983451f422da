using System.CommandLine;
using System.Globalization;
using System.Text;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.Cli.Roads;

/// <summary><c>mina roads matrix</c>: the time from every source to every target, as CSV.</summary>
internal static class MatrixCommand
{
    /// <summary>Metres to the road from which on they are worth a word: half a block.</summary>
    private const double FarMeters = 50;

    private static readonly Option<string> File = RoadOptions.File();
    private static readonly Option<DrivingProfile> Profile = RoadOptions.Profile();
    private static readonly Option<RoadMoment?> At = RoadOptions.At();

    private static readonly Option<string> Sources = new("--sources")
    {
        Required = true,
        Description = "出発地 / sources: node ids or lat,lon, one a line",
    };

    private static readonly Option<string> Targets = new("--targets")
    {
        Required = true,
        Description = "目的地 / targets: node ids or lat,lon, one a line",
    };

    private static readonly Option<string> Engine = new("--engine")
    {
        DefaultValueFactory = _ => "cch",
        Description = "cch, or dijkstra (slow and obvious, for comparison)",
    };

    public static Command Build()
    {
        Engine.AcceptOnlyFromAmong("cch", "dijkstra");
        Command matrix = new("matrix", "所要時間表 / travel times, every source to every target")
        {
            File,
            Sources,
            Targets,
            Engine,
            Profile,
            At,
        };
        matrix.SetAction(words =>
            RoadOptions.Run(() =>
            {
                RoadMap roads = RoadOptions.Open(words.GetRequiredValue(File), words.GetValue(At));
                IReadOnlyList<MatrixPlace> sources = PlaceFile.Read(
                    words.GetRequiredValue(Sources),
                    roads
                );
                IReadOnlyList<MatrixPlace> targets = PlaceFile.Read(
                    words.GetRequiredValue(Targets),
                    roads
                );
                ITravelTimes engine =
                    words.GetValue(Engine) == "dijkstra"
                        ? roads.SlowTravelTimes()
                        : roads.TravelTimes;
                SayWhatIsGuessed(sources.Concat(targets));
                Write(engine, sources, targets, words.GetValue(Profile));
                return ExitCode.Done;
            })
        );
        return matrix;
    }

    private static void Write(
        ITravelTimes engine,
        IReadOnlyList<MatrixPlace> sources,
        IReadOnlyList<MatrixPlace> targets,
        DrivingProfile profile
    )
    {
        RoadPosition[] onRoads =
        [
            .. targets.Select(target => target.OnRoad).OfType<RoadPosition>(),
        ];
        var times = new int[onRoads.Length];
        using var output = new StreamWriter(
            Console.OpenStandardOutput(),
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            1 << 16
        );
        output.NewLine = "\n";
        output.WriteLine("source,target,milliseconds");
        foreach (MatrixPlace source in sources)
        {
            if (source.OnRoad is { } from)
            {
                engine.OneToMany(from, onRoads, profile, times);
            }

            int next = 0;
            foreach (MatrixPlace target in targets)
            {
                int byRoad = target.OnRoad is null ? TravelTime.Unreachable : times[next++];
                int milliseconds =
                    source.OnRoad is null || target.OnRoad is null
                        ? StraightLine.Milliseconds(source.Point, target.Point, profile)
                        : byRoad;
                string time = TravelTime.IsReachable(milliseconds)
                    ? milliseconds.ToString(CultureInfo.InvariantCulture)
                    : "";
                output.WriteLine($"{source.Label},{target.Label},{time}");
            }
        }
    }

    /// <summary>Nobody is to take a straight line for a road, nor a place in a field for one beside it.</summary>
    private static void SayWhatIsGuessed(IEnumerable<MatrixPlace> places)
    {
        foreach (
            MatrixPlace place in places.Where(place => place.OnRoad is { SnapMeters: >= FarMeters })
        )
        {
            Console.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"mina: {place.Label}: 道路まで{place.OnRoad!.Value.SnapMeters:F0}m / {place.OnRoad.Value.SnapMeters:F0} m from its road, which are not driven"
                )
            );
        }

        foreach (MatrixPlace place in places.Where(place => place.OnRoad is null))
        {
            Console.Error.WriteLine(
                $"mina: {place.Label}: STRAIGHT_LINE 道路から遠いため直線による推定です / no road is near, its times are guessed by straight line"
            );
        }
    }
}
