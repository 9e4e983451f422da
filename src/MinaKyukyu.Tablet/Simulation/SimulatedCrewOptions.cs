using System.ComponentModel.DataAnnotations;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Tablet.Simulation;

/// <summary>One crew as a program.</summary>
public sealed class SimulatedCrewOptions
{
    /// <summary>The server's gRPC address.</summary>
    public required Uri Server { get; set; }

    /// <summary>The stand-in's address: gives cards, and answers as the verifier.</summary>
    public required Uri StandIn { get; set; }

    /// <summary>The tablet's own directory.</summary>
    public required string Directory { get; set; }

    public required DeviceId Device { get; set; }

    public required CrewId Crew { get; set; }

    public required UnitId Unit { get; set; }

    /// <summary>The unit's station: where it stands at first, and drives home to.</summary>
    public GeoPoint? Station { get; set; }

    /// <summary>How many times as fast as real everything that lasts is played; moments are stated as they are.</summary>
    /// <value>1: as real.</value>
    [Range(1, 10_000)]
    public double TimeScale { get; set; } = 1;

    /// <summary>Seconds of real time between two observed positions while the unit moves.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ObserveEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Real time between two batches of positions.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan BatchEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>What happens in the first, second … order; an incident's own remark comes first, then this, then <see cref="Usual"/>.</summary>
    public IList<CrewScript> Scripts { get; } = [];

    /// <summary>When neither remark nor list names a script: nearly everybody has no card at hand.</summary>
    public CrewScript Usual { get; set; } = new(CrewScriptKind.NoCard, 1);

    /// <summary>Ends after so many orders; 0: goes on until cancelled.</summary>
    [Range(0, 1_000_000)]
    public int StopAfterOrders { get; set; }

    /// <summary>Of this crew's chances.</summary>
    public int Seed { get; set; }

    /// <summary>Longest real time without radio in the script of that name.</summary>
    /// <value>3 seconds: long enough for the queue to try and fail, short enough for a demonstration.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan RadioCut { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long, in real time, the crew waits for what must come from elsewhere: a queue's answer, a cancellation.</summary>
    /// <value>30 seconds: half of what a demonstration may take.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    public CrewPace Pace { get; } = new();

    internal void Validate() =>
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
}

/// <summary>How long a crew takes for each thing, before the time scale. Invented, of the order of the national means.</summary>
public sealed class CrewPace
{
    public TimeSpan ToAcknowledge { get; set; } = TimeSpan.FromSeconds(4);

    public TimeSpan Turnout { get; set; } = TimeSpan.FromSeconds(60);

    public TimeSpan SceneToContact { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>Between two taps of the card step: to look at a face and a photo, to ask and hear.</summary>
    public TimeSpan BetweenCardTaps { get; set; } = TimeSpan.FromSeconds(6);

    public TimeSpan ContactToLoaded { get; set; } = TimeSpan.FromMinutes(8);

    public TimeSpan HospitalInquiry { get; set; } = TimeSpan.FromMinutes(2);

    public TimeSpan LoadedToDeparture { get; set; } = TimeSpan.FromMinutes(3);

    public TimeSpan ArrivalToHandover { get; set; } = TimeSpan.FromMinutes(5);

    public TimeSpan HandoverToCleared { get; set; } = TimeSpan.FromMinutes(8);

    /// <summary>Straight-line speed where no route is known, metres per second (25 km/h: a town with its detours).</summary>
    public double StraightLineMetersPerSecond { get; set; } = 7;
}
