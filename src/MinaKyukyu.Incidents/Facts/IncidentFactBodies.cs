// The bodies of this room's facts, version by version. A version that was ever written is never changed, only joined by the next.
namespace MinaKyukyu.Incidents.Facts;

internal sealed record PlaceV1(
    double? Latitude,
    double? Longitude,
    int Precision,
    double? RadiusMeters,
    string Address,
    int Floor,
    string Landmark
);

internal sealed record CodeV1(string Table, string Value);

/// <param name="Sex">Absent in facts that were written before it was asked for.</param>
internal sealed record PatientV1(
    int Number,
    CodeV1? AgeBand,
    bool ReportedHeadInjury,
    CodeV1? Sex = null
);

internal sealed record OpenedV1(
    string Incident,
    DateTimeOffset CallReceivedAt,
    DateTimeOffset? RecognizedAt,
    PlaceV1 Place,
    int Urgency,
    string Protocol,
    CodeV1? Type,
    CodeV1? Channel,
    int CardReadiness,
    string Remarks,
    PatientV1[] Patients
);

internal sealed record OrderedV1(
    string Incident,
    string Assignment,
    string Unit,
    long Token,
    DateTimeOffset At,
    string? Recommendation,
    CodeV1? OverrideReason,
    string? Replaces
);

/// <summary>Delivered, acknowledged, rolling: what the watch over an order has seen.</summary>
internal sealed record OrderSeenV1(string Incident, string Assignment, DateTimeOffset At);

internal sealed record OrderCancelledV1(
    string Incident,
    string Assignment,
    DateTimeOffset At,
    CodeV1 Reason
);

internal sealed record MilestoneV1(
    string Incident,
    string Milestone,
    string Assignment,
    string Unit,
    int Kind,
    DateTimeOffset OccurredAt,
    DateTimeOffset ReceivedAt,
    string Device,
    bool Late,
    bool Gap,
    double? DistanceToPlaceMeters,
    bool? CardReturned
);

internal sealed record MilestoneWithdrawnV1(
    string Incident,
    string Milestone,
    DateTimeOffset At,
    string Device,
    bool WasUsed,
    bool UnitIsElsewhere
);

internal sealed record HospitalInquiryV1(
    string Incident,
    string Assignment,
    string Hospital,
    int Patient,
    int State,
    CodeV1? RefusalReason,
    DateTimeOffset At
);

internal sealed record OutcomeV1(
    string Incident,
    int Patient,
    bool Transported,
    CodeV1? NoTransportReason,
    CodeV1? Severity,
    DateTimeOffset At
);

internal sealed record CancelledV1(string Incident, CodeV1 Reason, DateTimeOffset At);

internal sealed record CardStepV1(
    string Incident,
    int Patient,
    int State,
    CodeV1? Reason,
    string Level,
    DateTimeOffset At
);
