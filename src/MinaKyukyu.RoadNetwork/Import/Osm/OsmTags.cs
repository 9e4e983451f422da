namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>The texts of one block. A text is decoded when it is first asked for: most of a file is never asked for.</summary>
internal sealed class StringTable
{
    // A block of the usual 8,000 elements has some 20,000 texts. Own working value.
    private const int MostTexts = 1_000_000;

    private readonly List<PbfSlice> _bytes = [];
    private string?[] _texts = [];

    /// <exception cref="InvalidDataException">It is damaged or too long.</exception>
    public static StringTable Read(PbfSlice slice)
    {
        var table = new StringTable();
        var message = new PbfMessage(slice);
        while (message.Next())
        {
            if (message.Field != 1)
            {
                message.Skip();
                continue;
            }

            if (table._bytes.Count == MostTexts)
            {
                throw new InvalidDataException("it has too many texts");
            }

            table._bytes.Add(message.Bytes());
        }

        table._texts = new string?[table._bytes.Count];
        return table;
    }

    /// <exception cref="InvalidDataException">There is no such text, or it is not UTF-8.</exception>
    public string this[long index]
    {
        get
        {
            Check(index);
            return _texts[index] ??= StrictUtf8.Text(_bytes[(int)index].Span);
        }
    }

    /// <exception cref="InvalidDataException">There is no such text.</exception>
    public void Check(long index)
    {
        if (index < 0 || index >= _texts.Length)
        {
            throw new InvalidDataException("it names a text that is not there");
        }
    }
}

/// <summary>The tags of the element in hand; the same object serves one element after the other.</summary>
internal sealed class OsmTags(StringTable texts)
{
    // OpenStreetMap's own API allows 5,000 tags at most on one element.
    private const int MostTags = 5_000;

    private readonly List<(long Key, long Value)> _tags = [];

    public bool IsEmpty => _tags.Count == 0;

    /// <summary>The tag's value, or null where there is none; of doubled ones the first.</summary>
    public string? Find(string key)
    {
        foreach ((long name, long value) in _tags)
        {
            if (texts[name] == key)
            {
                return texts[value];
            }
        }

        return null;
    }

    public bool HasKeyThatEndsWith(string ending) =>
        _tags.Exists(tag => texts[tag.Key].EndsWith(ending, StringComparison.Ordinal));

    public void Clear() => _tags.Clear();

    /// <exception cref="InvalidDataException">Too many tags, or one of texts that are not there.</exception>
    public void Add(long key, long value)
    {
        if (_tags.Count == MostTags)
        {
            throw new InvalidDataException("an element has too many tags");
        }

        texts.Check(key);
        texts.Check(value);
        _tags.Add((key, value));
    }
}
