namespace MinaKyukyu.Dispatch.Ports;

/// <summary>
/// How long until each candidate is on scene, and how sure that is. Safe for any number of threads; allocates nothing; neither
/// NaN nor an infinite or negative time ever leaves it.
/// </summary>
public interface ITimeToSceneModel
{
    ModelIdentity Identity { get; }

    /// <summary>One estimate for each candidate, in their order.</summary>
    /// <exception cref="ArgumentException"><paramref name="into"/> is shorter than <paramref name="candidates"/>.</exception>
    void Predict(
        in SceneConditions scene,
        ReadOnlySpan<CandidateDrive> candidates,
        Span<TimeToScene> into
    );
}

/// <summary>Which model answers: stands on the advice, in the journal and in reports.</summary>
/// <param name="Version">Rises with every promotion.</param>
/// <param name="TrainedUntil">The end of the window of runs that it learned from.</param>
/// <param name="Sha256">Of its binary, in lower-case hexadecimal.</param>
public sealed record ModelIdentity(
    string Name,
    int Version,
    string Provider,
    DateTimeOffset TrainedUntil,
    string Sha256
);

/// <summary>What all candidates for one incident share, as it is known at the moment of the decision.</summary>
public readonly record struct SceneConditions
{
    /// <summary>The moment of the decision; estimates run from here.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Since the call was received.</summary>
    public required TimeSpan SinceCall { get; init; }

    /// <summary>Town of the scene; empty where nobody knows it.</summary>
    public string Area { get; init; }

    /// <summary>The urgency that the call was given; empty where none was.</summary>
    public string Urgency { get; init; }

    /// <summary>Units that can be ordered now.</summary>
    public int UnitsFree { get; init; }

    /// <summary>Open incidents without any order.</summary>
    public int IncidentsWaiting { get; init; }

    /// <summary>Metres by which the place may differ from the true one.</summary>
    public double? PlaceUncertaintyMeters { get; init; }

    /// <summary>Rain in millimetres per hour, where somebody tells.</summary>
    public double? PrecipitationMmPerHour { get; init; }
}

/// <summary>One candidate's way to the scene. A candidate is a place, a kind of vehicle and a road; never a person or a crew.</summary>
public readonly record struct CandidateDrive
{
    /// <summary>The road's time with lights and siren.</summary>
    public required int RouterMilliseconds { get; init; }

    public required string Station { get; init; }

    public required string VehicleKind { get; init; }

    public required bool IsAtStation { get; init; }

    /// <summary>Age of the fix that it was reckoned from; null at its station.</summary>
    public TimeSpan? PositionAge { get; init; }

    public double? StraightLineMeters { get; init; }

    /// <summary>Metres of the way by class of road; null where the way was not drawn.</summary>
    public RoadMakeup? Way { get; init; }
}

/// <summary>Length of a way by class of road, in metres.</summary>
/// <param name="Fast">Motorways and trunk roads.</param>
/// <param name="Main">Primary, secondary and tertiary roads.</param>
/// <param name="Local">Everything else.</param>
public readonly record struct RoadMakeup(double Fast, double Main, double Local)
{
    public double Meters => Fast + Main + Local;
}

/// <summary>Milliseconds from the decision until on scene, for a unit that can be ordered at once. P10 ≤ P50 ≤ P90.</summary>
/// <param name="CallProcessing">Median of the part before the order.</param>
/// <param name="Turnout">Median from the order until rolling.</param>
/// <param name="Travel">Median from rolling until on scene: what is left of <paramref name="P50"/>.</param>
public readonly record struct TimeToScene(
    int P10,
    int P50,
    int P90,
    int CallProcessing,
    int Turnout,
    int Travel
);
