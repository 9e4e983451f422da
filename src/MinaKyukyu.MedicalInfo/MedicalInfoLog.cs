using Microsoft.Extensions.Logging;
using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.MedicalInfo;

/// <summary>What the night shift reads about medical summaries. Events 7000 to 7999; a number is never used again. No medical content.</summary>
internal static partial class MedicalInfoLog
{
    [LoggerMessage(
        7001,
        LogLevel.Warning,
        "No {Kind} from the source of records for {PatientRef}: {Reason}"
    )]
    public static partial void SourceUnavailable(
        ILogger logger,
        RecordKind kind,
        PatientRef patientRef,
        UnavailableReason reason
    );

    [LoggerMessage(
        7002,
        LogLevel.Critical,
        "The source of records answered {Kind} for {PatientRef} with somebody else's or an old answer; it is quarantined and not shown"
    )]
    public static partial void AnswerQuarantined(
        ILogger logger,
        RecordKind kind,
        PatientRef patientRef
    );

    [LoggerMessage(
        7003,
        LogLevel.Error,
        "{Count} rows of {Kind} for {PatientRef} carry a disclosure tag that we do not know; they are withheld, ask the source what it means"
    )]
    public static partial void UnknownTagWithheld(
        ILogger logger,
        RecordKind kind,
        PatientRef patientRef,
        int count
    );

    [LoggerMessage(
        7004,
        LogLevel.Warning,
        "{Count} rows of {Kind} for {PatientRef} could not be read; the section is shown as incomplete"
    )]
    public static partial void RowsUnreadable(
        ILogger logger,
        RecordKind kind,
        PatientRef patientRef,
        int count
    );

    [LoggerMessage(
        7005,
        LogLevel.Error,
        "A cached {Kind} of {Incident} did not open under its own seal; it counts as a miss"
    )]
    public static partial void SealBroken(ILogger logger, RecordKind kind, IncidentId incident);

    [LoggerMessage(
        7006,
        LogLevel.Information,
        "The medical data of {Incident} are purged: {Patients} keys destroyed"
    )]
    public static partial void Purged(ILogger logger, IncidentId incident, int patients);

    [LoggerMessage(
        7007,
        LogLevel.Warning,
        "The second level of the summary cache rests after repeated failures; summaries come without it"
    )]
    public static partial void SecondLevelRests(ILogger logger);

    [LoggerMessage(
        7008,
        LogLevel.Error,
        "The source of records rests after repeated failures; crews are told to ask by mouth"
    )]
    public static partial void SourceRests(ILogger logger);

    [LoggerMessage(
        7009,
        LogLevel.Warning,
        "A text of {Kind} for {PatientRef} held a run of twelve digits; the digits are masked"
    )]
    public static partial void DigitsMasked(ILogger logger, RecordKind kind, PatientRef patientRef);

    [LoggerMessage(
        7010,
        LogLevel.Critical,
        "The fetch of {Kind} for {PatientRef} broke off by a defect of ours ({Failure}); it is shown as no answer"
    )]
    public static partial void FlightBroken(
        ILogger logger,
        RecordKind kind,
        PatientRef patientRef,
        string failure
    );
}
