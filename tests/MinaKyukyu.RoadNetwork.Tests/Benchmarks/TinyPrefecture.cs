using MinaKyukyu.Benchmarks.Networks;
using MinaKyukyu.Benchmarks.Trials;

namespace MinaKyukyu.RoadNetwork.Tests.Benchmarks;

/// <summary>A prefecture of four small towns, as tables, as a road file, and opened.</summary>
public sealed class TinyPrefecture : IDisposable
{
    public const int Seed = 20_261_122;

    public TinyPrefecture()
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("mina-benchmarks").FullName;
        PrefectureTables.Write(
            Prefecture.Build(PrefectureSize.Tiny, Seed),
            Directory,
            PrefectureTimes.Classes
        );
        File = Path.Combine(Directory, "tiny.roads");
        RoadFiles.Build(Directory, File);
        Roads = RoadNetworkLoader.Load(File);
    }

    public string Directory { get; }

    public string File { get; }

    public RoadMap Roads { get; }

    internal Situation Situation() => new(Roads, Seed);

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
