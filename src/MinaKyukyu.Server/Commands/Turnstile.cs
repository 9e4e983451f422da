namespace MinaKyukyu.Server.Commands;

/// <summary>
/// Lets one command at a time decide about a thing, so that what it read still holds when it commits. Claims in the journal
/// stand behind it; this only spares a caller the surprise.
/// </summary>
internal sealed class Turnstile : IDisposable
{
    /// <summary>Enough that two incidents rarely meet, few enough to be nothing.</summary>
    private const int Gates = 256;

    private readonly SemaphoreSlim[] _gates =
    [
        .. Enumerable.Range(0, Gates).Select(_ => new SemaphoreSlim(1, 1)),
    ];

    /// <summary>Enters the gates of all keys, in one order for everybody, and leaves them on disposal.</summary>
    /// <exception cref="OperationCanceledException">The caller's deadline ended the wait.</exception>
    public async ValueTask<IDisposable> EnterAsync(
        IReadOnlyCollection<string> keys,
        CancellationToken stop
    )
    {
        int[] wanted = [.. keys.Select(GateOf).Distinct().Order()];
        int entered = 0;
        try
        {
            for (; entered < wanted.Length; entered++)
            {
                await _gates[wanted[entered]].WaitAsync(stop);
            }
        }
        catch (OperationCanceledException)
        {
            Leave(wanted.AsSpan(0, entered));
            throw;
        }

        return new Passage(this, wanted);
    }

    private static int GateOf(string key)
    {
        // Not string.GetHashCode: that differs between processes, and a run from a seed must not.
        uint hash = 2166136261;
        foreach (char c in key)
        {
            hash = (hash ^ c) * 16777619;
        }

        return (int)(hash % Gates);
    }

    private void Leave(ReadOnlySpan<int> gates)
    {
        foreach (int gate in gates)
        {
            _gates[gate].Release();
        }
    }

    public void Dispose()
    {
        foreach (SemaphoreSlim gate in _gates)
        {
            gate.Dispose();
        }
    }

    private sealed class Passage(Turnstile turnstile, int[] gates) : IDisposable
    {
        public void Dispose() => turnstile.Leave(gates);
    }
}
