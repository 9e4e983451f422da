namespace MinaKyukyu.Benchmarks.Networks;

/// <summary>Roads to be measured on, by name.</summary>
/// <param name="Source">What they are imported from; made first where they are invented.</param>
internal sealed record Network(string Name, string Source)
{
    /// <summary>454,000 nodes: of the first dozen seeds the nearest to 450,000.</summary>
    public const int PrefectureSeed = 4;

    public static IReadOnlyList<Network> All { get; } =
    [
        new("auckland", Path.Combine(Checkout.Roads, "jemss_auckland_roads_osm.zip")),
        new("edmonton", Path.Combine(Checkout.Roads, "jemss_edmonton_roads_osm.zip")),
        new("malta", Path.Combine(Checkout.Roads, "malta.osm.pbf")),
        new("milan", Path.Combine(Checkout.Roads, "milan_small.osm.pbf")),
        new("prefecture", Path.Combine(Checkout.Scratch, "prefecture")),
    ];

    /// <summary>As large as a prefecture: other targets hold.</summary>
    public bool IsPrefecture => Name == "prefecture";

    /// <summary>The road file that the import writes.</summary>
    public string File => Path.Combine(Checkout.Scratch, Name + ".roads");

    /// <summary>One of <see cref="All"/>, or whatever stands at that path.</summary>
    public static Network Named(string nameOrPath) =>
        All.FirstOrDefault(one => one.Name == nameOrPath)
        ?? new Network(Path.GetFileNameWithoutExtension(nameOrPath), Path.GetFullPath(nameOrPath));

    /// <summary>Writes the tables of an invented network, unless they are there.</summary>
    public void Prepare()
    {
        Directory.CreateDirectory(Checkout.Scratch);
        if (IsPrefecture && !System.IO.File.Exists(Path.Combine(Source, "edges.csv")))
        {
            PrefectureTables.Write(
                Prefecture.Build(PrefectureSize.Whole, PrefectureSeed),
                Source,
                PrefectureTimes.Classes
            );
        }
    }
}
