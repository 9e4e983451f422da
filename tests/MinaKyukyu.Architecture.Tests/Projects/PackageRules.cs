using MinaKyukyu.Architecture.Tests.House;

namespace MinaKyukyu.Architecture.Tests.Projects;

/// <summary>Which packages and frameworks a project may use: pure.</summary>
public static class PackageRules
{
    private const string AspNetCore = "Microsoft.AspNetCore.App";

    /// <returns>One sentence for each package or framework that stands in the wrong room.</returns>
    public static IEnumerable<string> Wrong(ProjectFile project)
    {
        // For every project, tests included: with both, the public graph ends in NU1605.
        if (
            project.Packages.Contains("Grpc.AspNetCore")
            && project.Packages.Contains("Google.Protobuf")
        )
        {
            yield return $"{project.Name} references Grpc.AspNetCore and Google.Protobuf.";
        }

        if (
            project.Packages.Contains("Google.Protobuf")
            && project.Name is not (Rooms.Contracts or Rooms.RoadNetwork)
        )
        {
            yield return $"{project.Name} references Google.Protobuf; only Contracts and RoadNetwork may.";
        }

        if (
            project.Packages.Contains("Grpc.Tools")
            && (project.Name != Rooms.Contracts || !project.PrivatePackages.Contains("Grpc.Tools"))
        )
        {
            yield return $"{project.Name} references Grpc.Tools; only Contracts may, privately.";
        }

        if (Rooms.Find(project.Name) is not { } room)
        {
            yield break;
        }

        foreach (string package in project.Packages)
        {
            if (!room.Packages.Contains(package) && !IsAbstraction(package))
            {
                yield return $"{project.Name} uses the package {package}.";
            }
        }

        foreach (string framework in project.Frameworks)
        {
            if (framework != AspNetCore || !room.TakesAspNetCore)
            {
                yield return $"{project.Name} takes the framework {framework}.";
            }
        }
    }

    private static bool IsAbstraction(string package) =>
        package.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
        && (
            package.EndsWith(".Abstractions", StringComparison.Ordinal)
            || package == "Microsoft.Extensions.Options"
        );
}
