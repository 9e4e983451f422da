#if PUBLIC_PACKAGES
namespace MinaKyukyu.GrpcTests.Surface;

/// <summary>The committed surface of our stand-ins against the public packages that this build runs on, all of them.</summary>
public sealed class ProvidedAssembliesTests
{
    private static readonly SurfaceItem[] s_provided =
    [
        .. new[]
        {
            "Grpc.Core.Api",
            "Grpc.Net.Common",
            "Grpc.Net.Client",
            "Grpc.AspNetCore.Server",
            "Grpc.AspNetCore.Web",
        }.SelectMany(name =>
            AssemblySurface.Read(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"))
        ),
    ];

    [Theory]
    [InlineData("MinaKyukyu.Grpc")]
    [InlineData("MinaKyukyu.Grpc.AspNetCore")]
    public void Every_line_that_ours_shows_is_in_the_packages_word_for_word(string project)
    {
        IReadOnlyList<string> ours = SurfaceFile.Read(project);

        Assert.NotEmpty(ours);
        Verdict.NothingWrong([
            .. SurfaceComparison.NotPublished(ours, s_provided),
            .. SurfaceComparison.NotWritable(ours, s_provided),
        ]);
    }
}
#endif
