namespace MinaKyukyu.Vocabulary.Incidents;

/// <summary>A fact with a time in the life of an incident (時刻・活動経過), in the usual order.</summary>
public enum MilestoneKind
{
    /// <summary>入電・覚知.</summary>
    CallReceived = 1,

    /// <summary>指令.</summary>
    Dispatched = 2,

    /// <summary>出動.</summary>
    EnRoute = 3,

    /// <summary>現場到着(現着).</summary>
    OnScene = 4,

    /// <summary>接触.</summary>
    PatientContact = 5,

    /// <summary>車内収容.</summary>
    PatientLoaded = 6,

    /// <summary>現場出発(現発).</summary>
    SceneDeparture = 7,

    /// <summary>病院到着.</summary>
    HospitalArrival = 8,

    /// <summary>医師引継ぎ.</summary>
    Handover = 9,

    /// <summary>引揚.</summary>
    Cleared = 10,

    /// <summary>帰署.</summary>
    BackAtStation = 11,
}
