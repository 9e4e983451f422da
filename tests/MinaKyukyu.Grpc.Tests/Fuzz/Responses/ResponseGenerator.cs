using System.Globalization;
using MinaKyukyu.GrpcTests.Fuzz.Requests;

namespace MinaKyukyu.GrpcTests.Fuzz.Responses;

/// <summary>Makes answers: each begins in order and is then changed by its structure, or left as it is.</summary>
internal static class ResponseGenerator
{
    private static readonly string[] HttpStatuses =
    [
        "100",
        "103",
        "199",
        "201",
        "204",
        "302",
        "400",
        "401",
        "403",
        "404",
        "429",
        "500",
        "502",
        "503",
        "504",
        "599",
        "600",
        "999",
        "1000",
        "20",
        "",
        "abc",
        "-200",
    ];

    private static readonly string[] Statuses =
    [
        "1",
        "2",
        "5",
        "16",
        "17",
        "99",
        "255",
        "256",
        "-1",
        "4294967296",
        "99999999999999999999",
        "",
        " 0",
        "0 ",
        "00",
        "0x0",
        "0,0",
        "abc",
        "OK",
        "٠",
    ];

    private static readonly string[] Names =
    [
        "grpc-status",
        "grpc-message",
        "grpc-encoding",
        "grpc-status-details-bin",
        "a-bin",
        "-bin",
        "x",
        "Upper",
        "bad name",
        "",
        ":status",
        ":path",
        "content-type",
        "content-length",
        "transfer-encoding",
        "connection",
        "n\u00E4me",
    ];

    private static readonly (string Name, Action<ResponseDraft, Random> Apply)[] OfHeaders =
    [
        ("another HTTP status", (d, r) => d.Speech.Replace(":status", r.One(HttpStatuses))),
        (
            "another content type",
            (d, r) => d.Speech.Replace("content-type", r.One(HostileValues.ContentTypes))
        ),
        ("a header left out", (d, r) => d.Speech.Headers.RemoveAt(r.Next(d.Speech.Headers.Count))),
        ("a header doubled", (d, r) => d.Speech.Headers.Add(r.One(d.Speech.Headers))),
        (
            "a strange header",
            (d, r) => d.Speech.Headers.Add((r.One(Names), r.One(HostileValues.Any)))
        ),
        (
            "a status in the headers",
            (d, r) => d.Speech.Headers.Add(("grpc-status", r.One(Statuses)))
        ),
        (
            "another encoding",
            (d, r) => d.Speech.Replace("grpc-encoding", r.One(HostileValues.Encodings))
        ),
        (
            "binary metadata",
            (d, r) => d.Speech.Replace("patient-name-bin", r.One(HostileValues.Base64))
        ),
        ("many headers", (d, r) => d.Speech.Headers.AddRange(Many(r.One([50, 500, 3_000])))),
        (
            "a long header",
            (d, r) =>
                d.Speech.Headers.Add(("long", new string('z', r.One([8_000, 60_000, 70_000]))))
        ),
        (
            "a content length",
            (d, r) =>
                d.Speech.Headers.Add(
                    ("content-length", r.One([.. HostileValues.Any, "0", "1", "1000000"]))
                )
        ),
    ];

    private static readonly (string Name, Action<ResponseDraft, Random> Apply)[] OfTrailers =
    [
        ("another status", (d, r) => d.Trailers[0] = ("grpc-status", r.One(Statuses))),
        ("no status", (d, _) => d.Trailers.RemoveAt(0)),
        ("two statuses", (d, r) => d.Trailers.Add(("grpc-status", r.One(Statuses)))),
        ("a message", (d, r) => d.Trailers.Add(("grpc-message", Sentence(r)))),
        (
            "two messages",
            (d, r) =>
                d.Trailers.AddRange([("grpc-message", Sentence(r)), ("grpc-message", Sentence(r))])
        ),
        (
            "details",
            (d, r) => d.Trailers.Add(("grpc-status-details-bin", r.One(HostileValues.Base64)))
        ),
        (
            "details that are noise",
            (d, r) =>
                d.Trailers.Add(("grpc-status-details-bin", Convert.ToBase64String(r.Bytes(300))))
        ),
        ("a strange trailer", (d, r) => d.Trailers.Add((r.One(Names), r.One(HostileValues.Any)))),
        ("many trailers", (d, r) => d.Trailers.AddRange(Many(r.One([50, 500, 3_000])))),
        ("no trailers at all", (d, _) => d.Trailers.Clear()),
    ];

    public static ResponseDraft Make(int seed, int exchange)
    {
        var random = FuzzSeed.Of(seed, exchange);
        var draft = Valid(
            random.One([CallKind.Unary, CallKind.Collect, CallKind.Spread, CallKind.Talk]),
            random
        );
        if (random.Happens(inPercent: 45))
        {
            BodyMutations.OfMessage(draft.Speech, random);
        }

        draft.Speech.Parts = [.. draft.Speech.Messages.Select(m => m.ToArray())];
        if (random.Happens(inPercent: 12))
        {
            BodyMutations.OfPart(draft.Speech, random);
        }

        if (random.Happens(inPercent: 25))
        {
            draft.Speech.AreHeadersInOrder = false;
            Do(draft, random, random.One(OfHeaders));
        }

        if (random.Happens(inPercent: 40))
        {
            draft.AreTrailersInOrder = false;
            Do(draft, random, random.One(OfTrailers));
        }

        BodyMutations.Split(draft.Speech, random);
        ChooseEnd(draft, random);
        return draft;
    }

    /// <summary>An answer in order.</summary>
    public static ResponseDraft Plain(byte[] message) =>
        new()
        {
            Kind = CallKind.Unary,
            Speech = new RequestDraft
            {
                Kind = CallKind.Unary,
                Headers = Headers(),
                Parts = [MessageFrame.Plain(message).ToArray()],
            },
        };

    private static ResponseDraft Valid(CallKind kind, Random random)
    {
        var isOne = kind is CallKind.Unary or CallKind.Collect;
        return new ResponseDraft
        {
            Kind = kind,
            Speech = new RequestDraft
            {
                Kind = isOne ? CallKind.Unary : CallKind.Talk,
                Headers = Headers(),
                Messages =
                [
                    .. Enumerable
                        .Range(0, isOne ? 1 : random.Next(5))
                        .Select(_ =>
                            MessageFrame.Plain([
                                .. Canaries.Bytes,
                                .. random.Bytes(random.Next(300)),
                            ])
                        ),
                ],
            },
        };
    }

    private static List<(string Name, string Value)> Headers() =>
        [
            (":status", "200"),
            ("content-type", "application/grpc"),
            ("patient-card", Canaries.CardNumber),
            ("patient-name-bin", Convert.ToBase64String(Canaries.Bytes)),
        ];

    private static string Sentence(Random random) =>
        random.One([
            "%",
            "%E",
            "%E5%9C%8F",
            "%FF%FE",
            "%zz%00",
            "%e3%81",
            "plain",
            new string('%', 5_000),
            "\u0080\u00FF",
            "",
        ]);

    private static IEnumerable<(string, string)> Many(int count) =>
        Enumerable
            .Range(0, count)
            .Select(i => (string.Create(CultureInfo.InvariantCulture, $"many-{i}"), "value"));

    private static void Do(
        ResponseDraft draft,
        Random random,
        (string Name, Action<ResponseDraft, Random> Apply) one
    )
    {
        draft.Speech.Said.Add(one.Name);
        one.Apply(draft, random);
    }

    private static void ChooseEnd(ResponseDraft draft, Random random)
    {
        draft.IsPatient = random.Happens(inPercent: 60);
        draft.WarnsFirst = random.Happens(inPercent: 5);
        draft.Refuses = random.Happens(inPercent: 5) ? random.Next(1, 3) : 0;
        draft.EndsBehind = random.Next(-1, draft.Speech.Parts.Count + 1);
        draft.Code = (uint)random.Next(16);
        draft.End = random.Next(100) switch
        {
            < 6 => ResponseEnd.Reset,
            < 9 => ResponseEnd.GoAway,
            < 12 => ResponseEnd.Disconnect,
            < 16 => ResponseEnd.TrailersOnly,
            < 20 => ResponseEnd.Wordless,
            < 23 => ResponseEnd.Stall,
            _ => ResponseEnd.Trailers,
        };
        draft.Habit =
            draft.End == ResponseEnd.Stall || random.Happens(inPercent: 4)
                ? random.One([CallerHabit.HasDeadline, CallerHabit.Cancels, CallerHabit.Disposes])
                : CallerHabit.Waits;
    }
}
