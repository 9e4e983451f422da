using System.Collections.Immutable;
using MinaKyukyu.Forecasting.Calibration;
using MinaKyukyu.Forecasting.Features;
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Files;

/// <summary>A learned model as bytes: little-endian, every count bounded before anything is allocated, nothing left over.</summary>
internal static class ModelFile
{
    private static ReadOnlySpan<byte> Magic => "MINATTS1"u8;

    public static byte[] Write(LearnedModel model)
    {
        using var bytes = new MemoryStream();
        using var to = new ModelWriter(bytes);
        FeatureRecipe recipe = model.Recipe;
        to.Bytes(Magic);
        to.Block(RunSchemaFile.Write(recipe.Schema));
        to.Many(recipe.Words, column => to.Many(column, to.Text));
        to.Float(recipe.Expected.IsByRouter ? 1 : 0);
        to.Float(recipe.Expected.OnTop);
        Groups(to, recipe.Expected.Groups, q => to.Floats(q.Low, q.Median, q.High));
        to.Many(recipe.Effects, effects => to.Many(effects?.Effects.ToArray() ?? [], to.Float));
        to.Many(recipe.Usual, to.Float);
        Write(to, model.Corrections.All);
        to.Many(model.Corrections.ByColumn, column => to.Many(column, c => Write(to, c)));
        to.Float(model.Parts.CallProcessingSeconds);
        to.Many(
            model.Parts.Turnout is { } turnout ? [turnout] : Array.Empty<GroupTable<float>>(),
            table => Groups(to, table, to.Float)
        );
        Quantiles all = model.Baselines.All;
        to.Floats(all.Low, all.Median, all.High);
        to.Many(
            float.IsFinite(model.Baselines.SecondsPerMeter)
                ? [model.Baselines.SecondsPerMeter]
                : Array.Empty<float>(),
            to.Float
        );
        using var trees = new MemoryStream();
        model.Predictor.Write(trees);
        to.Block(trees.ToArray());
        to.Many(
            model.Newcomer is { } newcomer ? [newcomer] : Array.Empty<LearnedModel>(),
            other => to.Block(Write(other))
        );
        to.Flush();
        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">Altered, cut short, too long, or not such a file.</exception>
    public static LearnedModel Read(ReadOnlyMemory<byte> bytes, IQuantileLearner learner) =>
        Read(bytes, learner, isForNewcomer: false);

    private static LearnedModel Read(
        ReadOnlyMemory<byte> bytes,
        IQuantileLearner learner,
        bool isForNewcomer
    )
    {
        var from = new ModelReader(bytes);
        if (!from.Bytes(Magic.Length).Span.SequenceEqual(Magic))
        {
            throw new InvalidDataException("not a model of this format");
        }

        RunSchema schema = SchemaOf(from.Block());
        ImmutableArray<ImmutableArray<string>> words = from.Many(() => from.Many(from.Text));
        bool isByRouter = from.Float() is 1;
        float onTop = from.Float();
        var expected = new Expectation(
            isByRouter,
            onTop,
            Groups(from, schema.UsableOf(schema.ExpectBy).Length, () => QuantilesOf(from))
        );
        ImmutableArray<CategoryEffects?> effects = EffectsOf(
            schema,
            from.Many(() => from.Many(from.Float))
        );
        var recipe = new FeatureRecipe(schema, words, expected, effects, from.Many(from.Float));
        if (
            words.Length != schema.Columns.Length
            || schema.IsForNewcomer != isForNewcomer
            || words.Any(HasTwice)
            || recipe.Usual.Length != schema.Live.Length
            || isByRouter != schema.HasRouterTime
        )
        {
            throw new InvalidDataException("the model does not fit its schema");
        }

        var corrections = new Corrections(
            CorrectionOf(from),
            from.Many(() => from.Many(() => CorrectionOf(from)))
        );
        if (corrections.ByColumn.Length != schema.UsableOf(schema.CalibrateBy).Length)
        {
            throw new InvalidDataException("the model's corrections do not fit its schema");
        }

        var parts = new PartMedians(
            from.Float(),
            from.Many(() => Groups(from, schema.UsableOf(schema.TurnoutBy).Length + 1, from.Float))
                .FirstOrDefault()
        );
        Quantiles all = QuantilesOf(from);
        ImmutableArray<float> perMeter = from.Many(from.Float);
        IQuantilePredictor predictor = learner.Read(from.Block().Span, recipe.Columns.Length);
        LearnedModel? newcomer = from.Many(from.Block) switch
        {
            [] => null,
            [var bytesOfNewcomer] when !isForNewcomer => Read(bytesOfNewcomer, learner, true),
            _ => throw new InvalidDataException("the model holds more models than it may"),
        };
        from.End();
        return new LearnedModel(
            recipe,
            predictor,
            corrections,
            parts,
            new ConstantBaselines(all, perMeter is [var one] ? one : float.NaN)
        )
        {
            Newcomer = newcomer,
        };
    }

    private static bool HasTwice(ImmutableArray<string> words) =>
        words.Distinct(StringComparer.Ordinal).Count() != words.Length;

    private static RunSchema SchemaOf(ReadOnlyMemory<byte> json)
    {
        try
        {
            return RunSchemaFile.Parse(json.Span, "schema of the model");
        }
        catch (ForecastException refused)
        {
            throw new InvalidDataException(refused.Reason, refused);
        }
    }

    private static ImmutableArray<CategoryEffects?> EffectsOf(
        RunSchema schema,
        ImmutableArray<ImmutableArray<float>> effects
    )
    {
        if (effects.Length != schema.Columns.Length)
        {
            throw new InvalidDataException("the model does not fit its schema");
        }

        return
        [
            .. schema.Columns.Select(
                (column, c) =>
                    column.Kind == RunColumnKind.Category
                        ? new CategoryEffects([.. effects[c]])
                        : null
            ),
        ];
    }

    private static void Write(ModelWriter to, Correction correction) =>
        to.Floats(correction.Low, correction.Median, correction.High);

    private static Correction CorrectionOf(ModelReader from) =>
        new(from.Float(), from.Float(), from.Float());

    private static Quantiles QuantilesOf(ModelReader from) =>
        new(from.Float(), from.Float(), from.Float());

    private static void Groups<T>(ModelWriter to, GroupTable<T> groups, Action<T> write)
    {
        to.Int(groups.Depth);
        to.Many(
            groups.Values,
            value =>
            {
                to.Key(value.Key);
                write(value.Value);
            }
        );
    }

    private static GroupTable<T> Groups<T>(ModelReader from, int depth, Func<T> read)
    {
        if (from.Int() != depth)
        {
            throw new InvalidDataException("the model's groups do not fit its schema");
        }

        var values = new Dictionary<ulong, T>();
        foreach ((ulong key, T value) in from.Many(() => (from.Key(), read())))
        {
            if (!values.TryAdd(key, value))
            {
                throw new InvalidDataException("a group stands twice");
            }
        }

        return values.ContainsKey(GroupKey.Of([], 0))
            ? new GroupTable<T>(depth, values)
            : throw new InvalidDataException("a table of groups has no last resort");
    }
}
