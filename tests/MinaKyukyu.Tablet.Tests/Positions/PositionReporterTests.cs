using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Tablet.Link;
using MinaKyukyu.Tablet.Positions;

namespace MinaKyukyu.Tablet.Tests.Positions;

public sealed class PositionReporterTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>The platform's connection hands a write whatever made its reader give up, such as headers that it cannot decode.</summary>
    [Fact]
    public async Task Goes_on_when_the_transport_fails_a_write_with_what_it_does_not_document()
    {
        using var transport = new TornAtTheFirstWrite();
        using var link = new CrewLink(
            new Uri("http://localhost"),
            new CrewIdentity(new("tablet-1"), new("crew-1")),
            new CrewLinkOptions(),
            TimeProvider.System,
            transport: transport
        );
        using var reporter = new PositionReporter(
            link,
            new("unit-1"),
            new PositionReporterOptions(),
            TimeProvider.System,
            NullLogger.Instance
        );
        reporter.Observe(new(35.7, 139.4), accuracyMeters: null);

        await reporter.TellAsync(CancellationToken.None).WaitAsync(s_patience);
        await reporter.TellAsync(CancellationToken.None).WaitAsync(s_patience);

        Assert.Equal(0, reporter.ToldCount);
        Assert.Equal(2, transport.Calls);
    }

    private sealed class TornAtTheFirstWrite : HttpMessageHandler
    {
        private int _calls;

        public int Calls => Volatile.Read(ref _calls);

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Interlocked.Increment(ref _calls);
            using var torn = new Torn();
            await request.Content!.CopyToAsync(torn, cancellationToken);
            throw Undocumented();
        }

        private static FormatException Undocumented() => new("as from a decoder of headers");

        private sealed class Torn : MemoryStream
        {
            public override ValueTask WriteAsync(
                ReadOnlyMemory<byte> buffer,
                CancellationToken cancellationToken = default
            ) => throw Undocumented();
        }
    }
}
