using System.Collections.Immutable;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Analytics.Intervals;

/// <summary>Between which milestones an interval lies.</summary>
/// <param name="Code">Its name on the wire and in exports, such as <c>TIME_TO_SCENE</c>; never changed once published.</param>
public sealed record IntervalDefinition(
    IntervalKind Kind,
    string Code,
    MilestoneKind Start,
    MilestoneKind End
)
{
    /// <summary>All intervals, in the order in which a report shows them.</summary>
    public static ImmutableArray<IntervalDefinition> All { get; } =
    [
        new(
            IntervalKind.CallProcessing,
            "CALL_PROCESSING",
            MilestoneKind.CallReceived,
            MilestoneKind.Dispatched
        ),
        new(IntervalKind.Turnout, "TURNOUT", MilestoneKind.Dispatched, MilestoneKind.EnRoute),
        new(IntervalKind.Travel, "TRAVEL", MilestoneKind.EnRoute, MilestoneKind.OnScene),
        new(
            IntervalKind.TimeToScene,
            "TIME_TO_SCENE",
            MilestoneKind.CallReceived,
            MilestoneKind.OnScene
        ),
        new(
            IntervalKind.SceneTime,
            "SCENE_TIME",
            MilestoneKind.OnScene,
            MilestoneKind.SceneDeparture
        ),
        new(
            IntervalKind.Transport,
            "TRANSPORT",
            MilestoneKind.SceneDeparture,
            MilestoneKind.HospitalArrival
        ),
        new(IntervalKind.Offload, "OFFLOAD", MilestoneKind.HospitalArrival, MilestoneKind.Handover),
        new(
            IntervalKind.TimeToHandover,
            "TIME_TO_HANDOVER",
            MilestoneKind.CallReceived,
            MilestoneKind.Handover
        ),
        new(
            IntervalKind.TimeOnTask,
            "TIME_ON_TASK",
            MilestoneKind.Dispatched,
            MilestoneKind.Cleared
        ),
    ];

    public static IntervalDefinition Get(IntervalKind kind) => All.First(d => d.Kind == kind);

    /// <summary>A reason's name on the wire and in exports, such as <c>MISSING_END</c>.</summary>
    public static string CodeOf(ExclusionReason reason) =>
        reason switch
        {
            ExclusionReason.MissingStart => "MISSING_START",
            ExclusionReason.MissingEnd => "MISSING_END",
            ExclusionReason.OutOfOrder => "OUT_OF_ORDER",
            ExclusionReason.Cancelled => "CANCELLED",
            ExclusionReason.NoTransport => "NO_TRANSPORT",
            _ => throw new ArgumentOutOfRangeException(nameof(reason)),
        };
}
