using System.Buffers.Binary;
using MinaKyukyu.GrpcTests.Fuzz.Requests;

namespace MinaKyukyu.GrpcTests.Fuzz.Oracles;

/// <summary>What a body says.</summary>
internal enum BodyVerdict
{
    InOrder,
    Broken,

    /// <summary>Compressed octets that chance has made; only that they get some answer is known.</summary>
    Unknown,
}

/// <summary>Reads a whole body the slow and obvious way, knowing which compressed octets were made well.</summary>
internal static class SlowReader
{
    public static (BodyVerdict Verdict, IReadOnlyList<byte[]> Messages) Read(RequestDraft draft)
    {
        var messages = new List<byte[]>();
        var isPackedAllowed = draft.Header("grpc-encoding") == "gzip";
        for (ReadOnlySpan<byte> left = draft.Body; !left.IsEmpty; )
        {
            if (left.Length < 5 || left[0] > 1)
            {
                return (BodyVerdict.Broken, []);
            }

            var length = BinaryPrimitives.ReadUInt32BigEndian(left[1..]);
            if (length > FuzzedServer.Limit || left.Length - 5 < length)
            {
                return (BodyVerdict.Broken, []);
            }

            var payload = left.Slice(5, (int)length).ToArray();
            if (left[0] == 1)
            {
                if (!isPackedAllowed)
                {
                    return (BodyVerdict.Broken, []);
                }

                var known = draft.Known.FindIndex(k => k.Packed.AsSpan().SequenceEqual(payload));
                if (known < 0)
                {
                    return (BodyVerdict.Unknown, []);
                }

                if (draft.Known[known].Plain is not { Length: <= FuzzedServer.Limit } plain)
                {
                    return (BodyVerdict.Broken, []);
                }

                payload = plain;
            }

            messages.Add(payload);
            left = left[(5 + (int)length)..];
        }

        var isOnlyOne = draft.Kind is not (CallKind.Collect or CallKind.Talk);
        return isOnlyOne && messages.Count != 1
            ? (BodyVerdict.Broken, [])
            : (BodyVerdict.InOrder, messages);
    }
}
