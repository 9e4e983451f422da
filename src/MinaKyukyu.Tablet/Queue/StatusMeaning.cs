using Grpc.Core;

namespace MinaKyukyu.Tablet.Queue;

/// <summary>What is done with a command after a try without an answer that ends it.</summary>
internal enum NextStep
{
    Repeat,
    RepeatAFewTimes,
    GiveBack,
}

/// <summary>What a status means for a command that may have had its effect.</summary>
internal static class StatusMeaning
{
    public static NextStep StepAfter(StatusCode code) =>
        code switch
        {
            // Nobody knows whether it happened, or the server asks to come later.
            StatusCode.Unavailable
            or StatusCode.DeadlineExceeded
            or StatusCode.Cancelled
            or StatusCode.ResourceExhausted
            or StatusCode.Aborted => NextStep.Repeat,
            // The server, or something between, broke at it; perhaps at every try.
            StatusCode.Unknown or StatusCode.Internal or StatusCode.DataLoss =>
                NextStep.RepeatAFewTimes,
            _ => NextStep.GiveBack,
        };
}
