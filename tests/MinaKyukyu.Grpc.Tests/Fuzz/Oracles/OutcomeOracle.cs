using System.Globalization;
using Grpc.Core;
using MinaKyukyu.GrpcTests.Fuzz.Responses;

namespace MinaKyukyu.GrpcTests.Fuzz.Oracles;

/// <summary>Whether a call ended in a way that callers know, and in the one that the answer deserves.</summary>
internal static class OutcomeOracle
{
    /// <exception cref="FuzzFinding">It did not.</exception>
    public static void Judge(ResponseDraft draft, CallOutcome outcome)
    {
        if (outcome.Failure is not (null or RpcException))
        {
            throw new FuzzFinding(
                FindingKind.Unforeseen,
                outcome.Failure.ToString(),
                outcome.Failure
            );
        }

        // Of what lies behind it only our own words are held to this: HttpClient quotes a status line that it cannot read.
        if (Canaries.FindIn(outcome.Failure?.Message) is { } canary)
        {
            throw new FuzzFinding(FindingKind.Canary, $"{canary} in {outcome.Failure!.Message}");
        }

        if (outcome.Status is { } status && (int)status is < 0 or > 16)
        {
            throw new FuzzFinding(FindingKind.NotAnAnswer, outcome.Word);
        }

        if (!IsDeserved(draft, outcome))
        {
            throw new FuzzFinding(
                FindingKind.WrongOutcome,
                $"{outcome.Word} with {outcome.Messages.Count} messages\n{outcome.Failure}"
            );
        }
    }

    private static bool IsDeserved(ResponseDraft draft, CallOutcome outcome)
    {
        if (
            outcome.Status is StatusCode.Cancelled or StatusCode.DeadlineExceeded
            && !MayBeGivenUp(draft)
        )
        {
            return false;
        }

        if (!draft.Speech.AreHeadersInOrder)
        {
            return true;
        }

        if (draft.End == ResponseEnd.Stall)
        {
            return outcome.Status is not StatusCode.OK;
        }

        if (draft.Habit != CallerHabit.Waits || draft.Refuses > 0)
        {
            return true;
        }

        var isOne = draft.Speech.Kind == Requests.CallKind.Unary;
        return draft.End switch
        {
            // Without a status nothing has ended well, whatever came before.
            ResponseEnd.Wordless
            or ResponseEnd.Reset
            or ResponseEnd.GoAway
            or ResponseEnd.Disconnect => outcome.Status is not StatusCode.OK,
            ResponseEnd.TrailersOnly => StatusOf(draft) is not { } said
                || (
                    said == StatusCode.OK && isOne
                        ? outcome.Status != StatusCode.OK
                        : outcome.Status == said
                ),
            _ => IsAsRead(draft, outcome),
        };
    }

    /// <summary>A caller who only waits gives nothing up, so he hears of it only where the server says so: status 1, or error code 8.</summary>
    private static bool MayBeGivenUp(ResponseDraft draft) =>
        draft.Habit != CallerHabit.Waits
        || (draft.End is ResponseEnd.Reset or ResponseEnd.GoAway && draft.Code == 8)
        || draft.Trailers.Concat(draft.Speech.Headers).Any(h => h.Value.Trim() == "1");

    private static bool IsAsRead(ResponseDraft draft, CallOutcome outcome)
    {
        var (verdict, messages) = SlowReader.Read(draft.Speech);
        return verdict switch
        {
            BodyVerdict.Unknown => true,
            BodyVerdict.Broken => outcome.Status != StatusCode.OK,
            _ => StatusOf(draft) is not { } said
                || (
                    outcome.Status == said
                    && (
                        said != StatusCode.OK
                        || messages
                            .Zip(outcome.Messages, (a, b) => a.SequenceEqual(b))
                            .All(same => same)
                            && messages.Count == outcome.Messages.Count
                    )
                ),
        };
    }

    /// <summary>The status of trailers that can be read in one way only.</summary>
    private static StatusCode? StatusOf(ResponseDraft draft)
    {
        if (draft.AreTrailersInOrder)
        {
            return StatusCode.OK;
        }

        return
            draft.Trailers is [("grpc-status", var text)]
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? code <= 16
                ? (StatusCode)code
                : StatusCode.Unknown
            : null;
    }
}
