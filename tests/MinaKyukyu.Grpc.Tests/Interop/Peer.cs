namespace MinaKyukyu.GrpcTests.Interop;

/// <summary>
/// A gRPC implementation that nobody here wrote, with a client script and a server script. The scripts of all peers speak the same
/// small language (<c>peers/README.md</c>), so that a test names its peer and nothing else about it.
/// </summary>
internal sealed record Peer(string Name, string Interpreter, string Extension, string Needs)
{
    /// <summary>gRPC C-core through Debian's binding.</summary>
    private static readonly Peer Python = new(
        "python",
        "/usr/bin/python3",
        "py",
        "/usr/bin/python3 with gRPC: apt-get install python3-grpcio"
    );

    /// <summary>gRPC written anew for Node, over Node's own HTTP/2.</summary>
    private static readonly Peer Node = new(
        "node",
        "node",
        "mjs",
        "Node 18 or later with gRPC: apt-get install nodejs npm; then npm ci in tests/MinaKyukyu.Grpc.Tests/peers/node"
    );

    private static readonly Peer[] Every = [Python, Node];

    /// <summary>The names of all peers, for theories.</summary>
    public static TheoryData<string> All => [.. Every.Select(peer => peer.Name)];

    public static Peer Named(string name) => Every.Single(peer => peer.Name == name);

    /// <summary>Starts one of the peer's scripts (<c>echo_client</c>, <c>echo_server</c>).</summary>
    public PeerProcess Start(string script, params IEnumerable<string> arguments)
    {
        var path = Path.Combine(FolderOf(Name), $"{script}.{Extension}");
        return File.Exists(path)
            ? PeerProcess.Start(Interpreter, [path, .. arguments], Needs)
            : throw new InvalidOperationException($"{path} is missing.");
    }

    /// <summary>The scripts run where they lie, because Node looks for packages beside the script.</summary>
    public static string FolderOf(string name)
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "MinaKyukyu.sln")))
        {
            at = at.Parent;
        }

        return at is null
            ? throw new InvalidOperationException("The tests do not run inside a checkout.")
            : Path.Combine(at.FullName, "tests", "MinaKyukyu.Grpc.Tests", "peers", name);
    }
}
