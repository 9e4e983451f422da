using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>A guess for places off the map: the great circle, lengthened and driven at one speed. Always to be shown as a guess.</summary>
/// <remarks>
/// The three numbers are our own working values: mean detour and median speeds of random pairs on the sample city's roads with
/// the speeds of this room; a test holds them near to that.
/// </remarks>
public static class StraightLine
{
    /// <summary>Metres by road for each metre in a straight line.</summary>
    public const double DetourFactor = 1.36;

    /// <summary>Mean speed of ordinary driving.</summary>
    public const double OrdinaryKmh = 26;

    /// <summary>Mean speed with lights and siren.</summary>
    public const double EmergencyKmh = 38;

    /// <summary>Milliseconds, 0 for the same place.</summary>
    public static int Milliseconds(GeoPoint from, GeoPoint to, DrivingProfile profile)
    {
        double kmh = profile == DrivingProfile.Emergency ? EmergencyKmh : OrdinaryKmh;
        // Half the earth's circumference at these speeds is ten weeks, which an int of milliseconds cannot hold.
        double milliseconds = from.DistanceMetersTo(to) * DetourFactor * 3_600 / kmh;
        return (int)Math.Min(Math.Round(milliseconds), Graph.EdgeWeights.Infinity - 1);
    }
}
