namespace MinaKyukyu.FaultWorld;

/// <summary>Where the city and the codes stand: the checkout that <c>./prove</c> runs from.</summary>
internal static class Checkout
{
    public static string Root { get; } =
        Environment.GetEnvironmentVariable("MINA_ROOT") ?? FindAbove(AppContext.BaseDirectory);

    public static string City => Path.Combine(Root, "samples", "tachikawa");

    public static string Codes => Path.Combine(Root, "codes", "fdma-2026.csv");

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
