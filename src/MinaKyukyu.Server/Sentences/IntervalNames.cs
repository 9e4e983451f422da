using MinaKyukyu.Analytics.Intervals;

namespace MinaKyukyu.Server.Sentences;

/// <summary>Intervals by the names of the national statistics, where these have one.</summary>
internal static class IntervalNames
{
    public static (string Ja, string En) Words(IntervalKind kind) =>
        kind switch
        {
            IntervalKind.CallProcessing => ("指令所要時間(入電→指令)", "call processing"),
            IntervalKind.Turnout => ("出動所要時間(指令→出動)", "turnout"),
            IntervalKind.Travel => ("走行時間(出動→現着)", "travel"),
            IntervalKind.TimeToScene => ("現場到着所要時間(入電→現着)", "time to scene"),
            IntervalKind.SceneTime => ("現場滞在時間(現着→現発)", "scene time"),
            IntervalKind.Transport => ("搬送時間(現発→病着)", "transport"),
            IntervalKind.Offload => ("引継ぎ所要時間(病着→医師引継ぎ)", "offload"),
            IntervalKind.TimeToHandover => (
                "病院収容所要時間(入電→医師引継ぎ)",
                "time to handover"
            ),
            IntervalKind.TimeOnTask => ("活動時間(指令→引揚)", "time on task"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
