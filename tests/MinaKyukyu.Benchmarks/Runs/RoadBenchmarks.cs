using BenchmarkDotNet.Attributes;
using MinaKyukyu.Benchmarks.Networks;
using MinaKyukyu.Benchmarks.Trials;
using MinaKyukyu.RoadNetwork;

namespace MinaKyukyu.Benchmarks.Runs;

/// <summary>
/// The roads that the benchmarks run on: the environment variable <c>MINA_ROADS</c> names networks or files, separated by
/// commas; Auckland if it is not set.
/// </summary>
[MemoryDiagnoser]
public abstract class RoadBenchmarks
{
    public const string Variable = "MINA_ROADS";

    private const int Seed = 1;

    public static IEnumerable<string> Networks =>
        (Environment.GetEnvironmentVariable(Variable) ?? "auckland").Split(
            ',',
            StringSplitOptions.RemoveEmptyEntries
        );

    [ParamsSource(nameof(Networks))]
    public string Roads { get; set; } = "";

    /// <summary>The road file, built first where there is none.</summary>
    private protected string File { get; private set; } = "";

    [GlobalSetup]
    public void Open()
    {
        var network = Network.Named(Roads);
        network.Prepare();
        File = network.File;
        if (!System.IO.File.Exists(File))
        {
            RoadFiles.Build(network.Source, File);
        }

        SetUp(new Situation(RoadNetworkLoader.Load(File), Seed));
    }

    private protected abstract void SetUp(Situation situation);
}
