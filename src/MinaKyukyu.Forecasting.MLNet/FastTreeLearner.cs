using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using MinaKyukyu.Forecasting.Learners;

namespace MinaKyukyu.Forecasting.MLNet;

/// <summary>
/// ML.NET's boosted regression trees. They know no quantile loss, so they learn the centre alone; calibration, the same as around our
/// own trees, puts P10, P50 and P90 around it.
/// </summary>
public sealed class FastTreeLearner : IQuantileLearner
{
    /// <summary>The first moment that an archive can name.</summary>
    private static readonly DateTimeOffset s_noTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string Name => "mlnet-fasttree";

    /// <remarks>Monotone features are not known to this trainer.</remarks>
    public IQuantilePredictor Fit(
        FeatureTable rows,
        ReadOnlySpan<float> target,
        ReadOnlySpan<float> offset,
        FitOptions options,
        CancellationToken stop
    )
    {
        stop.ThrowIfCancellationRequested();
        var ml = new MLContext(options.Seed);
        IDataView data = ml.Data.LoadFromEnumerable(
            Rows(rows, target, offset),
            FeatureRow.Definition(rows.Columns.Length)
        );
        FastTreeRegressionTrainer trainer = ml.Regression.Trainers.FastTree(
            new FastTreeRegressionTrainer.Options
            {
                LabelColumnName = nameof(FeatureRow.Label),
                FeatureColumnName = nameof(FeatureRow.Features),
                NumberOfTrees = options.Trees,
                NumberOfLeaves = 1 << options.Depth,
                MinimumExampleCountPerLeaf = options.LeafRows,
                LearningRate = options.Rate,
                FeatureFraction = options.ColumnShare,
                BaggingSize = options.RowShare < 1 ? 1 : 0,
                BaggingExampleFraction = options.RowShare,
                Seed = options.Seed,
                // Sums of floats depend on who adds first: one thread, one model.
                NumberOfThreads = 1,
            }
        );
        ITransformer model = trainer.Fit(data);
        stop.ThrowIfCancellationRequested();
        using var bytes = new MemoryStream();
        ml.Model.Save(model, data.Schema, bytes);
        ForgetWhen(bytes);
        return new FastTreePredictor(ml, model, bytes.ToArray(), rows.Columns.Length);
    }

    public IQuantilePredictor Read(ReadOnlySpan<byte> bytes, int features)
    {
        byte[] own = bytes.ToArray();
        var ml = new MLContext();
        try
        {
            ITransformer model = ml.Model.Load(new MemoryStream(own), out _);
            var predictor = new FastTreePredictor(ml, model, own, features);
            predictor.PredictOnce();
            return predictor;
        }
        // What a damaged archive makes ML.NET throw is nowhere written down.
        catch (Exception refused) when (refused is not OutOfMemoryException)
        {
            throw new InvalidDataException("not a model of ML.NET for these features", refused);
        }
    }

    /// <summary>ML.NET's archive tells when it was written; the same runs and seed have to give the same bytes.</summary>
    private static void ForgetWhen(MemoryStream archive)
    {
        using var zip = new ZipArchive(archive, ZipArchiveMode.Update, leaveOpen: true);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            entry.LastWriteTime = s_noTime;
        }
    }

    private static List<FeatureRow> Rows(
        FeatureTable table,
        ReadOnlySpan<float> target,
        ReadOnlySpan<float> offset
    )
    {
        var rows = new List<FeatureRow>(table.Rows);
        for (int row = 0; row < table.Rows; row++)
        {
            var features = new float[table.Columns.Length];
            FeatureRow.Fill(features, table.Values, table.Rows, row);
            rows.Add(
                new FeatureRow
                {
                    Features = features,
                    Label = target[row] - (offset.IsEmpty ? 0 : offset[row]),
                }
            );
        }

        return rows;
    }
}

/// <summary>One row as ML.NET reads it.</summary>
internal sealed class FeatureRow
{
    /// <summary>Stands for a missing value: below everything, so that one question sets it apart.</summary>
    private const float Missing = -1e6f;

    public float Label { get; set; }

    public float[] Features { get; set; } = [];

    /// <summary>How many features there are is known only now, so it cannot stand in an attribute.</summary>
    public static SchemaDefinition Definition(int features)
    {
        var definition = SchemaDefinition.Create(typeof(FeatureRow));
        definition[nameof(Features)].ColumnType = new VectorDataViewType(
            NumberDataViewType.Single,
            features
        );
        return definition;
    }

    public static void Fill(float[] features, ReadOnlySpan<float> columns, int stride, int row)
    {
        for (int c = 0; c < features.Length; c++)
        {
            float value = columns[(c * stride) + row];
            features[c] = float.IsNaN(value) ? Missing : value;
        }
    }
}

/// <summary>What the trainer answers.</summary>
internal sealed class FeatureScore
{
    public float Score { get; set; }
}
