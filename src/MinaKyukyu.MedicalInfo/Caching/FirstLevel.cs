namespace MinaKyukyu.MedicalInfo.Caching;

/// <summary>The first level: sealed bytes in the memory of this process, bounded in number and size, the least recently used leave first.</summary>
/// <remarks>Safe for use by several threads.</remarks>
internal sealed class FirstLevel(int mostEntries, long mostBytes, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _byName = new(
        StringComparer.Ordinal
    );
    private readonly LinkedList<Entry> _byUse = new();
    private long _bytes;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byName.Count;
            }
        }
    }

    public byte[]? Find(string name)
    {
        lock (_gate)
        {
            if (!_byName.TryGetValue(name, out LinkedListNode<Entry>? node))
            {
                return null;
            }

            if (time.GetElapsedTime(node.Value.KeptAt) >= node.Value.KeptFor)
            {
                Drop(node);
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Sealed;
        }
    }

    public void Keep(string name, byte[] sealedEntry, TimeSpan keptFor)
    {
        lock (_gate)
        {
            if (_byName.TryGetValue(name, out LinkedListNode<Entry>? old))
            {
                Drop(old);
            }

            _byName[name] = _byUse.AddFirst(
                new Entry(name, sealedEntry, time.GetTimestamp(), keptFor)
            );
            _bytes += sealedEntry.Length;
            while (_byUse.Last is { } last && (_byName.Count > mostEntries || _bytes > mostBytes))
            {
                Drop(last);
            }
        }
    }

    public void Remove(string name)
    {
        lock (_gate)
        {
            if (_byName.TryGetValue(name, out LinkedListNode<Entry>? node))
            {
                Drop(node);
            }
        }
    }

    private void Drop(LinkedListNode<Entry> node)
    {
        _byName.Remove(node.Value.Name);
        _byUse.Remove(node);
        _bytes -= node.Value.Sealed.Length;
    }

    private sealed record Entry(string Name, byte[] Sealed, long KeptAt, TimeSpan KeptFor);
}
