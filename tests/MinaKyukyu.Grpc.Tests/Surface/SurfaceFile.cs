namespace MinaKyukyu.GrpcTests.Surface;

/// <summary>The committed list of what a project shows: <c>PublicSurface.txt</c> beside its project file.</summary>
internal static class SurfaceFile
{
    public const string Name = "PublicSurface.txt";

    /// <summary>The projects that stand in for packages.</summary>
    public static IReadOnlyList<string> Projects { get; } =
    ["MinaKyukyu.Grpc", "MinaKyukyu.Grpc.AspNetCore"];

    public static IReadOnlyList<string> Read(string project) =>
        File.ReadAllLines(Path.Combine(Repository.Root, "src", project, Name));

    /// <returns>One sentence for each line that is new or gone.</returns>
    public static IEnumerable<string> Differences(
        string project,
        IReadOnlyCollection<string> committed,
        IReadOnlyCollection<string> built
    )
    {
        string where = $"src/{project}/{Name}";
        foreach (string line in built.Except(committed, StringComparer.Ordinal))
        {
            yield return $"New, and not in {where}: {line}";
        }

        foreach (string line in committed.Except(built, StringComparer.Ordinal))
        {
            yield return $"Gone, but still in {where}: {line}";
        }
    }
}
