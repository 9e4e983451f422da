using Google.Protobuf;

namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>One <c>PrimitiveBlock</c>: texts, a scale for places, and groups of elements.</summary>
internal sealed class PrimitiveBlock
{
    // The longest way that OpenStreetMap ever took has 50,000 nodes, the longest relation 32,000 members (API 0.6).
    private const int MostParts = 100_000;

    private readonly PbfSlice _block;
    private readonly StringTable _texts;
    private readonly OsmTags _tags;
    private readonly ElementFields _fields = new();
    private readonly List<long> _nodes = [];
    private readonly List<OsmMember> _members = [];
    private long _granularity = 100;
    private long _latitudeOffset;
    private long _longitudeOffset;

    /// <exception cref="InvalidDataException">The block is damaged.</exception>
    public PrimitiveBlock(PbfSlice block)
    {
        _block = block;
        PbfSlice texts = default;
        var message = new PbfMessage(block);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    texts = message.Bytes();
                    break;
                case 17:
                    _granularity = message.Int32();
                    break;
                case 19:
                    _latitudeOffset = message.Int64();
                    break;
                case 20:
                    _longitudeOffset = message.Int64();
                    break;
                default:
                    message.Skip();
                    break;
            }
        }

        _texts = StringTable.Read(texts);
        _tags = new OsmTags(_texts);
    }

    public void HandTo(IOsmElements elements)
    {
        var message = new PbfMessage(_block);
        while (message.Next())
        {
            if (message.Field == 2)
            {
                Group(message.Bytes(), elements);
            }
            else
            {
                message.Skip();
            }
        }
    }

    private void Group(PbfSlice group, IOsmElements elements)
    {
        var message = new PbfMessage(group);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1 when elements.WantsNodes:
                    PlainNode(message.Bytes(), elements);
                    break;
                case 2 when elements.WantsNodes:
                    DenseNodes(message.Bytes(), elements);
                    break;
                case 3 when !elements.WantsNodes:
                    Way(message.Bytes(), elements);
                    break;
                case 4 when !elements.WantsNodes:
                    Relation(message.Bytes(), elements);
                    break;
                default:
                    message.Skip();
                    break;
            }
        }
    }

    private void PlainNode(PbfSlice slice, IOsmElements elements)
    {
        _fields.Read(slice);
        long id = _fields.Zigzag(1);
        if (elements.Wants(id))
        {
            ReadTags();
            elements.Node(
                id,
                Degrees(_latitudeOffset, _fields.Zigzag(8)),
                Degrees(_longitudeOffset, _fields.Zigzag(9)),
                _tags
            );
        }
    }

    private void DenseNodes(PbfSlice slice, IOsmElements elements)
    {
        _fields.Read(slice);
        CodedInputStream ids = _fields.List(1);
        CodedInputStream latitudes = _fields.List(8);
        CodedInputStream longitudes = _fields.List(9);
        CodedInputStream tags = _fields.List(10);
        long id = 0;
        long latitude = 0;
        long longitude = 0;
        while (!ids.IsAtEnd)
        {
            id += ids.ReadSInt64();
            latitude += latitudes.ReadSInt64();
            longitude += longitudes.ReadSInt64();
            // The tags of one node after the other, each list ended by a zero; nothing at all where no node has any.
            _tags.Clear();
            while (!tags.IsAtEnd && tags.ReadUInt32() is > 0 and var key)
            {
                _tags.Add(key, tags.ReadUInt32());
            }

            if (elements.Wants(id))
            {
                elements.Node(
                    id,
                    Degrees(_latitudeOffset, latitude),
                    Degrees(_longitudeOffset, longitude),
                    _tags
                );
            }
        }

        if (!latitudes.IsAtEnd || !longitudes.IsAtEnd || !tags.IsAtEnd)
        {
            throw new InvalidDataException("its nodes, places and tags are not of one number");
        }
    }

    private void Way(PbfSlice slice, IOsmElements elements)
    {
        _fields.Read(slice);
        ReadTags();
        _nodes.Clear();
        long node = 0;
        CodedInputStream steps = _fields.List(8);
        while (!steps.IsAtEnd)
        {
            node += steps.ReadSInt64();
            Bound(_nodes.Count);
            _nodes.Add(node);
        }

        elements.Way(_fields.Number(1), _nodes, _tags);
    }

    private void Relation(PbfSlice slice, IOsmElements elements)
    {
        _fields.Read(slice);
        ReadTags();
        _members.Clear();
        long member = 0;
        CodedInputStream roles = _fields.List(8);
        CodedInputStream steps = _fields.List(9);
        CodedInputStream kinds = _fields.List(10);
        while (!steps.IsAtEnd)
        {
            member += steps.ReadSInt64();
            Bound(_members.Count);
            string role = _texts[roles.ReadInt32()];
            _members.Add(new OsmMember((OsmMemberKind)kinds.ReadInt32(), member, role));
        }

        if (!roles.IsAtEnd || !kinds.IsAtEnd)
        {
            throw new InvalidDataException("its members, roles and kinds are not of one number");
        }

        elements.Relation(_fields.Number(1), _members, _tags);
    }

    private void ReadTags()
    {
        _tags.Clear();
        CodedInputStream keys = _fields.List(2);
        CodedInputStream values = _fields.List(3);
        while (!keys.IsAtEnd)
        {
            _tags.Add(keys.ReadUInt32(), values.ReadUInt32());
        }

        if (!values.IsAtEnd)
        {
            throw new InvalidDataException("its keys and values are not of one number");
        }
    }

    /// <summary>Billionths of a degree are whole numbers below 2^53, so a place in range comes out exactly as it was written.</summary>
    private double Degrees(long offset, long steps) =>
        (offset + ((double)_granularity * steps)) / 1e9;

    private static void Bound(int count)
    {
        if (count == MostParts)
        {
            throw new InvalidDataException("a way or a relation has too many parts");
        }
    }
}
