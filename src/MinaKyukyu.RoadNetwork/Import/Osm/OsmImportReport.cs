namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>What was read from an OpenStreetMap file, left out and guessed; every guess is counted here, none is silent.</summary>
public sealed record OsmImportReport
{
    public required OsmHeader Header { get; init; }

    public required int NodesRead { get; init; }

    public required int WaysRead { get; init; }

    public required int RelationsRead { get; init; }

    /// <summary>Ways that a car or an ambulance may drive, and those kept although too narrow or too low.</summary>
    public required int DrivableWays { get; init; }

    /// <summary>Nodes given to the graph.</summary>
    public required int Nodes { get; init; }

    /// <summary>Directed edges given to the graph, which leaves out copies on the same line.</summary>
    public required int EdgeRows { get; init; }

    /// <summary>Nodes that drivable ways name and the file does not hold: it was cut through them.</summary>
    public required int MissingNodes { get; init; }

    /// <summary>Ways that lost a part with them.</summary>
    public required int WaysCutByMissingNodes { get; init; }

    /// <summary>Pieces that led back to where they began and were cut at their middle.</summary>
    public required int RingsCut { get; init; }

    /// <summary>Roads drawn as areas (squares); left out.</summary>
    public required int Areas { get; init; }

    /// <summary>Nodes on drivable ways with a barrier that somebody cannot pass or that takes time.</summary>
    public required int Barriers { get; init; }

    /// <summary>Ways narrower than an ambulance needs (狭隘路); on the map, driven by nobody.</summary>
    public required int TooNarrow { get; init; }

    /// <summary>Ways lower than an ambulance needs; on the map, driven by nobody.</summary>
    public required int TooLow { get; init; }

    /// <summary>Limits that could not be read; ignored.</summary>
    public required int UnreadableMaxSpeeds { get; init; }

    /// <summary>Ways whose <c>oneway</c> is no known word (<c>reversible</c> too); ignored.</summary>
    public required int UnreadableOneWays { get; init; }

    /// <summary>Widths and heights that could not be read; ignored.</summary>
    public required int UnreadableMeasures { get; init; }

    /// <summary>Ways with a tag of access whose value the rules do not list; that tag was ignored.</summary>
    public required int UnknownAccessValues { get; init; }

    /// <summary>Ways with rules that hold at certain hours only; those rules were ignored.</summary>
    public required int ConditionalWays { get; init; }

    /// <summary>Restrictions that lead over a way instead of a node, hold at certain hours only, or lack a part.</summary>
    public required int RestrictionsLeftOut { get; init; }

    /// <summary>Those of <see cref="Restrictions"/> that mean no turn: their ways do not meet at their node, or nobody drives them that way.</summary>
    public required int RestrictionsWithoutTurn { get; init; }

    /// <summary>Turns that may not be made between drivable ways; the graph keeps them.</summary>
    public required IReadOnlyList<TurnRestriction> Restrictions { get; init; }

    /// <summary>By edge in the order given to the graph's builder, OpenStreetMap's number of its way.</summary>
    public required IReadOnlyList<long> WayOfEdgeRow { get; init; }
}
