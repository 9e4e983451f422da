namespace MinaKyukyu.LoadTests.Serving;

/// <summary>Where the repository stands that this program was built in.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindAbove(AppContext.BaseDirectory);

    public static string SampleCity => Path.Combine(Root, "samples", "tachikawa");

    /// <summary>Built beside this program, in the same configuration.</summary>
    public static string CliProgram => ProgramOf("MinaKyukyu.Cli");

    /// <summary>Built beside this program as well.</summary>
    public static string StandInProgram => ProgramOf("MinaKyukyu.StandIn");

    private static string ProgramOf(string project) =>
        Path.Combine(
            Root,
            "src",
            project,
            "bin",
            new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name,
            "net10.0",
            project + ".dll"
        );

    private static string FindAbove(string directory)
    {
        for (DirectoryInfo? at = new(directory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "MinaKyukyu.sln")))
            {
                return at.FullName;
            }
        }

        throw new DirectoryNotFoundException("The load tests run inside the repository.");
    }
}
