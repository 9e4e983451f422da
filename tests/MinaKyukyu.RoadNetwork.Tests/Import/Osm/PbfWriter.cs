using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Google.Protobuf;

namespace MinaKyukyu.RoadNetwork.Tests.Import.Osm;

/// <summary>Writes the forms of PBF that a test wants to see read, the wrong ones too.</summary>
internal sealed class PbfWriter
{
    private readonly List<byte> _file = [];
    private readonly List<string> _texts = [""];

    /// <summary>Whether the next blocks are stored with zlib or as they are.</summary>
    public bool IsZipped { get; init; } = true;

    public int Granularity { get; init; } = 100;

    public long LatitudeOffset { get; init; }

    public long LongitudeOffset { get; init; }

    public byte[] ToArray() => [.. _file];

    public PbfWriter Header(params string[] features) => Header(_ => { }, features);

    public PbfWriter Header(Action<CodedOutputStream> more, params string[] features) =>
        Blob(
            "OSMHeader",
            Message(header =>
            {
                foreach (string feature in features)
                {
                    Bytes(header, 4, Encoding.UTF8.GetBytes(feature));
                }

                more(header);
            })
        );

    /// <summary>One block of one group; the texts are those that its elements asked for.</summary>
    public PbfWriter Block(params byte[][] groups)
    {
        byte[] texts = Message(table =>
            _texts.ForEach(text => Bytes(table, 1, Encoding.UTF8.GetBytes(text)))
        );
        return Blob(
            "OSMData",
            Message(block =>
            {
                Bytes(block, 1, texts);
                foreach (byte[] group in groups)
                {
                    Bytes(block, 2, group);
                }

                Number(block, 17, Granularity);
                Number(block, 19, LatitudeOffset);
                Number(block, 20, LongitudeOffset);
            })
        );
    }

    public byte[] DenseNodes(IReadOnlyList<OsmNode> nodes)
    {
        byte[] dense = Message(message =>
        {
            Packed(message, 1, list => Steps(list, nodes.Select(node => node.Id)));
            Packed(message, 8, list => Steps(list, nodes.Select(node => Latitude(node))));
            Packed(message, 9, list => Steps(list, nodes.Select(node => Longitude(node))));
            if (nodes.Any(node => node.Tags.Length > 0))
            {
                Packed(message, 10, list => nodes.ToList().ForEach(node => Mixed(list, node.Tags)));
            }
        });
        return Message(group => Bytes(group, 2, dense));
    }

    public byte[] PlainNodes(IReadOnlyList<OsmNode> nodes) =>
        Message(group =>
        {
            foreach (OsmNode node in nodes)
            {
                byte[] plain = Message(message =>
                {
                    Zigzag(message, 1, node.Id);
                    Tags(message, node.Tags);
                    Zigzag(message, 8, Latitude(node));
                    Zigzag(message, 9, Longitude(node));
                });
                Bytes(group, 1, plain);
            }
        });

    public byte[] Ways(params OsmWay[] ways) =>
        Message(group =>
        {
            foreach (OsmWay way in ways)
            {
                byte[] written = Message(message =>
                {
                    Number(message, 1, way.Id);
                    Tags(message, way.Tags);
                    Packed(message, 8, list => Steps(list, way.Nodes));
                });
                Bytes(group, 3, written);
            }
        });

    /// <param name="members">Kind (0 node, 1 way, 2 relation), number, role.</param>
    public byte[] Relation(
        long id,
        (int Kind, long Id, string Role)[] members,
        params string[] tags
    ) =>
        Message(group =>
        {
            byte[] written = Message(message =>
            {
                Number(message, 1, id);
                Tags(message, tags);
                Packed(
                    message,
                    8,
                    list => members.ToList().ForEach(m => list.WriteInt32((int)Text(m.Role)))
                );
                Packed(message, 9, list => Steps(list, members.Select(member => member.Id)));
                Packed(
                    message,
                    10,
                    list => members.ToList().ForEach(member => list.WriteInt32(member.Kind))
                );
            });
            Bytes(group, 4, written);
        });

    public PbfWriter Blob(string type, byte[] content, int? claimedSize = null)
    {
        byte[] blob = Message(message =>
        {
            if (IsZipped)
            {
                Number(message, 2, claimedSize ?? content.Length);
                Bytes(message, 3, Zipped(content));
            }
            else
            {
                Bytes(message, 1, content);
            }
        });
        return Raw(type, blob);
    }

    /// <summary>A blob whose message stands as given.</summary>
    public PbfWriter Raw(string type, byte[] blob, int? claimedLength = null)
    {
        byte[] header = Message(message =>
        {
            Bytes(message, 1, Encoding.UTF8.GetBytes(type));
            Number(message, 3, claimedLength ?? blob.Length);
        });
        Span<byte> prefix = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(prefix, header.Length);
        _file.AddRange(prefix);
        _file.AddRange(header);
        _file.AddRange(blob);
        return this;
    }

    public static byte[] Message(Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            write(output);
        }

        return bytes.ToArray();
    }

    public static void Bytes(CodedOutputStream message, int field, byte[] bytes)
    {
        message.WriteTag(field, WireFormat.WireType.LengthDelimited);
        message.WriteBytes(ByteString.CopyFrom(bytes));
    }

    public static void Number(CodedOutputStream message, int field, long number)
    {
        message.WriteTag(field, WireFormat.WireType.Varint);
        message.WriteInt64(number);
    }

    public static void Zigzag(CodedOutputStream message, int field, long number)
    {
        message.WriteTag(field, WireFormat.WireType.Varint);
        message.WriteSInt64(number);
    }

    public static void Packed(
        CodedOutputStream message,
        int field,
        Action<CodedOutputStream> write
    ) => Bytes(message, field, Message(write));

    private void Tags(CodedOutputStream message, string[] tags)
    {
        if (tags.Length > 0)
        {
            Packed(message, 2, list => tags.ToList().ForEach(t => list.WriteUInt32(Text(Key(t)))));
            Packed(
                message,
                3,
                list => tags.ToList().ForEach(t => list.WriteUInt32(Text(Value(t))))
            );
        }
    }

    private void Mixed(CodedOutputStream list, string[] tags)
    {
        foreach (string tag in tags)
        {
            list.WriteUInt32(Text(Key(tag)));
            list.WriteUInt32(Text(Value(tag)));
        }

        list.WriteUInt32(0);
    }

    private uint Text(string text)
    {
        int index =
            text.Length == 0 ? _texts.FindIndex(1, t => t.Length == 0) : _texts.IndexOf(text);
        if (index < 0)
        {
            index = _texts.Count;
            _texts.Add(text);
        }

        return (uint)index;
    }

    private static string Key(string tag) => tag[..tag.IndexOf('=', StringComparison.Ordinal)];

    private static string Value(string tag) =>
        tag[(tag.IndexOf('=', StringComparison.Ordinal) + 1)..];

    private long Latitude(OsmNode node) =>
        (long)Math.Round(((node.Latitude * 1e9) - LatitudeOffset) / Granularity);

    private long Longitude(OsmNode node) =>
        (long)Math.Round(((node.Longitude * 1e9) - LongitudeOffset) / Granularity);

    private static void Steps(CodedOutputStream list, IEnumerable<long> numbers)
    {
        long before = 0;
        foreach (long number in numbers)
        {
            list.WriteSInt64(number - before);
            before = number;
        }
    }

    private static byte[] Zipped(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZLibStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(content);
        }

        return bytes.ToArray();
    }
}

internal sealed record OsmNode(long Id, double Latitude, double Longitude, params string[] Tags);

internal sealed record OsmWay(long Id, long[] Nodes, params string[] Tags);
