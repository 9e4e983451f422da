using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>A way along the roads.</summary>
/// <param name="Milliseconds">Driving time, equal to the sum of the steps.</param>
/// <param name="Meters">Length along the roads, without the metres to and from them.</param>
/// <param name="MetersOnFoot">Those of them at either end along streets that may not be driven (too narrow, closed); walked at <see cref="Graph.EdgeWeights.OnFootKmh"/>.</param>
/// <param name="Polyline">The drawn line from source to target; one point where they are the same place.</param>
/// <param name="StreetNames">Names of the streets in driving order, none twice in a row, unnamed ones left out.</param>
/// <param name="Steps">The edges driven, in order, with the connectors of junctions where turns are restricted; empty where source and target are the same place.</param>
public sealed record Route(
    int Milliseconds,
    double Meters,
    double MetersOnFoot,
    IReadOnlyList<GeoPoint> Polyline,
    IReadOnlyList<string> StreetNames,
    IReadOnlyList<RouteStep> Steps
);

/// <summary>A directed edge driven from one fraction of it to another.</summary>
public readonly record struct RouteStep(
    int Edge,
    double FromFraction,
    double ToFraction,
    int Milliseconds
);
