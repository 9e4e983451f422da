namespace MinaKyukyu.GrpcTests.Fuzz.Requests;

/// <summary>Changes messages, their frames, and how the frames are cut into parts.</summary>
internal static class BodyMutations
{
    /// <summary>Twice the limit of one message, far below the window of a stream.</summary>
    private const int MostMultiplied = 2 * FuzzedServer.Limit;

    private static readonly (string Name, Action<RequestDraft, Random> Apply)[] OfMessages =
    [
        (
            "another flag",
            (d, r) =>
                Change(d, r, m => m with { Flag = r.One<byte>([1, 2, 3, 0x7F, 0x80, 0x81, 0xFF]) })
        ),
        (
            "another length announced",
            (d, r) => Change(d, r, m => m with { Announced = OtherLength(m, r) })
        ),
        (
            "a message of about the limit",
            (d, r) =>
                Change(d, r, _ => MessageFrame.Plain(r.Bytes(FuzzedServer.Limit + r.Next(-1, 2))))
        ),
        ("an empty message", (d, r) => Change(d, r, _ => MessageFrame.Plain([]))),
        ("a message left out", (d, r) => d.Messages.RemoveAt(r.Next(d.Messages.Count))),
        ("a message doubled", (d, r) => d.Messages.Add(r.One(d.Messages))),
        ("many messages", Multiply),
        ("packed as promised", (d, r) => Pack(d, r, plain => (MessageFrame.Gzip(plain), plain))),
        (
            "packed, then cut off",
            (d, r) => Pack(d, r, plain => (CutOff(MessageFrame.Gzip(plain), r), null))
        ),
        (
            "packed, then corrupted",
            (d, r) => Pack(d, r, plain => (Corrupted(MessageFrame.Gzip(plain), r), null))
        ),
        (
            "packed, with something behind",
            (d, r) => Pack(d, r, plain => ([.. MessageFrame.Gzip(plain), .. r.Bytes(9)], null))
        ),
        ("a bomb", (d, r) => Pack(d, r, _ => (MessageFrame.Bomb, null))),
        (
            "a bomb in a bomb",
            (d, r) => Pack(d, r, _ => (MessageFrame.Gzip(MessageFrame.Bomb), MessageFrame.Bomb))
        ),
        ("called packed, and plain", (d, r) => Pack(d, r, plain => (plain, null))),
        ("packed, and nothing in it", (d, r) => Pack(d, r, _ => ([], null))),
        ("packed to the limit", (d, r) => Pack(d, r, _ => AtLimit(r))),
    ];

    private static readonly (string Name, Action<RequestDraft, Random> Apply)[] OfParts =
    [
        ("ends early", (d, r) => d.Parts = [d.Body[..r.Next(d.Body.Length + 1)]]),
        ("octets behind the end", (d, r) => d.Parts.Add(r.Bytes(r.Next(1, 12)))),
        ("octets changed", Flip),
        ("no body", (d, _) => d.Parts = []),
    ];

    public static void OfMessage(RequestDraft draft, Random random)
    {
        if (draft.Messages.Count > 0)
        {
            Do(draft, random, random.One(OfMessages));
        }
    }

    public static void OfPart(RequestDraft draft, Random random) =>
        Do(draft, random, random.One(OfParts));

    /// <summary>Cuts the body anew; that changes nothing of what it says.</summary>
    public static void Split(RequestDraft draft, Random random)
    {
        var body = draft.Body;
        draft.Parts = random.Next(4) switch
        {
            0 => [body],
            1 when body.Length < 400 => [.. body.Select(b => new[] { b })],
            2 =>
            [
                [],
                .. Pieces(body, random),
                [],
            ],
            _ => [.. Pieces(body, random)],
        };
    }

    private static void Do(
        RequestDraft draft,
        Random random,
        (string Name, Action<RequestDraft, Random> Apply) one
    )
    {
        draft.Said.Add(one.Name);
        one.Apply(draft, random);
    }

    private static void Change(
        RequestDraft draft,
        Random random,
        Func<MessageFrame, MessageFrame> change
    )
    {
        var at = random.Next(draft.Messages.Count);
        draft.Messages[at] = change(draft.Messages[at]);
    }

    private static void Pack(
        RequestDraft draft,
        Random random,
        Func<byte[], (byte[] Packed, byte[]? Plain)> pack
    )
    {
        var at = random.Next(draft.Messages.Count);
        var (packed, plain) = pack(draft.Messages[at].Payload);
        draft.Messages[at] = MessageFrame.Packed(packed);
        draft.Known.Add((packed, plain));
        draft.Replace("grpc-encoding", "gzip");
    }

    private static void Multiply(RequestDraft draft, Random random)
    {
        var message = random.One(draft.Messages);
        var most = MostMultiplied / (message.Payload.Length + 5);
        draft.Messages.AddRange(Enumerable.Repeat(message, Math.Min(most, random.One([20, 200]))));
    }

    private static uint OtherLength(MessageFrame message, Random random) =>
        random.One<uint>([
            0,
            1,
            message.Announced - 1,
            message.Announced + 1,
            FuzzedServer.Limit - 1,
            FuzzedServer.Limit,
            FuzzedServer.Limit + 1,
            int.MaxValue - 4,
            int.MaxValue,
            (uint)int.MaxValue + 1,
            (uint)int.MaxValue + 2,
            uint.MaxValue - 4,
            uint.MaxValue,
        ]);

    private static byte[] CutOff(byte[] packed, Random random) =>
        packed.Length < 2 ? [1] : packed[..random.Next(1, packed.Length)];

    /// <summary>
    /// In the checksum and length at the end, or in the compressed octets but for the last, whose rest of bits says nothing; nor
    /// need gzip's first ten octets be right.
    /// </summary>
    private static byte[] Corrupted(byte[] packed, Random random)
    {
        if (packed.Length < 20)
        {
            return [1, 2, 3];
        }

        var at = random.Happens(inPercent: 50)
            ? packed.Length - random.Next(1, 9)
            : random.Next(10, packed.Length - 9);
        packed[at] ^= (byte)(1 << random.Next(8));
        return packed;
    }

    private static (byte[] Packed, byte[]? Plain) AtLimit(Random random)
    {
        var plain = new byte[FuzzedServer.Limit + random.Next(-1, 2)];
        return (MessageFrame.Gzip(plain), plain.Length > FuzzedServer.Limit ? null : plain);
    }

    private static void Flip(RequestDraft draft, Random random)
    {
        var body = draft.Body;
        for (var i = random.Next(1, 4); i > 0 && body.Length > 0; i--)
        {
            // The frames' heads are what the reader decides by, so most changes go there.
            body[
                random.Next(random.Happens(inPercent: 70) ? Math.Min(5, body.Length) : body.Length)
            ] ^= (byte)(1 << random.Next(8));
        }

        draft.Parts = [body];
    }

    private static IEnumerable<byte[]> Pieces(byte[] body, Random random)
    {
        for (var at = 0; at < body.Length; )
        {
            var length = Math.Min(
                random.One([1, 2, 4, 5, 6, 100, 5_000, 16_384]),
                body.Length - at
            );
            yield return body[at..(at + length)];
            at += length;
        }
    }
}
