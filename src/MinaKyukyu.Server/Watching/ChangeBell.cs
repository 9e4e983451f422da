using System.Collections.Concurrent;
using System.Threading.Channels;
using MinaKyukyu.Journal.Reading;

namespace MinaKyukyu.Server.Watching;

/// <summary>
/// Rings whenever something became true. Each listener has room for one ring: however much happened meanwhile, it looks again
/// once, at the newest picture. So a slow listener holds nobody up and nothing piles up.
/// </summary>
internal sealed class ChangeBell : IProjection
{
    private readonly ConcurrentDictionary<Listener, bool> _listeners = new();

    public void Apply(ReadOnlySpan<JournaledFact> facts) => Ring();

    public void Ring()
    {
        foreach (Listener listener in _listeners.Keys)
        {
            listener.Ring();
        }
    }

    public Listener Listen()
    {
        var listener = new Listener(this);
        _listeners.TryAdd(listener, true);
        return listener;
    }

    internal sealed class Listener(ChangeBell bell) : IDisposable
    {
        private readonly Channel<bool> _rings = Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
        );

        public void Ring() => _rings.Writer.TryWrite(true);

        /// <summary>Waits for the next ring.</summary>
        /// <exception cref="OperationCanceledException">The listener's caller went away.</exception>
        public async ValueTask WaitAsync(CancellationToken stop) =>
            await _rings.Reader.ReadAsync(stop);

        public void Dispose() => bell._listeners.TryRemove(this, out _);
    }
}
