using System.Collections.Immutable;
using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Dispatch.Recommendation;

/// <summary>How much advice could rest on; better ones first.</summary>
public enum RecommendationLevel
{
    FullModel = 1,
    RouterOnly = 2,
    StraightLine = 3,
    StaticOrder = 4,
}

/// <summary>Which units, in which order, and why; and why not the others. Advice, never an order. Id and time are the caller's to give.</summary>
/// <param name="LevelReason">Why this level and not a better one.</param>
/// <param name="Candidates">Ranked; at most as many as were asked for.</param>
/// <param name="CandidateCount">How many there were before the list was cut.</param>
/// <param name="Excluded">Every other unit of the plan with its reason, in the plan's order.</param>
/// <param name="Nobody">Why nobody can be ordered now; null when somebody can. Units that are soon free may be listed even so.</param>
public sealed record UnitRecommendation(
    RecommendationLevel Level,
    Reason LevelReason,
    ImmutableArray<UnitCandidate> Candidates,
    int CandidateCount,
    ImmutableArray<ExcludedUnit> Excluded,
    Reason? Nobody
)
{
    /// <summary>The only policy that there is by default: smallest time first.</summary>
    public const string Nearest = "nearest";

    public string Policy { get; init; } = Nearest;

    /// <summary>The metric of the roads that the times are of, by its version; null where no road was used.</summary>
    public string? RoadMetricVersion { get; init; }

    /// <summary>What all candidates shared.</summary>
    public required SceneConditions Scene { get; init; }

    /// <summary>The model that the times are of; null at every level but <see cref="RecommendationLevel.FullModel"/>.</summary>
    public ModelIdentity? Model { get; init; }

    /// <summary>With <see cref="ReasonCode.ModelFailed"/>: what was wrong, for the log; else null. Names nobody.</summary>
    public string? ModelFault { get; init; }

    /// <summary>The unit that an order follows the advice with; null when nobody can be ordered now.</summary>
    public UnitId? Advised =>
        Candidates is [{ CanBeOrderedNow: true } first, ..] ? first.Unit : null;
}

/// <summary>One unit that may go. All times run from the moment of the advice.</summary>
/// <param name="Rank">From 1.</param>
/// <param name="EtaP50">Until on scene, in whole milliseconds: free in + turnout + road, with a model free in + its median; null where the level cannot say.</param>
/// <param name="Turnout">The model's median, else the rule's; null where the level cannot say.</param>
/// <param name="Road">The drive alone, in whole milliseconds; null where the level cannot say.</param>
/// <param name="FreeIn">Expected time until it is free; null when it is free now.</param>
/// <param name="PositionAge">Age of what its place is known from; null at its station.</param>
/// <param name="PlaceDoubt">Travel time by which the unsure place may change the arrival, either way.</param>
public sealed record UnitCandidate(
    UnitId Unit,
    int Rank,
    TimeSpan? EtaP50,
    TimeSpan? Turnout,
    TimeSpan? Road,
    TimeSpan? FreeIn,
    TimeSpan? PositionAge,
    TimeSpan? PlaceDoubt,
    ImmutableArray<Reason> Reasons
)
{
    /// <summary>No model, no quantile.</summary>
    public TimeSpan? EtaP10 { get; init; }

    /// <inheritdoc cref="EtaP10"/>
    public TimeSpan? EtaP90 { get; init; }

    /// <summary>The model's median of what is left before the order; null without a model.</summary>
    public TimeSpan? CallProcessing { get; init; }

    /// <summary>The model's median from rolling until on scene; null without a model.</summary>
    public TimeSpan? Travel { get; init; }

    /// <summary>The drive as a model is shown it; null at levels without roads.</summary>
    public CandidateDrive? Drive { get; init; }

    /// <summary>What the model said, without <see cref="FreeIn"/>; null without a model.</summary>
    public TimeToScene? Predicted { get; init; }

    public bool CanBeOrderedNow => FreeIn is null;
}

/// <summary>A unit that is no candidate, and why.</summary>
public sealed record ExcludedUnit(UnitId Unit, Reason Reason);
