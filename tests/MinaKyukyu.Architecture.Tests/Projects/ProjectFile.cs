using System.Xml.Linq;
using MinaKyukyu.Architecture.Tests.House;

namespace MinaKyukyu.Architecture.Tests.Projects;

/// <summary>What a project file references, with its <c>Uses…</c> words resolved for both kinds of providers.</summary>
public sealed record ProjectFile(
    string Name,
    IReadOnlyList<string> Projects,
    IReadOnlyList<string> Packages,
    IReadOnlyList<string> PrivatePackages,
    IReadOnlyList<string> Frameworks
)
{
    // As build/Providers.targets resolves them.
    private static readonly (string Word, string[] Projects, string[] Packages)[] s_uses =
    [
        ("UsesGrpcClient", [Rooms.Grpc], ["Grpc.Net.Client"]),
        ("UsesGrpcServer", [Rooms.GrpcAspNetCore], ["Grpc.AspNetCore", "Grpc.AspNetCore.Web"]),
        ("UsesRedis", [], ["StackExchange.Redis"]),
        ("UsesTelemetryHosting", [], ["OpenTelemetry.Extensions.Hosting"]),
        ("UsesMachineLearning", [], ["Microsoft.ML", "Microsoft.ML.FastTree"]),
    ];

    public IEnumerable<Arrow> Arrows => Projects.Select(p => new Arrow(Name, p));

    public static ProjectFile Read(string path) =>
        Parse(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path));

    public static ProjectFile Parse(string name, string text)
    {
        XElement project = XDocument.Parse(text).Root!;
        var used = s_uses
            .Where(u => project.Descendants(u.Word).Any(w => w.Value.Trim() == "true"))
            .ToArray();
        XElement[] packages = [.. project.Descendants("PackageReference")];
        return new ProjectFile(
            name,
            [
                .. Includes(project, "ProjectReference")
                    .Select(p => Path.GetFileNameWithoutExtension(p.Replace('\\', '/'))),
                .. used.SelectMany(u => u.Projects),
            ],
            [.. Includes(project, "PackageReference"), .. used.SelectMany(u => u.Packages)],
            [
                .. packages
                    .Where(p =>
                        ((string?)p.Attribute("PrivateAssets") ?? p.Element("PrivateAssets")?.Value)
                        == "all"
                    )
                    .Select(p => (string)p.Attribute("Include")!),
            ],
            [.. Includes(project, "FrameworkReference")]
        );
    }

    private static IEnumerable<string> Includes(XElement project, string item) =>
        project.Descendants(item).Select(i => (string?)i.Attribute("Include")).OfType<string>();
}
