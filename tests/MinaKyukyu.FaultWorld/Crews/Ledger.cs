using System.Collections.Concurrent;
using System.Text.Json;

namespace MinaKyukyu.FaultWorld.Crews;

/// <summary>A line of the ledger: what was asked and what was promised.</summary>
internal sealed record Promise(Command Asked, byte[] BodyHash, byte[] Answer);

/// <summary>Every acknowledgement, on disk before its sender says anything else.</summary>
internal sealed class Ledger(string file) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream _stream = new(
        file,
        FileMode.CreateNew,
        FileAccess.Write,
        FileShare.Read
    );
    private readonly ConcurrentQueue<Promise> _promises = new();
    private (int Count, TaskCompletionSource Reached)? _awaited;

    public int Count => _promises.Count;

    /// <summary>In the order in which they were written.</summary>
    public IReadOnlyList<Promise> Promises => [.. _promises];

    public void Write(Command asked, byte[] answer)
    {
        var promise = new Promise(asked, asked.Hash(), answer);
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(promise), (byte)'\n'];
        lock (_gate)
        {
            _stream.Write(line);
            _stream.Flush(flushToDisk: true);
            _promises.Enqueue(promise);
            if (_awaited is { } awaited && _promises.Count >= awaited.Count)
            {
                awaited.Reached.TrySetResult();
            }
        }
    }

    /// <summary>Completes in the moment in which the ledger has so many lines; one caller at a time.</summary>
    public Task WhenCountAsync(int count)
    {
        lock (_gate)
        {
            var reached = new TaskCompletionSource(
                TaskCreationOptions.RunContinuationsAsynchronously
            );
            _awaited = (count, reached);
            if (_promises.Count >= count)
            {
                reached.SetResult();
            }

            return reached.Task;
        }
    }

    /// <summary>The ledger as the disk has it.</summary>
    public static IReadOnlyList<Promise> ReadBack(string file) =>
        [.. File.ReadLines(file).Select(line => JsonSerializer.Deserialize<Promise>(line)!)];

    public void Dispose() => _stream.Dispose();
}
