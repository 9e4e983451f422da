using Microsoft.Extensions.Logging;

namespace MinaKyukyu.Server;

/// <summary>Written for the night shift. Events 9000–9099.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(
        9000,
        LogLevel.Warning,
        "Demo identities: every call is believed about who it is. Never with real patients; this address is loopback."
    )]
    public static partial void DemoIdentities(ILogger logger);

    [LoggerMessage(
        9001,
        LogLevel.Critical,
        "The journal failed ({Failure}); this process ends and the next one reads the disk."
    )]
    public static partial void JournalFailed(ILogger logger, string failure);

    [LoggerMessage(
        9002,
        LogLevel.Warning,
        "Card levels below C are open by a simulated approval. Never with real patients."
    )]
    public static partial void SimulatedApproval(ILogger logger);

    [LoggerMessage(
        9040,
        LogLevel.Warning,
        "An emergency read (緊急閲覧) waits for the department's officer: grant {GrantId}, incident {IncidentId}, unit {UnitId}. It is closed on /oversight."
    )]
    public static partial void EmergencyReadWaits(
        ILogger logger,
        string grantId,
        string incidentId,
        string unitId
    );

    [LoggerMessage(
        9041,
        LogLevel.Warning,
        "Oversight could not read the audit chain ({Failure}); it looks again in ten seconds."
    )]
    public static partial void OversightStumbled(ILogger logger, string failure);

    [LoggerMessage(
        9042,
        LogLevel.Warning,
        "How the reading under grant {GrantId} ended could not be written to the audit chain; that it was opened stands there."
    )]
    public static partial void ReadingEndNotWritten(ILogger logger, string grantId);

    [LoggerMessage(
        9020,
        LogLevel.Warning,
        "Nobody was named who could say whether a card is revoked (--ocsp, --crl). Test cards are accepted with a note, production cards are refused."
    )]
    public static partial void NoRevocationSource(ILogger logger);

    [LoggerMessage(
        9021,
        LogLevel.Error,
        "The audit row of a card's second check could not be written for grant {Grant}"
    )]
    public static partial void RecheckNotWritten(ILogger logger, string grant);

    [LoggerMessage(
        9022,
        LogLevel.Error,
        "A round of revocation checking failed with {Kind}; the next one comes"
    )]
    public static partial void RevocationRoundFailed(ILogger logger, string kind);

    [LoggerMessage(
        9023,
        LogLevel.Error,
        "The road file's times for these hours are damaged; those of {Part} go on answering. Check it with: mina roads info --verify"
    )]
    public static partial void RoadsOfOtherHours(ILogger logger, string part);

    [LoggerMessage(
        9024,
        LogLevel.Error,
        "The model of the time to scene gave no usable answer ({Fault}); advice goes on with the road's times and says so"
    )]
    public static partial void ModelFailed(ILogger logger, string fault);

    [LoggerMessage(
        9025,
        LogLevel.Information,
        "The time to scene is told by the model {Name} {Version} ({Provider})"
    )]
    public static partial void ModelInForce(
        ILogger logger,
        string name,
        int version,
        string provider
    );

    [LoggerMessage(
        9026,
        LogLevel.Error,
        "A model of the time to scene is refused: {Reason}. What was in force stays; with none, advice is given by the road's times"
    )]
    public static partial void ModelRefused(ILogger logger, string reason);

    [LoggerMessage(
        9027,
        LogLevel.Information,
        "A new model of the time to scene is in force: better by {GainSeconds:0.0} s of pinball loss (at least {LeastGainSeconds:0.0} s) over {Runs} runs"
    )]
    public static partial void ModelPromoted(
        ILogger logger,
        double gainSeconds,
        double leastGainSeconds,
        int runs
    );

    [LoggerMessage(
        9028,
        LogLevel.Information,
        "Last night's model is not better ({GainSeconds:0.0} s of pinball loss, at least {LeastGainSeconds:0.0} s, over {Runs} runs); the one in force stays"
    )]
    public static partial void ModelNotBetter(
        ILogger logger,
        double gainSeconds,
        double leastGainSeconds,
        int runs
    );

    [LoggerMessage(9029, LogLevel.Error, "Last night's learning failed: {Reason}")]
    public static partial void LearningFailed(ILogger logger, string reason);
}
