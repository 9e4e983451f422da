namespace MinaKyukyu.MedicalInfo.Caching;

/// <summary>The first level: sealed bytes in the memory of this process, bounded in number and size, the least recently used leave first.</summary>
/// <remarks>Safe for use by several threads.</remarks>
internal sealed class FirstLevel(int mostEntries, long mostBytes, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> byName = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> byUse = new();
    private long bytes;

    public int Count
    {
        get
        {
            lock (gate)
            {
                return byName.Count;
            }
        }
    }

    public byte[]? Find(string name)
    {
        lock (gate)
        {
            if (!byName.TryGetValue(name, out LinkedListNode<Entry>? node))
            {
                return null;
            }

            if (time.GetElapsedTime(node.Value.KeptAt) >= node.Value.KeptFor)
            {
                Drop(node);
                return null;
            }

            byUse.Remove(node);
            byUse.AddFirst(node);
            return node.Value.Sealed;
        }
    }

    public void Keep(string name, byte[] sealedEntry, TimeSpan keptFor)
    {
        lock (gate)
        {
            if (byName.TryGetValue(name, out LinkedListNode<Entry>? old))
            {
                Drop(old);
            }

            byName[name] = byUse.AddFirst(
                new Entry(name, sealedEntry, time.GetTimestamp(), keptFor)
            );
            bytes += sealedEntry.Length;
            while (byUse.Last is { } last && (byName.Count > mostEntries || bytes > mostBytes))
            {
                Drop(last);
            }
        }
    }

    public void Remove(string name)
    {
        lock (gate)
        {
            if (byName.TryGetValue(name, out LinkedListNode<Entry>? node))
            {
                Drop(node);
            }
        }
    }

    private void Drop(LinkedListNode<Entry> node)
    {
        byName.Remove(node.Value.Name);
        byUse.Remove(node);
        bytes -= node.Value.Sealed.Length;
    }

    private sealed record Entry(string Name, byte[] Sealed, long KeptAt, TimeSpan KeptFor);
}
