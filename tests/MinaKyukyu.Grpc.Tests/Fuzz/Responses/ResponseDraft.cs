using MinaKyukyu.GrpcTests.Fuzz.Requests;

namespace MinaKyukyu.GrpcTests.Fuzz.Responses;

/// <summary>How the server stops speaking.</summary>
internal enum ResponseEnd
{
    /// <summary>With trailers.</summary>
    Trailers,

    /// <summary>With its headers, which carry the trailers, too.</summary>
    TrailersOnly,

    /// <summary>With its last message, and without a word.</summary>
    Wordless,

    /// <summary>It takes the stream back.</summary>
    Reset,

    /// <summary>It gives the connection up and says so.</summary>
    GoAway,

    /// <summary>It is gone.</summary>
    Disconnect,

    /// <summary>It does not, and the client has to.</summary>
    Stall,
}

/// <summary>What the caller does of its own accord.</summary>
internal enum CallerHabit
{
    Waits,
    HasDeadline,
    Cancels,
    Disposes,
}

/// <summary>A response on its way from valid to something else.</summary>
internal sealed class ResponseDraft
{
    public required CallKind Kind { get; init; }

    /// <summary>Headers and messages, as on the other side; of its kind counts only whether one message is expected or many.</summary>
    public required RequestDraft Speech { get; init; }

    public List<(string Name, string Value)> Trailers { get; init; } = [("grpc-status", "0")];

    public ResponseEnd End { get; set; } = ResponseEnd.Trailers;

    public uint Code { get; set; }

    /// <summary>Behind how many parts of the body the end comes, when it is none of the orderly ones.</summary>
    public int EndsBehind { get; set; }

    /// <summary>Whether a GOAWAY that spares this call goes before its first message.</summary>
    public bool WarnsFirst { get; set; }

    /// <summary>How many requests are refused unheard (HTTP/2's REFUSED_STREAM, after which HttpClient asks again) before this answer.</summary>
    public int Refuses { get; set; }

    /// <summary>Whether it waits for the end of the request.</summary>
    public bool IsPatient { get; set; } = true;

    public CallerHabit Habit { get; set; } = CallerHabit.Waits;

    public bool AreTrailersInOrder { get; set; } = true;

    public override string ToString() =>
        $"{Kind}, answered {(IsPatient ? "at its end" : "at once")}, {End} {Code}{(Refuses > 0 ? " after a refusal" : "")}, the caller {Habit}: {string.Join("; ", Speech.Said.DefaultIfEmpty("as it should be"))}";
}
