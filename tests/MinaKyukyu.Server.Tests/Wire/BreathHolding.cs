using MinaKyukyu.Journal.Ports;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>A store that can be stopped before it writes, as by a disk that does not answer, and let go again.</summary>
public sealed class BreathHolding : IDisposable
{
    private readonly ManualResetEventSlim _mayWrite = new(initialState: true);

    public IJournalStore Wrap(IJournalStore store) => new Store(store, _mayWrite);

    public IDisposable Hold()
    {
        _mayWrite.Reset();
        return new Held(_mayWrite);
    }

    public void Dispose() => _mayWrite.Dispose();

    private sealed class Held(ManualResetEventSlim mayWrite) : IDisposable
    {
        public void Dispose() => mayWrite.Set();
    }

    private sealed class Store(IJournalStore inner, ManualResetEventSlim mayWrite)
        : JournalStoreDecorator(inner)
    {
        public override StoredBatch Write(CommitBatch batch)
        {
            mayWrite.Wait();
            return base.Write(batch);
        }
    }
}
