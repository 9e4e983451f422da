namespace MinaKyukyu.FaultWorld.Houses;

/// <summary>Where the server of the moment is to be found; shut between two of them.</summary>
internal sealed class Door
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<Wire> _wire = New();

    public Task<Wire> WhenOpen
    {
        get
        {
            lock (_gate)
            {
                return _wire.Task;
            }
        }
    }

    public void Open(Wire wire)
    {
        lock (_gate)
        {
            _wire.SetResult(wire);
        }
    }

    public void Shut()
    {
        lock (_gate)
        {
            if (_wire.Task.IsCompleted)
            {
                _wire = New();
            }
        }
    }

    private static TaskCompletionSource<Wire> New() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
