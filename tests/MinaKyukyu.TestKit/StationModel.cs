using MinaKyukyu.Dispatch.Ports;

namespace MinaKyukyu.TestKit;

/// <summary>
/// A model of the time to scene that a dispatcher can reckon along with: one minute of turnout, then the road, times what a
/// station is known for; a fifth less at P10, half as much again at P90. Remembers what it was shown.
/// </summary>
public sealed class StationModel : ITimeToSceneModel
{
    public static readonly ModelIdentity Third = new(
        "drawn",
        3,
        "by hand",
        new DateTimeOffset(2026, 3, 31, 0, 0, 0, TimeSpan.Zero),
        new string('a', 64)
    );

    private readonly Dictionary<string, double> _slowness = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _doubt = new(StringComparer.Ordinal);

    public ModelIdentity Identity => Third;

    public SceneConditions Scene { get; private set; }

    /// <summary>What it was asked about last, in order.</summary>
    public IReadOnlyList<CandidateDrive> Drives { get; private set; } = [];

    /// <summary>Ways from this station take that many times as long as the road says.</summary>
    public StationModel Slow(string station, double times)
    {
        _slowness[station] = times;
        return this;
    }

    /// <summary>P90 of this station is that many times P50, in place of one and a half.</summary>
    public StationModel Unsure(string station, double times)
    {
        _doubt[station] = times;
        return this;
    }

    public void Predict(
        in SceneConditions scene,
        ReadOnlySpan<CandidateDrive> candidates,
        Span<TimeToScene> into
    )
    {
        Scene = scene;
        Drives = candidates.ToArray();
        for (int i = 0; i < candidates.Length; i++)
        {
            into[i] = Of(candidates[i]);
        }
    }

    private TimeToScene Of(CandidateDrive drive)
    {
        const int Turnout = 60_000;
        double slowness = _slowness.GetValueOrDefault(drive.Station, 1);
        int travel = (int)(drive.RouterMilliseconds * slowness);
        int middle = Turnout + travel;
        return new TimeToScene(
            (int)(middle * 0.8),
            middle,
            (int)(middle * _doubt.GetValueOrDefault(drive.Station, 1.5)),
            0,
            Turnout,
            travel
        );
    }
}

/// <summary>A model that says the same of everybody, sense or nonsense, or throws.</summary>
public sealed class BrokenModel(TimeToScene? says) : ITimeToSceneModel
{
    public ModelIdentity Identity => StationModel.Third;

    public void Predict(
        in SceneConditions scene,
        ReadOnlySpan<CandidateDrive> candidates,
        Span<TimeToScene> into
    ) => into.Fill(says ?? throw new InvalidOperationException("This model is broken."));
}
