namespace MinaKyukyu.GrpcTests.Surface;

/// <summary>Holds our lines against the surface of the published assemblies: pure, so that a planted difference is caught by the very same lines.</summary>
internal static class SurfaceComparison
{
    private const string Bar = " | ";

    /// <returns>One sentence for each line of ours that the packages do not have word for word.</returns>
    public static IEnumerable<string> NotPublished(
        IEnumerable<string> ours,
        IReadOnlyCollection<SurfaceItem> published
    )
    {
        HashSet<string> lines = [.. published.Select(p => p.Line)];
        ILookup<string, SurfaceItem> byType = published.ToLookup(p => p.Type);
        return ours.Where(line => !lines.Contains(line))
            .Select(line => $"Not so in the packages: {line}{Instead(line, byType)}");
    }

    /// <summary>
    /// Whoever derives from a class or implements an interface has to write what is abstract there: with a member that ours
    /// does not have, such code compiles against ours only.
    /// </summary>
    public static IEnumerable<string> NotWritable(
        IEnumerable<string> ours,
        IEnumerable<SurfaceItem> published
    )
    {
        HashSet<string> lines = [.. ours];
        HashSet<string> derivable =
        [
            .. lines.Where(IsDerivable).Select(line => line.Split(Bar)[0]),
        ];
        return published
            .Where(p => p.MustBeWritten && derivable.Contains(p.Type) && !lines.Contains(p.Line))
            .Select(p => $"Must be written in the packages, and ours lacks it: {p.Line}");
    }

    /// <summary>An interface, or a class with a constructor that others see; a sealed class has no abstract members anyway.</summary>
    private static bool IsDerivable(string line)
    {
        string text = line[(line.IndexOf(Bar, StringComparison.Ordinal) + Bar.Length)..];
        return text.StartsWith("interface", StringComparison.Ordinal)
            || text.StartsWith("public constructor(", StringComparison.Ordinal)
            || text.StartsWith("protected constructor(", StringComparison.Ordinal);
    }

    private static string Instead(string line, ILookup<string, SurfaceItem> published)
    {
        string[] parts = line.Split(Bar, 2);
        SurfaceItem[] ofType = [.. published[parts[0]]];
        if (ofType.Length == 0)
        {
            return "; there is no such type";
        }

        SurfaceItem[] alike =
        [
            .. ofType.Where(p =>
                p.Name.Length > 0 && parts[1].Contains($" {p.Name}", StringComparison.Ordinal)
            ),
        ];
        return "; there it is: "
            + string.Join(
                " // ",
                (alike.Length > 0 ? alike : ofType.Where(p => p.Name.Length == 0)).Select(p =>
                    p.Text
                )
            );
    }
}
