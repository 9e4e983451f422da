#if !PUBLIC_PACKAGES
namespace MinaKyukyu.GrpcTests.Surface;

/// <summary>What our stand-ins for the packages show is committed, and changes only on purpose.</summary>
public sealed class OwnSurfaceTests
{
    [Theory]
    [InlineData("MinaKyukyu.Grpc")]
    [InlineData("MinaKyukyu.Grpc.AspNetCore")]
    public void The_public_surface_is_the_committed_one(string project)
    {
        string[] built =
        [
            .. AssemblySurface
                .Read(Path.Combine(AppContext.BaseDirectory, $"{project}.dll"))
                .Select(i => i.Line),
        ];
        // build/update-surface.sh takes it from here.
        string folder = Path.Combine(AppContext.BaseDirectory, "surface");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"{project}.txt"), string.Join('\n', built) + "\n");

        Verdict.NothingWrong(
            SurfaceFile.Differences(project, SurfaceFile.Read(project), built),
            "If that is meant, run build/update-surface.sh and commit what it writes."
        );
    }

    [Fact]
    public void A_new_line_and_a_gone_line_are_named() =>
        Assert.Equal(
            [
                "New, and not in src/P/PublicSurface.txt: A | public void Two()",
                "Gone, but still in src/P/PublicSurface.txt: A | public void One()",
            ],
            SurfaceFile.Differences(
                "P",
                ["A | class", "A | public void One()"],
                ["A | class", "A | public void Two()"]
            )
        );
}
#endif
