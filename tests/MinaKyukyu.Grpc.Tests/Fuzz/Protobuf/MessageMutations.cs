namespace MinaKyukyu.GrpcTests.Fuzz.Protobuf;

/// <summary>Changes a protobuf message by its structure; what comes out may be valid, broken, or valid and senseless.</summary>
internal static class MessageMutations
{
    /// <summary>Google.Protobuf follows messages and groups 100 deep; what lies below must be refused, not followed.</summary>
    private static readonly int[] Depths = [2, 99, 100, 101, 1_000, 5_000];

    private static readonly ulong[] Numbers =
    [
        0,
        1,
        127,
        128,
        int.MaxValue,
        (ulong)int.MaxValue + 1,
        uint.MaxValue,
        long.MaxValue,
        (ulong)long.MaxValue + 1,
        ulong.MaxValue,
    ];

    /// <summary>The least, the reserved, the greatest, and what no field may have.</summary>
    private static readonly uint[] FieldNumbers =
    [
        0,
        1,
        2,
        15,
        16,
        19_000,
        536_870_911,
        536_870_912,
    ];

    private static readonly byte[][] BrokenTexts =
    [
        [0x80],
        [0xC0, 0x80],
        [0xED, 0xA0, 0x80],
        [0xF5, 0x80, 0x80, 0x80],
        [0xE3, 0x81],
        [0x00],
        "\u202E\uFEFF\u0000\uFFFF"u8.ToArray(),
        [.. Enumerable.Repeat((byte)'%', 3_000)],
    ];

    private static readonly (string Name, Func<List<WireField>, Random, byte[]> Make)[] All =
    [
        ("field left out", (f, r) => Joined(f.Where((_, i) => i != r.Next(f.Count)))),
        ("field doubled", (f, r) => Joined([.. f, r.One(f)])),
        ("fields in another order", (f, r) => Joined(f.OrderBy(_ => r.Next()))),
        (
            "another field number",
            (f, r) => Changed(f, r, x => x with { Number = r.One(FieldNumbers) })
        ),
        (
            "a neighbour's field number",
            (f, r) => Changed(f, r, x => x with { Number = r.One(f).Number })
        ),
        ("another wire type", (f, r) => Changed(f, r, x => x with { WireType = (uint)r.Next(8) })),
        ("another value of the same form", (f, r) => Changed(f, r, x => OtherValue(x, r))),
        (
            "text that is no UTF-8",
            (f, r) =>
                Changed(
                    f,
                    r,
                    x => x with { WireType = WireField.Delimited, Value = r.One(BrokenTexts) }
                )
        ),
        (
            "a long text",
            (f, r) =>
                Changed(f, r, x => x with { WireType = WireField.Delimited, Value = LongText(r) })
        ),
        (
            "an empty value",
            (f, r) => Changed(f, r, x => x with { WireType = WireField.Delimited, Value = [] })
        ),
        ("a wrong length", WrongLength),
        ("an overlong number", (f, r) => Changed(f, r, x => Overlong(x, r))),
        ("numbers packed or unpacked", (f, r) => Changed(f, r, x => Packed(x, r))),
        (
            "nested in itself",
            (f, r) =>
                Changed(
                    f,
                    r,
                    x =>
                        x with
                        {
                            WireType = WireField.Delimited,
                            Value = Nested(x.Number, r.One(Depths)),
                        }
                )
        ),
        ("groups", (f, r) => [.. Joined(f), .. Groups(r)]),
        ("unknown fields", (f, r) => Joined(f.Concat(Unknown(r)))),
        ("ends early", (f, r) => Cut(Joined(f), r)),
        ("octets changed", (f, r) => Flipped(Joined(f), r)),
        ("octets behind the end", (f, r) => [.. Joined(f), .. r.Bytes(r.Next(1, 40))]),
        ("noise", (_, r) => r.Bytes(r.Next(200))),
    ];

    /// <summary>Mutates the message, or a message inside it.</summary>
    /// <param name="said">What was done, in words.</param>
    public static byte[] Mutate(byte[] message, Random random, List<string> said, int depth = 0)
    {
        var fields = WireField.Parse(message);
        if (fields is not { Count: > 0 })
        {
            fields = [new WireField(1, WireField.Delimited, Canaries.Bytes)];
        }

        var inner = random.Next(fields.Count);
        if (
            depth < 6
            && fields[inner].WireType == WireField.Delimited
            && WireField.Parse(fields[inner].Value) is { Count: > 0 }
            && random.Happens(inPercent: 40)
        )
        {
            fields[inner] = fields[inner] with
            {
                Value = Mutate(fields[inner].Value, random, said, depth + 1),
            };
            return Joined(fields);
        }

        var (name, make) = random.One(All);
        said.Add(name);
        return make(fields, random);
    }

    private static byte[] Joined(IEnumerable<WireField> fields) =>
        [.. fields.SelectMany(f => f.ToArray())];

    private static byte[] Changed(
        List<WireField> fields,
        Random random,
        Func<WireField, WireField> change
    )
    {
        var at = random.Next(fields.Count);
        return Joined(fields.Select((field, i) => i == at ? change(field) : field));
    }

    private static WireField OtherValue(WireField field, Random random) =>
        field.WireType switch
        {
            WireField.Varint => field with { Value = WireField.Number64(random.One(Numbers)) },
            WireField.Fixed64 => field with
            {
                Value = BitConverter.GetBytes(
                    random.One([
                        double.NaN,
                        double.PositiveInfinity,
                        double.NegativeInfinity,
                        double.MaxValue,
                        -0.0,
                        1e300,
                        double.Epsilon,
                        91,
                        181,
                        -181,
                    ])
                ),
            },
            WireField.Fixed32 => field with { Value = random.Bytes(4) },
            _ => field with
            {
                Value = random.Happens(inPercent: 50)
                    ? Canaries.Bytes
                    : random.Bytes(random.Next(40)),
            },
        };

    private static byte[] LongText(Random random) =>
        [.. Enumerable.Repeat(Canaries.Bytes, random.One([10, 100, 500])).SelectMany(b => b)];

    private static byte[] WrongLength(List<WireField> fields, Random random)
    {
        var field = random.One(fields);
        return
        [
            .. Joined(fields.Where(f => f != field)),
            .. (field with { WireType = WireField.Delimited }).Tag,
            .. WireField.Number64(random.One(Numbers)),
            .. field.Value,
        ];
    }

    /// <summary>Ten octets are the most that a number may have; the eleventh must be refused.</summary>
    private static WireField Overlong(WireField field, Random random) =>
        field with
        {
            WireType = WireField.Varint,
            Value = [.. Enumerable.Repeat((byte)0x81, random.One([2, 9, 10, 11, 50])), 0],
        };

    private static WireField Packed(WireField field, Random random) =>
        field.WireType == WireField.Delimited
            ? field with
            {
                WireType = WireField.Varint,
                Value = WireField.Number64(random.One(Numbers)),
            }
            : field with
            {
                WireType = WireField.Delimited,
                Value =
                [
                    .. Enumerable.Range(0, random.Next(1, 2_000)).SelectMany(_ => field.Value),
                ],
            };

    private static byte[] Nested(uint number, int depth)
    {
        // From the inside out; beyond some depth the lengths alone fill the message, which is the point.
        byte[] inner = [];
        for (var i = 0; i < Math.Min(depth, 1_500); i++)
        {
            inner = new WireField(number, WireField.Delimited, inner).ToArray();
        }

        return inner;
    }

    private static byte[] Groups(Random random)
    {
        var start = new WireField(random.One([1u, 900u]), WireField.GroupStart, []).Tag;
        var end = new WireField(random.One([1u, 900u]), WireField.GroupEnd, []).Tag;
        var depth = random.One(Depths);
        var ends = random.One([0, 1, depth, depth + 1]);
        return
        [
            .. Enumerable.Repeat(start, depth).SelectMany(b => b),
            .. Enumerable.Repeat(end, ends).SelectMany(b => b),
        ];
    }

    private static IEnumerable<WireField> Unknown(Random random) =>
        Enumerable
            .Range(0, random.One([1, 10, 1_000]))
            .Select(i => new WireField((uint)(900 + i), WireField.Delimited, Canaries.Bytes[..8]));

    private static byte[] Cut(byte[] message, Random random) =>
        message[..random.Next(message.Length)];

    private static byte[] Flipped(byte[] message, Random random)
    {
        for (var i = random.Next(1, 5); i > 0 && message.Length > 0; i--)
        {
            message[random.Next(message.Length)] ^= (byte)(1 << random.Next(8));
        }

        return message;
    }
}
