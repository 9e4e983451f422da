using Microsoft.Extensions.Logging;

namespace MinaKyukyu.Tablet.Queue;

/// <summary>What became of a command that wanted to wait.</summary>
internal abstract record Joined
{
    private Joined() { }

    public sealed record Waiting(WaitingCommand Entry) : Joined;

    public sealed record Full : Joined;

    public sealed record NotKept : Joined;
}

/// <summary>
/// The commands that wait, in the order of the taps, in memory as on the disk: a command is in the line once the disk keeps it,
/// and is struck from the disk once it is answered. Thread-safe.
/// </summary>
internal sealed class WaitingLine : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LinkedList<WaitingCommand> _waiting = new();
    private readonly QueueJournal _journal;
    private readonly OutgoingQueueOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private bool _isBroken;
    private bool _hasSetAside;

    /// <exception cref="IOException">The file cannot be read.</exception>
    public WaitingLine(
        IDurableFile file,
        OutgoingQueueOptions options,
        TimeProvider time,
        ILogger logger
    )
    {
        _journal = new QueueJournal(file);
        _options = options;
        _time = time;
        _logger = logger;
        foreach (QueuedCommand command in _journal.Waiting)
        {
            _waiting.AddLast(new WaitingCommand(command, time.GetTimestamp()));
        }

        TabletLog.QueueOpened(
            logger,
            _waiting.Count,
            _journal.UnreadableLines,
            _journal.HadTornLine
        );
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>The disk failed: nothing more is taken. What waits stays in the line.</summary>
    public bool IsBroken
    {
        get
        {
            lock (_gate)
            {
                return _isBroken;
            }
        }
    }

    /// <summary>Whose turn it is; null when nobody waits.</summary>
    public WaitingCommand? First
    {
        get
        {
            lock (_gate)
            {
                return _waiting.First?.Value;
            }
        }
    }

    /// <summary>Puts a command at the end of the line, if there is room and the disk keeps it.</summary>
    public Joined Join(QueuedCommand command)
    {
        lock (_gate)
        {
            if (_waiting.Count >= _options.Capacity)
            {
                TabletLog.QueueFull(_logger, command.Kind, _options.Capacity);
                return new Joined.Full();
            }

            if (!TryKeep(command))
            {
                return new Joined.NotKept();
            }

            var entry = new WaitingCommand(command, _time.GetTimestamp());
            _waiting.AddLast(entry);
            return new Joined.Waiting(entry);
        }
    }

    /// <summary>Takes a command out of the line and lets its tap know. What was set aside stays on the disk for the next start.</summary>
    public void Leave(WaitingCommand entry, SendingEnd end)
    {
        lock (_gate)
        {
            _waiting.Remove(entry);
            if (end is SendingEnd.SetAside)
            {
                _hasSetAside = true;
            }
            else
            {
                Strike(entry.Command.RequestId);
            }
        }

        entry.End(end);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (WaitingCommand entry in _waiting)
            {
                entry.Abandon();
            }

            _journal.Dispose();
        }
    }

    private bool TryKeep(QueuedCommand command)
    {
        if (_isBroken)
        {
            return false;
        }

        try
        {
            _journal.Keep(command);
            return true;
        }
        catch (IOException failure)
        {
            // After a failed flush nobody knows what the disk holds: never flush again and hope.
            _isBroken = true;
            TabletLog.DiskFailed(_logger, failure);
            return false;
        }
    }

    private void Strike(string requestId)
    {
        if (_isBroken)
        {
            return;
        }

        try
        {
            _journal.Answered(requestId);
            if (_waiting.Count == 0 && !_hasSetAside && _journal.Length > _options.EmptyAboveBytes)
            {
                _journal.Empty();
            }
        }
        catch (IOException failure)
        {
            // The answer stands; after a start the command is sent once more and gets the same answer.
            _isBroken = true;
            TabletLog.DiskFailed(_logger, failure);
        }
    }
}
