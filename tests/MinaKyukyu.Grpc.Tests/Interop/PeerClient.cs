namespace MinaKyukyu.GrpcTests.Interop;

/// <summary>A peer's client that runs one scenario against a server of ours.</summary>
internal static class PeerClient
{
    /// <summary>Runs the scenario and sees that the peer was promised, and was kept, each of these, in this order.</summary>
    public static async Task FindsAsync(
        this Peer peer,
        string[] promises,
        string scenario,
        TestServer server,
        params IEnumerable<string> options
    )
    {
        using var process = peer.StartClient(scenario, server, options);
        await process.EndsHavingFoundAsync(promises);
    }

    public static PeerProcess StartClient(
        this Peer peer,
        string scenario,
        TestServer server,
        params IEnumerable<string> options
    ) => peer.Start("echo_client", [$"127.0.0.1:{server.Port}", scenario, .. options]);

    /// <summary>A script that skipped a promise would exit well, so the lines count too.</summary>
    public static async Task EndsHavingFoundAsync(this PeerProcess process, string[] promises)
    {
        var (exitCode, output, errors) = await process.RunAsync();
        Assert.True(exitCode == 0, $"after:\n{output}\n{errors}");
        Assert.Equal(promises, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
