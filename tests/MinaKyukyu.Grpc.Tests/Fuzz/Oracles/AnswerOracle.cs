using Grpc.Core;
using MinaKyukyu.GrpcTests.Fuzz.Requests;

namespace MinaKyukyu.GrpcTests.Fuzz.Oracles;

/// <summary>Whether an answer is one at all, and the one that the request deserves.</summary>
internal static class AnswerOracle
{
    /// <summary>HTTP/2's INTERNAL_ERROR: somebody did not catch an exception.</summary>
    private const uint InternalError = 2;

    /// <exception cref="FuzzFinding">It is not.</exception>
    public static void Judge(RequestDraft draft, Answer answer)
    {
        if (Canaries.FindIn(answer.Words) is { } canary)
        {
            throw new FuzzFinding(FindingKind.Canary, $"{canary} in {answer.Words}");
        }

        if (answer.End is AnswerEnd.Reset or AnswerEnd.GoAway && answer.Code == InternalError)
        {
            throw new FuzzFinding(FindingKind.Unforeseen, answer.ToString());
        }

        if (answer.End == AnswerEnd.Whole)
        {
            JudgeForm(answer);
        }

        if (draft.AreHeadersInOrder && draft.End == RequestEnd.Whole)
        {
            JudgeOutcome(draft, answer);
        }
    }

    private static void JudgeForm(Answer answer)
    {
        if (answer.HttpStatus is null or < 200 or > 599 || (answer.IsGrpc && answer.Status is null))
        {
            throw new FuzzFinding(FindingKind.NotAnAnswer, $"{answer}\n{answer.Words}");
        }

        // Nothing in these services fails, and no name is given to what went wrong in ours.
        if (answer.HttpStatus == 500 || answer.Status == StatusCode.Unknown)
        {
            throw new FuzzFinding(FindingKind.Unforeseen, answer.ToString());
        }
    }

    private static void JudgeOutcome(RequestDraft draft, Answer answer)
    {
        var (verdict, messages) = SlowReader.Read(draft);
        var isServed = answer is { End: AnswerEnd.Whole, Status: StatusCode.OK };
        var isRight = verdict switch
        {
            BodyVerdict.Unknown => true,
            BodyVerdict.Broken => answer
                is { End: AnswerEnd.Whole, Status: not (StatusCode.OK or null) },
            // What bytes mean to the contract is for its parser to say: it reads them, or it does not.
            _ when draft.Kind == CallKind.OpenIncident => answer
                is { End: AnswerEnd.Whole, Status: StatusCode.OK or StatusCode.Internal },
            _ => isServed && IsEchoed(draft.Kind, messages, answer.Messages),
        };
        if (!isRight)
        {
            throw new FuzzFinding(
                FindingKind.WrongOutcome,
                $"the body is {verdict}, the answer {answer} with {answer.Messages.Count} messages"
            );
        }
    }

    private static bool IsEchoed(
        CallKind kind,
        IReadOnlyList<byte[]> sent,
        IReadOnlyList<byte[]> received
    ) =>
        Joined(sent).SequenceEqual(Joined(received))
        && (kind is not (CallKind.Unary or CallKind.Talk) || sent.Count == received.Count);

    private static IEnumerable<byte> Joined(IEnumerable<byte[]> messages) =>
        messages.SelectMany(m => m);
}
