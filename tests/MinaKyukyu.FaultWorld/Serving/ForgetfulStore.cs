using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Journal.Reading;

namespace MinaKyukyu.FaultWorld.Serving;

/// <summary>A planted bug, <c>forget-in-replay</c>: acknowledgements of orders are left out when the journal is read again.</summary>
internal sealed class ForgetfulStore(IJournalStore inner) : JournalStoreDecorator(inner)
{
    public override async ValueTask<IReadOnlyList<JournaledFact>> ReadFactsAsync(
        long after,
        int atMost,
        CancellationToken stop
    )
    {
        IReadOnlyList<JournaledFact> page = await Inner.ReadFactsAsync(after, atMost, stop);
        // The last fact of a page stays, since the reader goes on behind it.
        return
        [
            .. page.Where(
                (fact, i) => i == page.Count - 1 || fact.Fact.Kind != "incident.order-acknowledged"
            ),
        ];
    }
}
