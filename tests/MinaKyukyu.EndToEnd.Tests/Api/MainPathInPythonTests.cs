using MinaKyukyu.TestKit;

namespace MinaKyukyu.EndToEnd.Tests.Api;

/// <summary>The text in docs/API.md is run as it stands there, by a client that nobody here wrote.</summary>
public sealed class MainPathInPythonTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_text_in_the_guide_lives_the_main_path_against_a_served_node()
    {
        Guide guide = await Guide.ReadAsync("docs/API.md");
        string script = Assert.Single(guide.Texts("python"));
        Assert.InRange(script.TrimEnd().Split('\n').Length, 10, 30);

        using var directory = new TemporaryDirectory();
        await using MinaProcess mina = MinaProcess.Serve(directory.In("data"), "--demo-identities");
        Guide.Link(directory, "protos");
        Assert.Equal(
            "",
            await Guide.ShellAsync(directory.Path, Assert.Single(guide.Texts("sh")), Patience)
        );
        string address = (await mina.GrpcAsync()).Authority;
        string[] said = (
            await Guide.RunAsync(
                "/usr/bin/python3",
                directory.Path,
                Patience,
                "-c",
                script,
                address
            )
        )
            .TrimEnd()
            .Split('\n');

        Assert.Matches("^北救急2 [0-9]+ s .*予測で最も早く着く", said[0]);
        string[] intervals = said[1..];
        Assert.Equal(9, intervals.Length);
        Assert.All(intervals, line => Assert.Matches("^.+ 1 [0-9.]+$", line));
        Assert.Contains(
            intervals,
            line => line.StartsWith("現場到着所要時間", StringComparison.Ordinal)
        );
    }
}
