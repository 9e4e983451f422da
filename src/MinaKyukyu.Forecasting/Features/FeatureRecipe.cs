using System.Collections.Immutable;
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Features;

/// <summary>How a run becomes the numbers that trees see. Learned from runs once, then immutable.</summary>
internal sealed class FeatureRecipe
{
    /// <summary>Keeps very short drives from exploding in the logarithm.</summary>
    public const float ShortestSeconds = 30;

    private readonly int _straight;
    private readonly int[] _way;
    private readonly int[] _liveOf;
    private readonly int[] _liveBy;

    public FeatureRecipe(
        RunSchema schema,
        ImmutableArray<ImmutableArray<string>> words,
        Expectation expected,
        ImmutableArray<CategoryEffects?> effects,
        ImmutableArray<float> usual
    )
    {
        Schema = schema;
        Words = words;
        Expected = expected;
        Effects = effects;
        Usual = usual;
        Features = Feature.ListFor(schema);
        Columns = [.. Features.Select(feature => feature.Column(schema))];
        _straight = IndexOf(RunMeaning.StraightLineMeters);
        _way =
        [
            IndexOf(RunMeaning.FastMeters),
            IndexOf(RunMeaning.MainMeters),
            IndexOf(RunMeaning.LocalMeters),
        ];
        _liveOf = [.. schema.Live.Select(live => IndexOf(live.Of))];
        _liveBy = [.. schema.Live.Select(live => IndexOf(live.By))];
    }

    public RunSchema Schema { get; }

    /// <summary>By column: the words that training saw; a code is a place in it.</summary>
    public ImmutableArray<ImmutableArray<string>> Words { get; }

    public Expectation Expected { get; }

    /// <summary>By column; null where it holds no words.</summary>
    public ImmutableArray<CategoryEffects?> Effects { get; }

    /// <summary>By live feature: its mean in training.</summary>
    public ImmutableArray<float> Usual { get; }

    public ImmutableArray<Feature> Features { get; }

    public ImmutableArray<FeatureColumn> Columns { get; }

    /// <param name="memoryMs">So long an average can still be found as it was then.</param>
    public LiveAverages NewLive(long memoryMs = 0) => new(Schema.Live, Usual, memoryMs);

    /// <summary>Writes all features of one run.</summary>
    /// <param name="into">Feature f of this run goes to f × <paramref name="stride"/> + <paramref name="place"/>.</param>
    /// <param name="expectedSeconds">As <see cref="Expected"/> says of this run.</param>
    public void Write(
        in KnownRun run,
        float expectedSeconds,
        LiveAverages live,
        Span<float> into,
        int stride,
        int place
    )
    {
        for (int f = 0; f < Features.Length; f++)
        {
            Feature feature = Features[f];
            into[(f * stride) + place] = feature.Kind switch
            {
                FeatureKind.Hour => run.Hour,
                FeatureKind.Weekday => run.Weekday,
                FeatureKind.Holiday => run.IsHoliday ? 1 : 0,
                FeatureKind.Season => run.DayOfYear,
                FeatureKind.Expected => MathF.Log(expectedSeconds + ShortestSeconds),
                FeatureKind.Number => run.Numbers[feature.Index],
                FeatureKind.Category => Effects[feature.Index]!.Find(run.Codes[feature.Index]),
                FeatureKind.ShareOfWay => Ratio(run.Numbers[feature.Index], Way(run)),
                FeatureKind.Detour => Ratio(Way(run), run.Numbers[_straight]),
                FeatureKind.Way => Way(run),
                FeatureKind.Live => live.Find(
                    feature.Index,
                    LiveCode(run, feature.Index),
                    run.DecidedAt
                ),
                _ => float.NaN,
            };
        }
    }

    /// <summary>Tells the averages of a run that has ended.</summary>
    public void Tell(in KnownRun run, float residual, long endedAt, LiveAverages live)
    {
        for (int i = 0; i < Schema.Live.Length; i++)
        {
            float value = _liveOf[i] >= 0 ? run.Numbers[_liveOf[i]] : residual;
            live.Add(i, LiveCode(run, i), value, endedAt);
        }
    }

    private int LiveCode(in KnownRun run, int live) =>
        _liveBy[live] >= 0 ? run.Codes[_liveBy[live]] : 0;

    private float Way(in KnownRun run) =>
        run.Numbers[_way[0]] + run.Numbers[_way[1]] + run.Numbers[_way[2]];

    /// <summary>Missing where it would be infinite: a way of a kilometre over a line of nothing.</summary>
    private static float Ratio(float part, float whole)
    {
        float ratio = whole > 0 ? part / whole : float.NaN;
        return float.IsFinite(ratio) ? ratio : float.NaN;
    }

    private int IndexOf(string? name) =>
        name is null ? -1 : Schema.Columns.IndexOf(Schema.Find(name)!);

    private int IndexOf(RunMeaning meaning) =>
        Schema.Find(meaning) is { } column ? Schema.Columns.IndexOf(column) : -1;
}
