using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>A guess for places off the map: the great circle, lengthened and driven at one speed. Always to be shown as a guess.</summary>
public static class StraightLine
{
    /// <summary>Metres by road for each metre in a straight line. Own working value.</summary>
    public const double DetourFactor = 1.4;

    /// <summary>Mean speed of ordinary driving. Own working value.</summary>
    public const double OrdinaryKmh = 25;

    /// <summary>Mean speed with lights and siren. Own working value.</summary>
    public const double EmergencyKmh = 37;

    /// <summary>Milliseconds, 0 for the same place.</summary>
    public static int Milliseconds(GeoPoint from, GeoPoint to, DrivingProfile profile)
    {
        double kmh = profile == DrivingProfile.Emergency ? EmergencyKmh : OrdinaryKmh;
        // Half the earth's circumference at these speeds is ten weeks, which an int of milliseconds cannot hold.
        double milliseconds = from.DistanceMetersTo(to) * DetourFactor * 3_600 / kmh;
        return (int)Math.Min(Math.Round(milliseconds), Graph.EdgeWeights.Infinity - 1);
    }
}
