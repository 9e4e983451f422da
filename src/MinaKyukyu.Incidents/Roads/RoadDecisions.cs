using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Incidents.Roads;

/// <summary>Why a restriction was not made or not lifted.</summary>
public enum RoadRefusal
{
    /// <summary>Not there, lifted already, or expired: whoever wants it gone has what he wants.</summary>
    RoadRestrictionNotFound = 1,

    /// <summary>It would have ended before it began.</summary>
    RoadRestrictionExpiryPast = 2,

    /// <summary>Longer than <see cref="RoadDecisions.LongestLife"/>.</summary>
    RoadRestrictionExpiryTooFar = 3,

    /// <summary><see cref="RoadDecisions.MostInForce"/> are in force.</summary>
    TooManyRoadRestrictions = 4,
}

/// <summary>What a decision about a restriction says.</summary>
public abstract record RoadDecision
{
    private RoadDecision() { }

    public sealed record Accepted(RoadRestriction Restriction, CommitPart Part) : RoadDecision;

    public sealed record Refused(RoadRefusal Reason) : RoadDecision;

    public static implicit operator RoadDecision(RoadRefusal reason) => new Refused(reason);
}

/// <summary>Making and lifting road restrictions (交通規制): pure. Both stand in the audit chain.</summary>
public static class RoadDecisions
{
    public const string RestrictedEvent = "road.restricted";
    public const string LiftedEvent = "road.restriction-lifted";

    /// <summary>How many hold at once.</summary>
    /// <value>1,000: works, crossings and a night of snow in the largest city; above it somebody's program has gone astray.</value>
    public const int MostInForce = 1_000;

    /// <summary>How far ahead the end of a restriction may lie.</summary>
    /// <value>90 days: a season of road works. Whatever is closed for longer belongs into the road file.</value>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(90);

    /// <param name="by">Role and console, such as <c>Dispatcher/console-1</c>.</param>
    public static RoadDecision Restrict(
        RoadRestrictions roads,
        RoadRestrictionId id,
        RoadReport report,
        string by,
        DateTimeOffset now
    )
    {
        if (report.ExpiresAt <= now)
        {
            return RoadRefusal.RoadRestrictionExpiryPast;
        }

        if (report.ExpiresAt > now + LongestLife)
        {
            return RoadRefusal.RoadRestrictionExpiryTooFar;
        }

        if (roads.ListInForce(now).Count >= MostInForce)
        {
            return RoadRefusal.TooManyRoadRestrictions;
        }

        var made = new RoadRestriction(id, report, by, now);
        return new RoadDecision.Accepted(made, RoadFacts.Write(made));
    }

    /// <inheritdoc cref="Restrict"/>
    public static RoadDecision Lift(
        RoadRestrictions roads,
        RoadRestrictionId id,
        string by,
        DateTimeOffset now
    ) =>
        roads.FindInForce(id, now) is { } known
            ? new RoadDecision.Accepted(known, RoadFacts.Write(id, by, now))
            : RoadRefusal.RoadRestrictionNotFound;
}
