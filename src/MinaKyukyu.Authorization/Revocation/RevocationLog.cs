using Microsoft.Extensions.Logging;

namespace MinaKyukyu.Authorization.Revocation;

/// <summary>What the night shift reads about revocation. Events 6100 to 6199; a number is never used again. Never a certificate, a serial number or an address inside one.</summary>
internal static partial class RevocationLog
{
    [LoggerMessage(
        6101,
        LogLevel.Warning,
        "A card's revocation could not be asked at the responder: {Problem}; the next best evidence decides"
    )]
    public static partial void NoAnswer(ILogger logger, OcspProblem problem);

    [LoggerMessage(
        6102,
        LogLevel.Critical,
        "An answer about a card's revocation is not genuine ({Problem}); the card is refused. Somebody may stand between this server and the responder"
    )]
    public static partial void AnswerForged(ILogger logger, OcspProblem problem);

    [LoggerMessage(6103, LogLevel.Warning, "A revocation list could not be fetched")]
    public static partial void ListUnreachable(ILogger logger);

    [LoggerMessage(6104, LogLevel.Error, "A revocation list is not used: {Problem}")]
    public static partial void ListRefused(ILogger logger, CrlProblem problem);

    [LoggerMessage(
        6105,
        LogLevel.Critical,
        "A card that was let in while its revocation was unknown is {Tier}; grant {Grant} was ended, tell the information officer"
    )]
    public static partial void GrantEnded(ILogger logger, RevocationTier tier, string grant);
}
