using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Client;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.EndToEnd.Tests.Serve;

/// <summary><c>mina serve</c> as an operator meets it: the real executable, its words, its exit codes.</summary>
public sealed class ServingTests : IDisposable
{
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(10);

    private static readonly Metadata Dispatcher = new()
    {
        { "mina-device-id", "console-1" },
        { "mina-role", "dispatcher" },
    };

    private readonly TemporaryDirectory _directory = new();

    private string Data => _directory.In("data");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Says_one_line_with_its_real_ports_once_it_serves_and_ends_with_0_although_a_watch_is_open()
    {
        await using MinaProcess mina = MinaProcess.Serve(Data, "--demo-identities");
        Assert.Matches(
            @"^ready grpc=http://127\.0\.0\.1:[1-9][0-9]* web=http://127\.0\.0\.1:[1-9][0-9]*$",
            await mina.ReadyAsync()
        );
        using var channel = GrpcChannel.ForAddress(await mina.GrpcAsync());
        using var board = new IncidentService.IncidentServiceClient(channel).WatchIncidents(
            new(),
            Dispatcher
        );
        await OpenAsync(channel);
        Assert.True(await board.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Drain));

        var watch = Stopwatch.StartNew();
        mina.Terminate();
        (int exit, string output, string errors) = await mina.EndAsync(Drain);
        Assert.Equal(0, exit);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Drain);
        Assert.Single(output.TrimEnd().Split('\n'));
        Assert.Contains("Demo identities", errors, StringComparison.Ordinal);
        Assert.False(await board.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Drain));
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_kill_and_a_restart()
    {
        string incident;
        await using (MinaProcess first = MinaProcess.Serve(Data, "--demo-identities"))
        {
            using var channel = GrpcChannel.ForAddress(await first.GrpcAsync());
            incident = await OpenAsync(channel);
        }

        // Killed, not asked to end: what was answered is on the disk all the same.
        await using (MinaProcess second = MinaProcess.Serve(Data, "--demo-identities"))
        {
            using var channel = GrpcChannel.ForAddress(await second.GrpcAsync());
            GetIncidentResponse kept = await new IncidentService.IncidentServiceClient(
                channel
            ).GetIncidentAsync(new GetIncidentRequest { IncidentId = incident }, Dispatcher);
            Assert.Equal(IncidentState.Waiting, kept.Incident.State);
            second.Terminate();
            Assert.Equal(0, (await second.EndAsync(Drain)).Exit);
        }
    }

    [Fact]
    public async Task A_port_in_use_is_said_and_ends_with_1()
    {
        await using MinaProcess first = MinaProcess.Serve(Data);
        Uri taken = await first.GrpcAsync();
        (int exit, string output, string errors) = await MinaProcess.RunAsync(
            "serve",
            "--data",
            _directory.In("other"),
            "--grpc",
            taken.GetLeftPart(UriPartial.Authority),
            "--web",
            "http://127.0.0.1:0"
        );
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains(taken.Authority, errors, StringComparison.Ordinal);
        Assert.Contains("in use", errors, StringComparison.Ordinal);

        (exit, output, errors) = await RunServeAsync("--data", Data);
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains(Data, errors, StringComparison.Ordinal);
        Assert.Contains("mina serve: ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_road_file_is_named_with_its_line_and_ends_with_1()
    {
        string city = CopyOfTheCity();
        string nodes = Path.Combine(city, "roads", "nodes.csv");
        string[] lines = await File.ReadAllLinesAsync(nodes);
        lines[6] = "7,not-a-number,139.4";
        await File.WriteAllLinesAsync(nodes, lines);
        (int exit, string output, string errors) = await RunServeAsync(
            "--data",
            Data,
            "--city",
            city
        );
        Assert.Equal((1, ""), (exit, output));
        Assert.Matches(@"nodes\.csv.*\b7\b", errors);
    }

    [Fact]
    public async Task A_missing_road_file_or_city_is_named_and_ends_with_2()
    {
        string city = CopyOfTheCity();
        File.Delete(Path.Combine(city, "roads", "edges.csv.gz"));
        (int exit, string output, string errors) = await RunServeAsync(
            "--data",
            Data,
            "--city",
            city
        );
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("edges.csv", errors, StringComparison.Ordinal);

        (exit, output, errors) = await RunServeAsync(
            "--data",
            Data,
            "--city",
            _directory.In("nowhere")
        );
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("nowhere", errors, StringComparison.Ordinal);

        (exit, output, errors) = await RunServeAsync(
            "--data",
            Data,
            "--codes",
            _directory.In("no-codes.csv")
        );
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("no-codes.csv", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("serve", "--data")]
    [InlineData("serve", "--data", "x", "--grpc", "nonsense")]
    [InlineData("serve", "--data", "x", "--frobnicate")]
    [InlineData("sreve")]
    public async Task Wrong_words_end_with_2_and_usage_on_standard_error(params string[] words)
    {
        (int exit, string output, string errors) = await MinaProcess.RunAsync(words);
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("mina: ", errors, StringComparison.Ordinal);
        Assert.Contains("Usage:", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://192.0.2.1:5081")]
    [InlineData("https://127.0.0.1:0")]
    [InlineData("http://example.org:5081")]
    public async Task An_address_that_cannot_be_served_is_refused_with_1(string address)
    {
        (int exit, string output, string errors) = await MinaProcess.RunAsync(
            "serve",
            "--data",
            Data,
            "--grpc",
            address
        );
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("mina serve: ", errors, StringComparison.Ordinal);
        Assert.Contains(
            address.StartsWith("https", StringComparison.Ordinal)
                ? "--tls-certificate"
                : address[8..14],
            errors,
            StringComparison.Ordinal
        );
    }

    private static Task<(int Exit, string Output, string Errors)> RunServeAsync(
        params string[] words
    ) =>
        MinaProcess.RunAsync([
            "serve",
            "--grpc",
            "http://127.0.0.1:0",
            "--web",
            "http://127.0.0.1:0",
            .. words,
        ]);

    private string CopyOfTheCity()
    {
        string from = Path.Combine(MinaProcess.Root, "samples", "tachikawa");
        string to = _directory.In("city");
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return to;
    }

    private static async Task<string> OpenAsync(GrpcChannel channel) =>
        (
            await new IncidentService.IncidentServiceClient(channel).OpenIncidentAsync(
                new OpenIncidentRequest
                {
                    RequestId = "r-1",
                    Place = new Place { PlacePrecision = PlacePrecision.Unknown },
                },
                Dispatcher
            )
        ).IncidentId;
}
