namespace MinaKyukyu.Analytics.Intervals;

/// <summary>A span between two milestones of one incident.</summary>
public enum IntervalKind
{
    /// <summary>指令所要時間: <c>CallReceived</c> → <c>Dispatched</c>.</summary>
    CallProcessing = 1,

    /// <summary>出動所要時間: <c>Dispatched</c> → <c>EnRoute</c>.</summary>
    Turnout = 2,

    /// <summary>走行時間: <c>EnRoute</c> → <c>OnScene</c>.</summary>
    Travel = 3,

    /// <summary>現場到着所要時間: <c>CallReceived</c> → <c>OnScene</c>; the national figure, counted from the call and not from the order.</summary>
    TimeToScene = 4,

    /// <summary>現場滞在時間: <c>OnScene</c> → <c>SceneDeparture</c>.</summary>
    SceneTime = 5,

    /// <summary>搬送時間: <c>SceneDeparture</c> → <c>HospitalArrival</c>.</summary>
    Transport = 6,

    /// <summary>引継ぎ所要時間: <c>HospitalArrival</c> → <c>Handover</c>.</summary>
    Offload = 7,

    /// <summary>病院収容所要時間: <c>CallReceived</c> → <c>Handover</c> to a physician; the national figure.</summary>
    TimeToHandover = 8,

    /// <summary>活動時間: <c>Dispatched</c> → <c>Cleared</c>.</summary>
    TimeOnTask = 9,
}

/// <summary>Why an incident has no such interval. Every report shows used and excluded.</summary>
public enum ExclusionReason
{
    /// <summary>The milestone at which it begins was never told, or was taken back.</summary>
    MissingStart = 1,

    /// <summary>It began; the milestone at which it ends was never told, was taken back, or has not come yet.</summary>
    MissingEnd = 2,

    /// <summary>Both were told, the end before the start: a clock or a tap was wrong, and we do not guess which.</summary>
    OutOfOrder = 3,

    /// <summary>The order or the incident was cancelled before the run came so far.</summary>
    Cancelled = 4,

    /// <summary>Nobody was carried, so there is no such part of the run.</summary>
    NoTransport = 5,
}
