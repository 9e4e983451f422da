using MinaKyukyu.Architecture.Tests.Assemblies;
using MinaKyukyu.Architecture.Tests.House;

namespace MinaKyukyu.Architecture.Tests.Projects;

public class ProjectArrowsTests
{
    [Fact]
    public void Project_files_have_only_the_arrows_of_the_house()
    {
        Assert.True(Repository.Rooms.Count >= 17, "The rooms were not found.");
        Verdict.NothingWrong(Arrows.Wrong(Repository.Rooms.SelectMany(p => p.Arrows)));
        Assert.All(Repository.Rooms, p => Assert.NotNull(Rooms.Find(p.Name)));
    }

    [Fact]
    public void Project_files_use_only_the_packages_of_their_rooms() =>
        Verdict.NothingWrong(Repository.Everything.SelectMany(PackageRules.Wrong));

    [Fact]
    public void The_table_itself_points_down_and_never_round()
    {
        // A room sees only rooms that stand above it in the table: then no way leads round.
        string[] order = [.. Rooms.All.Select(r => r.Name)];
        foreach (Room room in Rooms.All)
        {
            foreach (string seen in room.MaySee)
            {
                int above = Array.IndexOf(order, seen);
                Assert.True(
                    above >= 0 && above < Array.IndexOf(order, room.Name),
                    $"{room.Name} → {seen}"
                );
            }
        }

        Verdict.NothingWrong(
            Arrows.Wrong(Rooms.All.SelectMany(r => r.MaySee.Select(s => new Arrow(r.Name, s))))
        );
    }

    [Fact]
    public void No_folder_is_a_corridor()
    {
        string[] folders =
        [
            .. Directory
                .EnumerateDirectories(Repository.Source, "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(Repository.Source, f).Replace('\\', '/'))
                .Where(f => !f.Split('/').Any(part => part is "obj" or "bin" or "node_modules")),
        ];

        Assert.NotEmpty(folders);
        Assert.DoesNotContain(folders, AssemblyRules.IsCorridor);
        Assert.True(AssemblyRules.IsCorridor("MinaKyukyu.Dispatch/Common/Sorting"));
        Assert.True(AssemblyRules.IsCorridor("MinaKyukyu.Core"));
        Assert.False(AssemblyRules.IsCorridor("MinaKyukyu.Grpc.AspNetCore/Commons"));
    }

    private static ProjectFile Planted(string name, string items) =>
        ProjectFile.Parse(
            name,
            $"<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup>{(items.StartsWith("<Uses", StringComparison.Ordinal) ? items : "")}</PropertyGroup><ItemGroup>{(items.StartsWith("<Uses", StringComparison.Ordinal) ? "" : items)}</ItemGroup></Project>"
        );

    [Theory]
    [InlineData(Rooms.Dispatch, Rooms.Authorization)]
    [InlineData(Rooms.Fleet, Rooms.Incidents)]
    [InlineData(Rooms.RoadNetwork, Rooms.Fleet)]
    [InlineData(Rooms.Storage, Rooms.Incidents)]
    [InlineData(Rooms.Tablet, Rooms.Incidents)]
    [InlineData(Rooms.Vocabulary, Rooms.Journal)]
    [InlineData(Rooms.Grpc, Rooms.Vocabulary)]
    [InlineData(Rooms.Server, Rooms.Tablet)]
    public void A_planted_wrong_arrow_is_caught(string from, string to)
    {
        ProjectFile planted = Planted(
            from,
            $"<ProjectReference Include=\"../{to}/{to}.csproj\" />"
        );

        Assert.Equal(
            [$"{from} → {to} is not an arrow of the house."],
            Arrows.Wrong(planted.Arrows)
        );
    }

    [Fact]
    public void A_planted_path_to_the_records_is_caught_however_long()
    {
        // Each step alone might pass as an oversight of the table; the path does not.
        string[] wrong =
        [
            .. Arrows.Wrong([
                new Arrow(Rooms.Analytics, Rooms.Incidents),
                new Arrow(Rooms.Incidents, "MinaKyukyu.Bridge"),
                new Arrow("MinaKyukyu.Bridge", Rooms.MedicalInfo),
            ]),
        ];

        Assert.Contains(
            "A path leads to the records: MinaKyukyu.Analytics → MinaKyukyu.Incidents → MinaKyukyu.Bridge → MinaKyukyu.MedicalInfo.",
            wrong
        );
        Assert.Contains("MinaKyukyu.Bridge is a room that the table does not know.", wrong);
    }

    [Theory]
    [InlineData(Rooms.Tablet, "<UsesGrpcServer>true</UsesGrpcServer>")]
    [InlineData(Rooms.Dispatch, "<UsesGrpcClient>true</UsesGrpcClient>")]
    public void A_word_that_brings_a_wrong_arrow_is_caught(string from, string word) =>
        Assert.NotEmpty(Arrows.Wrong(Planted(from, word).Arrows));

    [Theory]
    [InlineData(Rooms.Dispatch, "<PackageReference Include=\"Polly.Core\" />")]
    [InlineData(Rooms.Server, "<PackageReference Include=\"Google.Protobuf\" />")]
    [InlineData("MinaKyukyu.Some.Tests", "<PackageReference Include=\"Google.Protobuf\" />")]
    [InlineData(Rooms.Contracts, "<PackageReference Include=\"Grpc.Tools\" />")]
    [InlineData(Rooms.Tablet, "<PackageReference Include=\"Grpc.Tools\" PrivateAssets=\"all\" />")]
    [InlineData(Rooms.Tablet, "<FrameworkReference Include=\"Microsoft.AspNetCore.App\" />")]
    [InlineData(Rooms.Incidents, "<FrameworkReference Include=\"Microsoft.AspNetCore.App\" />")]
    [InlineData(Rooms.Redis, "<PackageReference Include=\"Microsoft.Extensions.Hosting\" />")]
    [InlineData(
        "MinaKyukyu.Some.Tests",
        "<PackageReference Include=\"Grpc.AspNetCore\" /><PackageReference Include=\"Google.Protobuf\" />"
    )]
    public void A_planted_package_in_the_wrong_room_is_caught(string room, string item) =>
        Assert.NotEmpty(PackageRules.Wrong(Planted(room, item)));
}
