using System.Globalization;

namespace MinaKyukyu.GrpcTests.Fuzz.Requests;

/// <summary>Changes what a request says about itself.</summary>
internal static class HeaderMutations
{
    private static readonly string[] Names =
    [
        "x",
        "patient-card",
        "bad name",
        "Upper-Case",
        "",
        ":unknown",
        ":status",
        ":path",
        "grpc-status",
        "grpc-message",
        "grpc-timeout",
        "grpc-encoding",
        "grpc-status-details-bin",
        "grpc-unheard-of",
        "connection",
        "transfer-encoding",
        "content-length",
        "host",
        "cookie",
        "expect",
        "upgrade",
        "-bin",
        "a-bin",
        "n\u00E4me",
        "name:colon",
    ];

    private static readonly (string Name, Action<RequestDraft, Random> Apply)[] All =
    [
        ("a header left out", (d, r) => d.Headers.RemoveAt(r.Next(d.Headers.Count))),
        ("a header doubled", (d, r) => d.Headers.Add(r.One(d.Headers))),
        (
            "a header with another value",
            (d, r) => Change(d, r, h => (h.Name, r.One(HostileValues.Any)))
        ),
        ("a header with another name", (d, r) => Change(d, r, h => (r.One(Names), h.Value))),
        ("a strange header", (d, r) => d.Headers.Add((r.One(Names), r.One(HostileValues.Any)))),
        ("headers in another order", Shuffle),
        ("a timeout", (d, r) => d.Replace("grpc-timeout", r.One(HostileValues.Timeouts))),
        (
            "two timeouts",
            (d, r) =>
                d.Headers.AddRange([
                    ("grpc-timeout", "20S"),
                    ("grpc-timeout", r.One(HostileValues.Timeouts)),
                ])
        ),
        ("an encoding", (d, r) => d.Replace("grpc-encoding", r.One(HostileValues.Encodings))),
        (
            "two encodings",
            (d, r) =>
                d.Headers.AddRange([
                    ("grpc-encoding", "gzip"),
                    ("grpc-encoding", r.One(HostileValues.Encodings)),
                ])
        ),
        (
            "accepted encodings",
            (d, r) =>
                d.Replace(
                    "grpc-accept-encoding",
                    r.One([.. HostileValues.Encodings, .. HostileValues.Any])
                )
        ),
        ("a content type", (d, r) => d.Replace("content-type", r.One(HostileValues.ContentTypes))),
        (
            "two content types",
            (d, r) => d.Headers.Add(("content-type", r.One(HostileValues.ContentTypes)))
        ),
        (
            "te",
            (d, r) => d.Replace("te", r.One(["", "trailers, deflate", "gzip", "TRAILERS", "x"]))
        ),
        ("binary metadata", (d, r) => d.Replace("patient-name-bin", r.One(HostileValues.Base64))),
        (
            "much binary metadata",
            (d, r) =>
                d.Headers.AddRange(Enumerable.Repeat(("many-bin", r.One(HostileValues.Base64)), 40))
        ),
        ("a path", (d, r) => d.Replace(":path", r.One(HostileValues.Paths))),
        ("a verb", (d, r) => d.Replace(":method", r.One(HostileValues.Verbs))),
        ("a scheme", (d, r) => d.Replace(":scheme", r.One(["https", "ftp", "", "\0"]))),
        (
            "an authority",
            (d, r) =>
                d.Replace(
                    ":authority",
                    r.One([.. HostileValues.Any, "a b", "[::1", "x:99999", "user@host"])
                )
        ),
        (
            "a content length",
            (d, r) =>
                d.Replace(
                    "content-length",
                    r.One([
                        .. HostileValues.Any,
                        "0",
                        Number(d.Body.Length),
                        Number(d.Body.Length + 1),
                    ])
                )
        ),
        ("many headers", (d, r) => d.Headers.AddRange(Many(r.One([60, 120, 500])))),
        (
            "a long header",
            (d, r) =>
                d.Headers.Add(("long", new string('z', r.One([8_000, 31_000, 33_000, 100_000]))))
        ),
    ];

    public static void Apply(RequestDraft draft, Random random)
    {
        var (name, apply) = random.One(All);
        draft.Said.Add(name);
        draft.AreHeadersInOrder = false;
        apply(draft, random);
    }

    private static void Change(
        RequestDraft draft,
        Random random,
        Func<(string Name, string Value), (string, string)> change
    )
    {
        var at = random.Next(draft.Headers.Count);
        draft.Headers[at] = change(draft.Headers[at]);
    }

    private static void Shuffle(RequestDraft draft, Random random)
    {
        var shuffled = draft.Headers.OrderBy(_ => random.Next()).ToArray();
        draft.Headers.Clear();
        draft.Headers.AddRange(shuffled);
    }

    private static IEnumerable<(string, string)> Many(int count) =>
        Enumerable.Range(0, count).Select(i => ("many-" + Number(i), Canaries.CardNumber));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
