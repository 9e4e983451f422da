using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Tablet.Simulation;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Cli.Commands;

/// <summary><c>mina crew</c>: one simulated crew as a process of its own; the demo starts twelve.</summary>
internal static class CrewCommand
{
    private static readonly Option<Uri?> Server = AddressOption.New(
        "--server",
        "address of the service"
    );
    private static readonly Option<Uri?> StandIn = AddressOption.New(
        "--stand-in",
        "address of the stand-in"
    );
    private static readonly Option<string> Directory = new("--dir") { Required = true };
    private static readonly Option<string> Unit = new("--unit") { Required = true };
    private static readonly Option<string> Crew = new("--crew") { Required = true };
    private static readonly Option<string> Device = new("--device") { Required = true };
    private static readonly Option<string> At = new("--at")
    {
        Required = true,
        Description = "LAT,LON of the station",
    };
    private static readonly Option<double> TimeScale = new("--time-scale")
    {
        DefaultValueFactory = _ => 1,
    };
    private static readonly Option<int> Seed = new("--seed") { DefaultValueFactory = _ => 1 };

    public static Command Build()
    {
        Command crew = new("crew", "模擬の救急隊 / one simulated crew")
        {
            Server,
            StandIn,
            Directory,
            Unit,
            Crew,
            Device,
            At,
            TimeScale,
            Seed,
        };
        crew.Hidden = true;
        crew.SetAction(RunAsync);
        return crew;
    }

    private static async Task<int> RunAsync(ParseResult words, CancellationToken stop)
    {
        double[] at =
        [
            .. words
                .GetValue(At)!
                .Split(',')
                .Select(n => double.Parse(n, CultureInfo.InvariantCulture)),
        ];
        var options = new SimulatedCrewOptions
        {
            Server = words.GetValue(Server)!,
            StandIn = words.GetValue(StandIn)!,
            Directory = words.GetValue(Directory)!,
            Unit = new UnitId(words.GetValue(Unit)!),
            Crew = new CrewId(words.GetValue(Crew)!),
            Device = new DeviceId(words.GetValue(Device)!),
            Station = new GeoPoint(at[0], at[1]),
            TimeScale = words.GetValue(TimeScale),
            Seed = words.GetValue(Seed),
        };
        return await SimulatedCrew.RunAsync(
            options,
            Console.Out,
            stop,
            TimeProvider.System,
            null,
            NullLoggerFactory.Instance
        );
    }
}
