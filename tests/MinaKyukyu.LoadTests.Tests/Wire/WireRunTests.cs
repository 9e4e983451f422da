using MinaKyukyu.LoadTests.Serving;
using MinaKyukyu.LoadTests.Wire;

namespace MinaKyukyu.LoadTests.Tests.Wire;

/// <summary>The comparison itself, at its smallest: it says figures of both endpoints, and that every call was answered. No figure is judged here.</summary>
public sealed class WireRunTests
{
    [Fact]
    public async Task Measures_both_endpoints_in_one_run()
    {
        string scratch = Directory.CreateTempSubdirectory("mina-wire-run").FullName;
        try
        {
            WireReport report = await WireRun.MeasureAsync(
                scratch,
                new WireSize(
                    Rounds: 2,
                    CallsARound: 200,
                    MessagesARound: 500,
                    Rate: 50,
                    TimeSpan.FromSeconds(1)
                ),
                CancellationToken.None
            );

            foreach (WireFigures figures in new[] { report.Grpc, report.Bare })
            {
                Assert.Equal(2, figures.CallsPerSecond.Count);
                Assert.Equal(2, figures.MessagesPerSecond.Count);
                Assert.Equal((50, 0), (figures.Open.Completed, figures.Open.ErrorCount));
                Assert.All(figures.BytesPerCall, bytes => Assert.True(bytes > 0));
            }

            Assert.Contains("calls/s", report.ToText(), StringComparison.Ordinal);
            Assert.Contains("\"p99_ratio\"", report.ToJson(), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    [Fact]
    public async Task Says_which_program_is_missing()
    {
        ServerProcessException missing = await Assert.ThrowsAsync<ServerProcessException>(() =>
            H2Load.RunAsync(
                new Uri("http://127.0.0.1:9/"),
                "/dev/null",
                1,
                CancellationToken.None,
                program: "h2load-that-is-not-there"
            )
        );

        Assert.Contains("nghttp2-client", missing.Message, StringComparison.Ordinal);
    }
}
