namespace MinaKyukyu.Architecture.Tests.House;

/// <summary>The house, whole. A room that does not exist yet is here already and its arrows with it.</summary>
public static class Rooms
{
    public const string Vocabulary = "MinaKyukyu.Vocabulary";
    public const string Journal = "MinaKyukyu.Journal";
    public const string Fleet = "MinaKyukyu.Fleet";
    public const string Incidents = "MinaKyukyu.Incidents";
    public const string RoadNetwork = "MinaKyukyu.RoadNetwork";
    public const string Authorization = "MinaKyukyu.Authorization";
    public const string MedicalInfo = "MinaKyukyu.MedicalInfo";
    public const string Dispatch = "MinaKyukyu.Dispatch";
    public const string Forecasting = "MinaKyukyu.Forecasting";
    public const string ForecastingMLNet = "MinaKyukyu.Forecasting.MLNet";
    public const string Analytics = "MinaKyukyu.Analytics";
    public const string Storage = "MinaKyukyu.Storage";
    public const string Redis = "MinaKyukyu.Redis";
    public const string Grpc = "MinaKyukyu.Grpc";
    public const string GrpcAspNetCore = "MinaKyukyu.Grpc.AspNetCore";
    public const string Contracts = "MinaKyukyu.Contracts";
    public const string Server = "MinaKyukyu.Server";
    public const string Tablet = "MinaKyukyu.Tablet";
    public const string StandIn = "MinaKyukyu.StandIn";
    public const string Simulation = "MinaKyukyu.Simulation";
    public const string Cli = "MinaKyukyu.Cli";

    /// <summary>TypeScript, should it ever become a project: it sees nobody.</summary>
    public const string Console = "MinaKyukyu.Console";

    private static readonly string[] s_belowServer =
    [
        Vocabulary,
        Journal,
        Fleet,
        Incidents,
        RoadNetwork,
        Authorization,
        MedicalInfo,
        Dispatch,
        Forecasting,
        ForecastingMLNet,
        Analytics,
        Storage,
        Redis,
        Grpc,
        GrpcAspNetCore,
        Contracts,
    ];

    public static IReadOnlyList<Room> All { get; } =
    [
        new(Vocabulary, [], []),
        new(Journal, [Vocabulary], []),
        new(Fleet, [Journal, Vocabulary], []),
        new(Incidents, [Fleet, Journal, Vocabulary], []),
        new(RoadNetwork, [Vocabulary], ["NetTopologySuite", "CsvHelper", "Google.Protobuf"]),
        new(Authorization, [Incidents, Fleet, Journal, Vocabulary], []),
        new(MedicalInfo, [Authorization, Vocabulary], ["Polly.Core"]),
        new(Dispatch, [Incidents, Fleet, RoadNetwork, Vocabulary], []),
        new(Forecasting, [Dispatch, Incidents, RoadNetwork, Vocabulary], ["CsvHelper"]),
        new(
            ForecastingMLNet,
            [Forecasting, Dispatch, Vocabulary],
            ["Microsoft.ML", "Microsoft.ML.FastTree", "Microsoft.ML.LightGbm"]
        ),
        new(Analytics, [Incidents, Fleet, Vocabulary], []),
        new(
            Storage,
            [Journal, Vocabulary],
            ["Microsoft.Data.Sqlite", "SQLitePCLRaw.bundle_e_sqlite3", "Npgsql"]
        ),
        new(Redis, [Fleet, Vocabulary], ["StackExchange.Redis", "Polly.Core"]),
        new(Grpc, [], []),
        new(GrpcAspNetCore, [Grpc], [], TakesAspNetCore: true),
        new(Contracts, [Grpc], ["Google.Protobuf", "Grpc.Tools", "Grpc.Net.Client"]),
        new(
            Server,
            s_belowServer,
            [
                "OpenTelemetry",
                "OpenTelemetry.Api.ProviderBuilderExtensions",
                "OpenTelemetry.Exporter.OpenTelemetryProtocol",
                "OpenTelemetry.Extensions.Hosting",
                "Grpc.AspNetCore",
                "Grpc.AspNetCore.Web",
                "Microsoft.IdentityModel.JsonWebTokens",
            ],
            TakesAspNetCore: true
        ),
        new(Tablet, [Contracts, Grpc, Vocabulary], ["Grpc.Net.Client"]),
        new(StandIn, [Vocabulary], [], TakesAspNetCore: true),
        new(
            Simulation,
            [Dispatch, Forecasting, Analytics, Incidents, Fleet, RoadNetwork, Vocabulary],
            []
        ),
        new(
            Cli,
            [.. s_belowServer, Server, Tablet, StandIn, Simulation],
            ["System.CommandLine", "Spectre.Console"],
            TakesAspNetCore: true
        ),
        new(Console, [], []),
    ];

    /// <summary>Rooms from which no path leads to a record, however long.</summary>
    public static IReadOnlyList<string> NeverSeeRecords { get; } =
    [Dispatch, Forecasting, ForecastingMLNet, Analytics, Simulation, Console];

    public static Room? Find(string name) => All.FirstOrDefault(r => r.Name == name);

    public static bool IsRoom(string assembly) =>
        assembly.StartsWith("MinaKyukyu.", StringComparison.Ordinal);
}
