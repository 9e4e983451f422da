using System.ComponentModel.DataAnnotations;

namespace MinaKyukyu.Authorization.Oversight;

/// <summary>From where on something is a question. The defaults are working values of ours, set against a synthetic corpus, not measured at a department.</summary>
public sealed class SuspicionOptions
{
    /// <summary>How far back patterns over several views look.</summary>
    /// <value>30 days: a month of duty rosters.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "366.00:00:00")]
    public TimeSpan LookBack { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How much earlier than its order, or its arrival, a view may lie.</summary>
    /// <value>3 minutes: crews press "on scene" late; the button is testimony.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan TapTolerance { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>How much later than the handover, or the end of the run, a view may lie.</summary>
    /// <value>2 minutes: a handover told for a moment that is just over.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan EndTolerance { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How far from the place a unit may be that says it is on scene.</summary>
    /// <value>500 m, the handbook's value: a large estate, a bad fix and a parking place together stay below it.</value>
    [Range(50, 10_000)]
    public int SceneRadiusMeters { get; set; } = 500;

    /// <summary>How old a position may be to say where the unit was.</summary>
    /// <value>2 minutes: eight missed reports.</value>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan PositionGoodFor { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The window of a burst.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "12:00:00")]
    public TimeSpan BurstWindow { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Different patients within <see cref="BurstWindow"/> that make a burst.</summary>
    /// <value>6: one run takes about an hour; six patients of one collision are rare enough to be asked about.</value>
    [Range(2, 1_000)]
    public int BurstViews { get; set; } = 6;

    /// <summary>Different patients of one crew within 24 hours.</summary>
    /// <value>16: a busy crew of a large city makes about 15 runs on a day, and views in some of them.</value>
    [Range(2, 10_000)]
    public int PatientsPerDay { get; set; } = 16;

    /// <summary>Emergency reads of one crew within 24 hours.</summary>
    /// <value>4: unconscious patients with a card at hand are rarer than one in ten runs.</value>
    [Range(2, 1_000)]
    public int EmergencyReadsPerDay { get; set; } = 4;

    /// <summary>Card checks of one crew within an hour that came to nothing.</summary>
    /// <value>6: laying the card on the reader again is advised once, and a second card may be tried.</value>
    [Range(2, 1_000)]
    public int UnfinishedChecksPerHour { get; set; } = 6;

    /// <summary>Crews that viewed one patient in as many incidents within <see cref="LookBack"/>.</summary>
    /// <value>3: a person who calls often is met by several crews, which is why this is a question and no more.</value>
    [Range(2, 1_000)]
    public int CrewsPerPatient { get; set; } = 3;

    /// <summary>Openings of one grant's record.</summary>
    /// <value>12: a tablet on bad radio reads again a few times.</value>
    [Range(2, 1_000)]
    public int OpeningsPerGrant { get; set; } = 12;
}
