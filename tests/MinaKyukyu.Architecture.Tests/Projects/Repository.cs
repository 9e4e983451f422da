namespace MinaKyukyu.Architecture.Tests.Projects;

/// <summary>Where this repository lies on disk.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Source => Path.Combine(Root, "src");

    public static IReadOnlyList<ProjectFile> Rooms { get; } = [.. ProjectsUnder("src")];

    public static IReadOnlyList<ProjectFile> Everything { get; } =
    [.. ProjectsUnder("src"), .. ProjectsUnder("tests"), .. ProjectsUnder("loadtests")];

    private static IEnumerable<ProjectFile> ProjectsUnder(string folder) =>
        Directory
            .EnumerateDirectories(Path.Combine(Root, folder))
            .SelectMany(d => Directory.EnumerateFiles(d, "*.csproj"))
            .Order(StringComparer.Ordinal)
            .Select(ProjectFile.Read);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MinaKyukyu.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
