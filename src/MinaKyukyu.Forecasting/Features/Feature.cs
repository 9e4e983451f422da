using System.Collections.Immutable;
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Features;

/// <summary>What a feature is made of.</summary>
internal enum FeatureKind
{
    Hour,
    Weekday,
    Holiday,

    /// <summary>Day of the year, from 1.</summary>
    Season,

    /// <summary>Logarithm of the seconds that are expected: the road's, or those of the group.</summary>
    Expected,

    /// <summary>A number column as it stands; of a moment the seconds since.</summary>
    Number,

    /// <summary>What the word of a category did to other runs.</summary>
    Category,

    /// <summary>Metres of one class of road over all metres of the way.</summary>
    ShareOfWay,

    /// <summary>Metres of the way over metres of the straight line.</summary>
    Detour,

    /// <summary>
    /// Metres of the way: beside what is expected, they tell how fast its roads are. A tempo would too, but it falls while the road's
    /// time rises, and trees that are asked for it may say that a longer road is driven sooner.
    /// </summary>
    Way,
    Live,
}

/// <param name="Index">Column of the schema, or number of the live feature; -1 where it needs none.</param>
internal sealed record Feature(string Name, FeatureKind Kind, int Index = -1)
{
    /// <summary>All that a schema's columns give, in a fixed order.</summary>
    public static ImmutableArray<Feature> ListFor(RunSchema schema)
    {
        var features = ImmutableArray.CreateBuilder<Feature>();
        features.Add(new Feature("expected", FeatureKind.Expected));
        features.Add(new Feature("hour", FeatureKind.Hour));
        features.Add(new Feature("weekday", FeatureKind.Weekday));
        if (schema.Calendar != HolidayCalendar.None)
        {
            features.Add(new Feature("holiday", FeatureKind.Holiday));
        }

        if (schema.BySeason)
        {
            features.Add(new Feature("season", FeatureKind.Season));
        }

        foreach (RunColumn column in schema.Usable)
        {
            if (Of(schema, column) is { } feature)
            {
                features.Add(feature);
            }
        }

        bool isDrawn = HasWay(schema);
        if (isDrawn && schema.Find(RunMeaning.StraightLineMeters) is not null)
        {
            features.Add(new Feature("detour", FeatureKind.Detour));
        }

        if (isDrawn)
        {
            features.Add(new Feature("way", FeatureKind.Way));
        }

        for (int i = 0; i < schema.Live.Length; i++)
        {
            // What ended is known, whatever of it was known while it was decided.
            if (schema.Live[i].By is not { } by || schema.IsKnown(schema.Find(by)!))
            {
                features.Add(new Feature(schema.Live[i].Name, FeatureKind.Live, i));
            }
        }

        return features.ToImmutable();
    }

    public FeatureColumn Column(RunSchema schema) =>
        new(Name, IsRising: Kind == FeatureKind.Expected && schema.HasRouterTime);

    private static Feature? Of(RunSchema schema, RunColumn column)
    {
        int index = schema.Columns.IndexOf(column);
        return column.Meaning switch
        {
            RunMeaning.FastMeters
            or RunMeaning.MainMeters
            or RunMeaning.LocalMeters when HasWay(schema) => new Feature(
                $"share {column.Name}",
                FeatureKind.ShareOfWay,
                index
            ),
            RunMeaning.None or RunMeaning.AtStation => column.Kind == RunColumnKind.Category
                ? new Feature(column.Name, FeatureKind.Category, index)
                : new Feature(column.Name, FeatureKind.Number, index),
            _ => null,
        };
    }

    private static bool HasWay(RunSchema schema) =>
        new[] { RunMeaning.FastMeters, RunMeaning.MainMeters, RunMeaning.LocalMeters }.All(
            meaning => schema.Find(meaning) is { } column && schema.IsUsable(column)
        );
}
