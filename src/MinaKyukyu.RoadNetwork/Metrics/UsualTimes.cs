using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.Metrics;

/// <summary>How many metrics a road file brings.</summary>
public enum MetricKinds
{
    /// <summary>The file gave seconds of its own: one metric for both ways of driving, at any time.</summary>
    One = 0,

    /// <summary>The file gave times of its own for either way of driving, at any time.</summary>
    ByProfile = 1,

    /// <summary>Times follow from class and length: one metric for either way of driving in each part of the week.</summary>
    ByProfileAndTime = 2,
}

/// <summary>What every edge usually costs, and which metrics follow from it. Immutable.</summary>
internal sealed class UsualTimes(
    MetricKinds kinds,
    EdgeWeights ordinary,
    EdgeWeights emergency,
    DrivingRules rules
)
{
    public MetricKinds Kinds { get; } = kinds;

    public EdgeWeights Ordinary { get; } = ordinary;

    public EdgeWeights Emergency { get; } = emergency;

    public DrivingRules Rules { get; } = rules;

    public IReadOnlyList<MetricKey> Keys { get; } = ListKeys(kinds);

    /// <summary>The metric that answers for that way of driving in that part of the week.</summary>
    public MetricKey KeyFor(DrivingProfile profile, TimeBucket bucket) =>
        Kinds switch
        {
            MetricKinds.One => new MetricKey(DrivingProfile.Ordinary, TimeBucket.Any),
            MetricKinds.ByProfile => new MetricKey(profile, TimeBucket.Any),
            _ => new MetricKey(profile, bucket),
        };

    public EdgeWeights Weights(MetricKey key)
    {
        EdgeWeights usual = key.Profile == DrivingProfile.Emergency ? Emergency : Ordinary;
        double slowness = Rules.Slowness(key);
        return slowness.CompareTo(1) == 0 ? usual : usual.Slowed(slowness);
    }

    private static MetricKey[] ListKeys(MetricKinds kinds)
    {
        DrivingProfile[] profiles = [DrivingProfile.Ordinary, DrivingProfile.Emergency];
        return kinds switch
        {
            MetricKinds.One => [new MetricKey(DrivingProfile.Ordinary, TimeBucket.Any)],
            MetricKinds.ByProfile =>
            [
                .. profiles.Select(profile => new MetricKey(profile, TimeBucket.Any)),
            ],
            _ =>
            [
                .. profiles.SelectMany(profile =>
                    Enumerable
                        .Range(0, TimeBucket.Count)
                        .Select(index => new MetricKey(profile, TimeBucket.FromIndex(index)))
                ),
            ],
        };
    }
}
