using Google.Protobuf;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.GrpcTests.Fuzz.Protobuf;

namespace MinaKyukyu.GrpcTests.Fuzz.Requests;

/// <summary>Makes requests: each begins as a call in order and is then changed by its structure, or left as it is.</summary>
internal static class RequestGenerator
{
    private const string ContractPath = "/minakyukyu.incident.v1.IncidentService/OpenIncident";

    public static RequestDraft Make(int seed, int exchange)
    {
        var random = FuzzSeed.Of(seed, exchange);
        var draft = Valid(random);
        if (draft.Kind == CallKind.OpenIncident && random.Happens(inPercent: 80))
        {
            Mutate(draft, random);
        }
        else if (random.Happens(inPercent: 55))
        {
            BodyMutations.OfMessage(draft, random);
        }

        draft.Parts = [.. draft.Messages.Select(m => m.ToArray())];
        if (random.Happens(inPercent: 12))
        {
            BodyMutations.OfPart(draft, random);
        }

        for (var more = random.Happens(inPercent: 40); more; more = random.Happens(inPercent: 30))
        {
            HeaderMutations.Apply(draft, random);
        }

        BodyMutations.Split(draft, random);
        ChooseEnd(draft, random);
        return draft;
    }

    /// <summary>A request in order with a body of one frame.</summary>
    public static RequestDraft Plain(CallKind kind, byte[] message, bool isHttp1 = false) =>
        new()
        {
            Kind = kind,
            Headers = Headers(kind, isWeb: isHttp1),
            Parts = [MessageFrame.Plain(message).ToArray()],
            IsHttp1 = isHttp1,
            IsWeb = isHttp1,
        };

    private static RequestDraft Valid(Random random)
    {
        var kind = random.One(Enum.GetValues<CallKind>());
        var isHttp1 = random.Happens(inPercent: 15);
        var isWeb = random.Happens(inPercent: isHttp1 ? 85 : 10);
        var count = kind is CallKind.Collect or CallKind.Talk ? random.Next(5) : 1;
        return new RequestDraft
        {
            Kind = kind,
            Headers = Headers(kind, isWeb),
            Messages =
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(_ => MessageFrame.Plain(Message(kind, random))),
            ],
            IsHttp1 = isHttp1,
            IsWeb = isWeb,
            // HTTP/1.1 carries gRPC-Web alone; anything else is refused in words of HTTP.
            AreHeadersInOrder = !isHttp1 || isWeb,
        };
    }

    private static List<(string Name, string Value)> Headers(CallKind kind, bool isWeb) =>
        [
            (":method", "POST"),
            (":scheme", "http"),
            (":path", kind == CallKind.OpenIncident ? ContractPath : $"/{Echo.ServiceName}/{kind}"),
            (":authority", "localhost"),
            ("content-type", isWeb ? "application/grpc-web+proto" : "application/grpc"),
            ("te", "trailers"),
            ("grpc-accept-encoding", "identity,gzip"),
            ("patient-card", Canaries.CardNumber),
            ("patient-name-bin", Convert.ToBase64String(Canaries.Bytes)),
        ];

    private static byte[] Message(CallKind kind, Random random) =>
        kind switch
        {
            CallKind.OpenIncident => Plea(),
            CallKind.Spread => Canaries.Bytes,
            _ => random.Happens(inPercent: 20)
                ? random.Bytes(random.Next(20_000))
                : [.. Canaries.Bytes, .. random.Bytes(random.Next(30))],
        };

    private static byte[] Plea() =>
        new OpenIncidentRequest
        {
            RequestId = "019d4b6e-7d5c-7a3e-8f00-0123456789ab",
            Remarks = Canaries.Text,
            Call = new CallOrigin { CallbackNumber = Canaries.CardNumber },
            Place = new Place
            {
                Point = new GeoPoint { Latitude = 35.7, Longitude = 139.4 },
            },
        }.ToByteArray();

    private static void Mutate(RequestDraft draft, Random random)
    {
        var message = draft.Messages[0].Payload;
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            message = MessageMutations.Mutate(message, random, draft.Said);
        }

        draft.Messages[0] = MessageFrame.Plain(message);
    }

    private static void ChooseEnd(RequestDraft draft, Random random)
    {
        draft.End = random.Next(100) switch
        {
            < 5 => RequestEnd.Reset,
            < 8 when !draft.IsHttp1 => RequestEnd.Trailers,
            < 10 => RequestEnd.Disconnect,
            _ => RequestEnd.Whole,
        };
        draft.ResetCode = (uint)random.Next(16);
        draft.BreaksChunks = draft.IsHttp1 && random.Happens(inPercent: 10);
        if (draft.BreaksChunks)
        {
            draft.Said.Add("broken chunks");
            draft.AreHeadersInOrder = false;
        }

        if (draft.End != RequestEnd.Whole)
        {
            draft.Said.Add($"ends by {draft.End}");
        }
    }
}
