using System.ComponentModel.DataAnnotations;

namespace MinaKyukyu.Dispatch;

/// <summary>What advice assumes where nothing was measured. All numbers are our own working values unless they say otherwise.</summary>
/// <remarks>Turnout is by state and hour of a department, never by person or crew.</remarks>
public sealed class DispatchOptions
{
    /// <summary>Order to wheels turning, from the station, by day.</summary>
    /// <value>60 seconds, the usual standard for ambulances (NFPA 1710).</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:15:00")]
    public TimeSpan TurnoutByDay { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The same by night, when a crew may sleep.</summary>
    /// <value>90 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:15:00")]
    public TimeSpan TurnoutByNight { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>Until a unit that rolls or stands with its crew aboard has turned to the new place.</summary>
    /// <value>10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:15:00")]
    public TimeSpan TurnoutWhenRolling { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Local hour at which the night begins.</summary>
    [Range(0, 23)]
    public int NightFromHour { get; set; } = 22;

    /// <summary>Local hour at which the night ends.</summary>
    [Range(0, 23)]
    public int NightUntilHour { get; set; } = 6;

    /// <summary>Local time less UTC.</summary>
    /// <value>9 hours: Japan, which has no summer time.</value>
    [Range(typeof(TimeSpan), "-14:00:00", "14:00:00")]
    public TimeSpan LocalOffset { get; set; } = TimeSpan.FromHours(9);

    /// <summary>How old a unit's position may be before it counts as stale.</summary>
    /// <value>30 seconds: two missed reports from a tablet that reports every 15 s.</value>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan PositionStaleAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the last place where a unit was seen says more than its station does.</summary>
    /// <value>30 minutes: longer than any way home inside a city.</value>
    [Range(typeof(TimeSpan), "00:01:00", "06:00:00")]
    public TimeSpan LastPlaceHoldsFor { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>A unit at its station whose fix lies this near to it is reckoned from the station's own point, in metres.</summary>
    /// <value>150 m: the spread of fixes under a roof.</value>
    [Range(0, 5_000)]
    public double AtStationRadiusMeters { get; set; } = 150;

    /// <summary>Metres to the road from which on the distance is given as a doubt.</summary>
    /// <value>50 m: a walk with a stretcher that is worth a word.</value>
    [Range(0, 5_000)]
    public double SnapShownFromMeters { get; set; } = 50;

    /// <summary>Order to arrival, to guess when a unit will be free.</summary>
    /// <value>9 minutes: near the national mean of 9.8 minutes from call to scene, less the call.</value>
    [Range(typeof(TimeSpan), "00:00:00", "06:00:00")]
    public TimeSpan UsualDrive { get; set; } = TimeSpan.FromMinutes(9);

    /// <summary>At the scene.</summary>
    /// <value>18 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00", "06:00:00")]
    public TimeSpan UsualScene { get; set; } = TimeSpan.FromMinutes(18);

    /// <summary>From the scene to the hospital.</summary>
    /// <value>14 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00", "06:00:00")]
    public TimeSpan UsualTransport { get; set; } = TimeSpan.FromMinutes(14);

    /// <summary>At the hospital until the patient is handed over.</summary>
    /// <value>20 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00", "06:00:00")]
    public TimeSpan UsualHandover { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>From handover until the unit is clear: cleaning, restocking, forms.</summary>
    /// <value>10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00", "06:00:00")]
    public TimeSpan UsualClearing { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Nobody who is busy is expected to be free sooner than this, however long it has taken already.</summary>
    /// <value>1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan FreeInAtLeast { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>出動所要時間 where nothing was learned: by state and local hour, never by person or crew.</summary>
    public TimeSpan TurnoutOf(bool isAtStation, int localHour) =>
        !isAtStation ? TurnoutWhenRolling
        : IsNight(localHour) ? TurnoutByNight
        : TurnoutByDay;

    /// <summary>Whether crews may sleep at this local hour; a night may lie on both sides of midnight.</summary>
    public bool IsNight(int localHour) =>
        NightFromHour <= NightUntilHour
            ? localHour >= NightFromHour && localHour < NightUntilHour
            : localHour >= NightFromHour || localHour < NightUntilHour;
}
