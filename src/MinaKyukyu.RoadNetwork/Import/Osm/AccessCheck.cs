namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>Holds access rules that could be read against what can be meant.</summary>
internal static class AccessCheck
{
    // Faster than any ambulance, longer than anybody waits at a gate, wider than any lane: beyond these a digit was lost.
    private const double FastestKmh = 200;
    private const double LongestWaitSeconds = 3_600;
    private const double WidestMeters = 10;

    /// <summary>One sentence on the first fault, or null.</summary>
    public static string? FindFault(AccessFile data)
    {
        if (!HasNoHoles(data))
        {
            return "a list or a table holds null";
        }

        if (!data.Barriers.ContainsKey("(other)"))
        {
            return "the barriers lack (other)";
        }

        IEnumerable<double> speeds =
        [
            data.BusRoads.EmergencyKmh,
            data.Contraflow.EmergencyKmh,
            .. data.Classes.Values.Select(entry => entry.Kmh).OfType<double>(),
            .. data.Access.Values.Values.Select(value => value.EmergencyKmh).OfType<double>(),
        ];
        if (speeds.Any(kmh => kmh is not (>= 1 and <= FastestKmh)))
        {
            return "a speed is not between 1 and 200 km/h";
        }

        if (data.MaxSpeedWords.Values.Any(kmh => kmh is not (>= 0 and <= (int)FastestKmh)))
        {
            return "a limit in words is not between 0 and 200 km/h";
        }

        IEnumerable<double?> waits = data.Barriers.Values.SelectMany(barrier =>
            new[] { barrier.OrdinarySeconds, barrier.EmergencySeconds }
        );
        if (waits.Any(seconds => seconds is not (null or (>= 0 and <= LongestWaitSeconds))))
        {
            return "a barrier takes less than 0 or more than 3,600 s";
        }

        return
            data.Clearance.LeastWidthMeters is >= 0 and <= WidestMeters
            && data.Clearance.LeastHeightMeters is >= 0 and <= WidestMeters
            ? null
            : "a clearance is not between 0 and 10 m";
    }

    private static bool HasNoHoles(AccessFile data) =>
        data.Classes.Values.All(entry => entry is not null)
        && data.Access.Values.Values.All(entry => entry is not null)
        && data.Barriers.Values.All(entry => entry is not null)
        && new[]
        {
            data.Access.Ordinary,
            data.Access.Emergency,
            data.Access.Opening,
            data.BusRoads.Tags,
            data.BusRoads.Values,
            data.Contraflow.Classes,
            data.Contraflow.Exemptions,
            data.Clearance.WidthTags,
            data.Clearance.HeightTags,
        }.All(list => list.All(word => word is not null));
}
