using System.Collections.Immutable;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Forecasting.Simulated;

/// <summary>The city whose runs are invented: real roads, and who stands where.</summary>
/// <param name="Units">Stations by their place in <paramref name="Stations"/>.</param>
/// <param name="Towns">Calls come from the junctions around these points.</param>
/// <param name="Hospitals">Empty: every call ends at its scene.</param>
public sealed record SimulatedCity(
    string Department,
    RoadMap Roads,
    ImmutableArray<SimulatedPlace> Stations,
    ImmutableArray<SimulatedUnit> Units,
    ImmutableArray<SimulatedPlace> Towns,
    ImmutableArray<SimulatedPlace> Hospitals
);

public sealed record SimulatedPlace(string Name, GeoPoint Point);

public sealed record SimulatedUnit(string VehicleKind, int Station);
