namespace MinaKyukyu.Forecasting.Import;

/// <summary>
/// One unit that was ordered, as a line of the run file (<see cref="CanonicalRunFile"/>). Null is unknown; an empty text is unknown.
/// It names a place no closer than its town, and no person, crew or vehicle.
/// </summary>
public sealed record CanonicalRun
{
    public required string RunId { get; init; }

    public string Department { get; init; } = "";

    /// <summary>The moment of the advice or of the order; what is forecast runs from here.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    public DateTimeOffset? CallReceivedAt { get; init; }

    public required DateTimeOffset DispatchedAt { get; init; }

    public DateTimeOffset? RollingAt { get; init; }

    public DateTimeOffset? OnSceneAt { get; init; }

    public string Station { get; init; } = "";

    public string VehicleKind { get; init; } = "";

    public bool? IsAtStation { get; init; }

    /// <summary>Town of the scene.</summary>
    public string Area { get; init; } = "";

    public string Urgency { get; init; } = "";

    /// <summary>The road's time with lights and siren.</summary>
    public double? RouterSeconds { get; init; }

    public double? StraightLineMeters { get; init; }

    /// <summary>Metres of the way on motorways and trunk roads.</summary>
    public double? FastMeters { get; init; }

    /// <summary>Metres of the way on primary, secondary and tertiary roads.</summary>
    public double? MainMeters { get; init; }

    /// <summary>Metres of the way on everything else.</summary>
    public double? LocalMeters { get; init; }

    /// <summary>Age of the fix that the way was reckoned from; null at the station.</summary>
    public double? PositionAgeSeconds { get; init; }

    public double? PlaceUncertaintyMeters { get; init; }

    public int? UnitsFree { get; init; }

    public int? IncidentsWaiting { get; init; }

    public double? PrecipitationMmPerHour { get; init; }
}
