#if !PUBLIC_PACKAGES
namespace MinaKyukyu.GrpcTests.Surface;

/// <summary>
/// Our stand-ins against Grpc.AspNetCore.Server and Grpc.Net.Client as published. What these two define is compared word for word.
/// What they stand on, Grpc.Core.Api, need not be obtainable: of that we see what the two name and override, and what code that
/// Grpc.Tools generated names. The build with <c>PublicPackages=true</c> compares all of it (<c>ProvidedAssembliesTests</c>).
/// </summary>
public sealed class PublishedAssembliesTests
{
    private const string LeftOut = "left-out.txt";
    private const string Unseen = "unseen.txt";

    private static readonly string[] s_published =
    [
        InOutput("published/Grpc.AspNetCore.Server.dll"),
        InOutput("published/Grpc.Net.Client.dll"),
    ];

    private static readonly SurfaceItem[] s_ours =
    [
        .. SurfaceFile.Projects.SelectMany(p => AssemblySurface.Read(InOutput($"{p}.dll"))),
    ];

    private static readonly SurfaceItem[] s_theirs =
    [
        .. s_published.SelectMany(AssemblySurface.Read),
    ];

    private static readonly HashSet<string> s_theirTypes = [.. s_theirs.Select(t => t.Type)];

    /// <summary>What the published assemblies name of those beneath them.</summary>
    private static readonly HashSet<string> s_named =
    [
        .. s_published.SelectMany(p =>
            ReferencedMembers.Read(p, a => a is "Grpc.Core.Api" or "Grpc.Net.Common")
        ),
    ];

    [Fact]
    public void The_published_assemblies_were_read()
    {
        Assert.Contains(
            s_theirs,
            t => t.Line.StartsWith("Grpc.Net.Client.GrpcChannel | ", StringComparison.Ordinal)
        );
        Assert.Contains(
            s_theirs,
            t => t.Line == "Grpc.AspNetCore.Server.GrpcServiceOptions | class"
        );
        Assert.Contains(
            "Grpc.Core.CallInvoker | !!1 BlockingUnaryCall<!!0, !!1>(Grpc.Core.Method<!!0, !!1>, string, Grpc.Core.CallOptions, !!0)",
            s_named
        );
    }

    [Fact]
    public void What_the_packages_define_is_in_ours_word_for_word()
    {
        string[] ours = [.. s_ours.Where(o => s_theirTypes.Contains(o.Type)).Select(o => o.Line)];

        Assert.NotEmpty(ours);
        Verdict.NothingWrong([
            .. SurfaceComparison.NotPublished(ours, s_theirs),
            .. SurfaceComparison.NotWritable(ours, s_theirs),
        ]);
    }

    [Fact]
    public void What_the_packages_have_and_ours_not_is_left_out_for_a_reason()
    {
        HashSet<string> ourReferences = [.. s_ours.SelectMany(o => o.References)];
        HashSet<string> ourTypes = [.. s_ours.Select(o => o.Type)];
        string[] missing =
        [
            .. s_named.Where(n => !ourReferences.Contains(n)),
            // Of a type that we do not have at all, its own line is enough.
            .. s_theirs
                .Where(t =>
                    ourTypes.Contains(t.Type)
                        ? !t.References.All(ourReferences.Contains)
                        : t.Name.Length == 0
                )
                .Select(t => t.Line),
        ];

        Verdict.NothingWrong(ReasonedList.Read(LeftOut).Wrong(missing));
    }

    [Fact]
    public void What_ours_shows_is_seen_in_the_packages_or_unseen_for_a_reason()
    {
        HashSet<string> seen =
        [
            .. s_named,
            .. ReferencedMembers.Read(
                InOutput("MinaKyukyu.Contracts.dll"),
                a => a == "MinaKyukyu.Grpc"
            ),
        ];
        string[] unseen =
        [
            .. s_ours
                .Where(o => !s_theirTypes.Contains(o.Type))
                .SelectMany(o => o.References)
                .Where(r => !seen.Contains(r)),
        ];

        Verdict.NothingWrong(ReasonedList.Read(Unseen).Wrong(unseen));
    }

    private static string InOutput(string name) => Path.Combine(AppContext.BaseDirectory, name);
}
#endif
