namespace MinaKyukyu.Tablet.Cards.Pcsc;

/// <summary>
/// Blocking calls of one reader, one after the other, off the caller's thread. A call that hangs keeps the lane: whatever comes
/// meanwhile is refused instead of piling up threads, and clearing up waits behind it.
/// </summary>
internal sealed class OneLane
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Whether a call is under way.</summary>
    public bool IsTaken
    {
        get
        {
            lock (_gate)
            {
                return !_last.IsCompleted;
            }
        }
    }

    /// <exception cref="CardTroubleException">An earlier call has not come back.</exception>
    public Task<T> RunAsync<T>(Func<T> call)
    {
        lock (_gate)
        {
            if (!_last.IsCompleted)
            {
                return Task.FromException<T>(new CardTroubleException(CardState.CardTooSlow));
            }

            Task<T> begun = Task.Run(call);
            _last = begun;
            return begun;
        }
    }

    /// <summary>Runs after whatever is under way, even if that failed.</summary>
    public Task RunLastAsync(Action call)
    {
        lock (_gate)
        {
            _last = _last.ContinueWith(
                _ => call(),
                CancellationToken.None,
                TaskContinuationOptions.DenyChildAttach,
                TaskScheduler.Default
            );
            return _last;
        }
    }
}
