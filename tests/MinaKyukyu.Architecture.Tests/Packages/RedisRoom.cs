using System.Text.RegularExpressions;
using System.Xml.Linq;
using MinaKyukyu.Architecture.Tests.House;
using MinaKyukyu.Architecture.Tests.Projects;

namespace MinaKyukyu.Architecture.Tests.Packages;

/// <summary>Compiles the sources of the Redis room against one version of StackExchange.Redis, which is only referenced, not restored.</summary>
internal static partial class RedisRoom
{
    /// <summary>Three seconds on an idle machine; nothing is fetched.</summary>
    private static readonly TimeSpan s_within = TimeSpan.FromMinutes(3);

    /// <param name="library">Path of StackExchange.Redis.dll; what it depends on need not be there.</param>
    /// <param name="planted">One more source file; empty for none.</param>
    /// <returns>The errors, each once; empty when the room compiles.</returns>
    public static async Task<string[]> ErrorsAgainstAsync(string library, string planted = "")
    {
        Assert.True(File.Exists(library), $"{library} is missing.");
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "Redis.csproj"),
            Project(library).ToString()
        );
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Planted.cs"), planted);
        CommandResult build = await Command.DotnetAsync(
            folder.FullName,
            s_within,
            "build",
            "-p:UseSharedCompilation=false"
        );
        string[] errors =
        [
            .. Errors().Matches(build.Output).Select(m => m.Groups["text"].Value.Trim()).Distinct(),
        ];
        Assert.True(build.ExitCode == 0 || errors.Length > 0, build.Output);
        return errors;
    }

    /// <summary>No packages at all, so that there is nothing to restore; the settings are those of the house.</summary>
    private static XElement Project(string library) =>
        new(
            "Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement(
                "PropertyGroup",
                new XElement("TargetFramework", "net10.0"),
                new XElement("Nullable", "enable"),
                new XElement("ImplicitUsings", "enable"),
                new XElement("TreatWarningsAsErrors", "true")
            ),
            new XElement(
                "ItemGroup",
                new XElement(
                    "FrameworkReference",
                    new XAttribute("Include", "Microsoft.AspNetCore.App")
                ),
                new XElement(
                    "Compile",
                    new XAttribute(
                        "Include",
                        Path.Combine(Repository.Source, Rooms.Redis, "**", "*.cs")
                    ),
                    new XAttribute(
                        "Exclude",
                        Path.Combine(Repository.Source, Rooms.Redis, "obj", "**")
                            + ";"
                            + Path.Combine(Repository.Source, Rooms.Redis, "bin", "**")
                    )
                ),
                References().Append(library).Select(Reference)
            )
        );

    private static IEnumerable<string> References() =>
        new[] { Rooms.Fleet, Rooms.Vocabulary, "Polly.Core" }.Select(name =>
            Path.Combine(AppContext.BaseDirectory, $"{name}.dll")
        );

    private static XElement Reference(string path) =>
        new("Reference", new XAttribute("Include", path));

    [GeneratedRegex(
        @"^.*?: error (?<text>\w+:.*?)(?:\[[^\[]*\])?$",
        RegexOptions.Multiline,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex Errors();
}
