using System.CommandLine;
using System.CommandLine.Parsing;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Import;

namespace MinaKyukyu.Cli.Roads;

/// <summary>Options that several of the road commands share, and how a refused file ends a command.</summary>
internal static class RoadOptions
{
    public static Option<string> File() =>
        new("--roads")
        {
            Required = true,
            Description =
                "道路ファイル / road file made by `mina roads build`, or a directory of tables",
        };

    public static Option<DrivingProfile> Profile() =>
        new("--profile")
        {
            DefaultValueFactory = _ => DrivingProfile.Emergency,
            Description = "emergency (緊急走行) or ordinary (通常走行)",
            CustomParser = result =>
                result.Tokens[0].Value switch
                {
                    "emergency" => DrivingProfile.Emergency,
                    "ordinary" => DrivingProfile.Ordinary,
                    _ => Refuse<DrivingProfile>(result, "--profile takes emergency or ordinary."),
                },
        };

    public static Option<RoadMoment?> At() =>
        new("--at")
        {
            Description =
                "時刻 / the moment whose traffic counts (ISO 8601), by the clocks of the roads where it names no offset; a weekday noon if not given",
            CustomParser = result =>
                RoadMoment.Parse(result.Tokens[0].Value)
                ?? Refuse<RoadMoment?>(
                    result,
                    "--at takes a moment such as 2026-04-01T09:00 or 2026-04-01T00:00:00Z."
                ),
        };

    public static Option<bool> Json() =>
        new("--json") { Description = "機械向け1行 / one JSON line" };

    /// <summary>The map at that moment.</summary>
    /// <exception cref="RoadFileException">The file is refused.</exception>
    public static RoadMap Open(string file, RoadMoment? at)
    {
        RoadMap roads = RoadNetworkLoader.Load(file);
        return at is { } moment ? roads.At(moment.On(roads)) : roads;
    }

    /// <summary>Runs a command; a refused file is one line on standard error and <see cref="ExitCode.No"/>, a missing one <see cref="ExitCode.WrongWords"/>.</summary>
    public static int Run(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (RoadFileException refused)
        {
            Console.Error.WriteLine($"mina: {refused.Message}");
            bool isMissing = refused.Line == 0 && !Path.Exists(refused.File);
            return isMissing ? ExitCode.WrongWords : ExitCode.No;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("mina: 中止しました / stopped, nothing was written");
            return ExitCode.No;
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"mina: {denied.Message}");
            return ExitCode.No;
        }
    }

    private static T? Refuse<T>(ArgumentResult result, string reason)
    {
        result.AddError(reason);
        return default;
    }
}
