namespace MinaKyukyu.Cli;

/// <summary>Where the program's own data stands: the checkout that <c>./mina</c> runs from.</summary>
internal static class Checkout
{
    public static string Root { get; } =
        Environment.GetEnvironmentVariable("MINA_ROOT") ?? FindAbove(AppContext.BaseDirectory);

    public static string SampleCity => Path.Combine(Root, "samples", "tachikawa");

    public static string Codes => Path.Combine(Root, "codes", "fdma-2026.csv");

    public static string CliProgram => typeof(Checkout).Assembly.Location;

    /// <summary>Built beside this program, in the same configuration.</summary>
    public static string StandInProgram =>
        CliProgram.Replace("MinaKyukyu.Cli", "MinaKyukyu.StandIn", StringComparison.Ordinal);

    private static string FindAbove(string directory)
    {
        for (DirectoryInfo? at = new(directory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "MinaKyukyu.sln")))
            {
                return at.FullName;
            }
        }

        return Environment.CurrentDirectory;
    }
}
