using MinaKyukyu.Forecasting.Learners;

namespace MinaKyukyu.Forecasting.Trees;

/// <summary>Rows on their way through one fit: what is still to be explained of them, and the leaf in which each stands.</summary>
internal sealed class Growth
{
    private const ulong RowStream = 0;
    private const ulong ColumnStream = 1;

    private readonly IReadOnlyList<FeatureBins> _features;
    private readonly FitOptions _options;
    private readonly SplitSearch _search;
    private readonly LeafValues _leafValues;
    private readonly RowBlocks _blocks;
    private readonly Grid _grid;
    private readonly float[][] _errors;
    private readonly ulong[] _adds;
    private readonly byte[] _leafOf;

    /// <param name="target">What is to be explained of each row, the offset already taken off.</param>
    public Growth(IReadOnlyList<FeatureBins> features, float[] target, FitOptions options)
    {
        _features = features;
        _options = options;
        _grid = Grid.Of(target, options.Trees);
        _search = new SplitSearch(features, options);
        _blocks = new RowBlocks(target.Length, options.Threads);
        _leafValues = new LeafValues(target.Length, options, _grid, new RisingOrder(features));
        _adds = new ulong[target.Length];
        _leafOf = new byte[target.Length];
        _errors = new float[Quantiles.Count][];
        for (int quantile = 0; quantile < Quantiles.Count; quantile++)
        {
            Starts[quantile] =
                target.Length == 0
                    ? 0
                    : _grid.Start(Selection.Quantile(target.ToArray(), Quantiles.Shares[quantile]));
            float start = Starts[quantile] * Step;
            _errors[quantile] = [.. target.Select(one => one - start)];
        }
    }

    /// <summary>The step of all values.</summary>
    public float Step => _grid.Step;

    /// <summary>From where each quantile starts, in steps.</summary>
    public int[] Starts { get; } = new int[Quantiles.Count];

    /// <returns>Null when no feature drawn for this tree tells the rows apart.</returns>
    public Tree? Grow(int number)
    {
        _blocks.Each((from, to) => Draw(number, from, to));
        List<Split> splits = Ask(DrawnFeatures(number));
        if (splits.Count == 0)
        {
            return null;
        }

        int idle = Shape.Levels - splits.Count;
        _blocks.Each((from, to) => Shift(idle, from, to));
        int[] values = _leafValues.Of(_errors, _leafOf, _adds, splits);
        _blocks.Each((from, to) => Explain(values, from, to));
        return new Tree(splits, values);
    }

    private List<Split> Ask(List<int> drawn)
    {
        List<Split> splits = [];
        while (splits.Count < _options.Depth)
        {
            Split split = _search.Best(drawn, _leafOf, _adds, 1 << splits.Count);
            if (!split.IsFound)
            {
                break;
            }

            splits.Add(split);
            byte[] bins = _features[split.Feature].Bins;
            _blocks.Each(
                (from, to) =>
                {
                    for (int row = from; row < to; row++)
                    {
                        _leafOf[row] = (byte)(
                            (_leafOf[row] << 1) | (split.GoesRight(bins[row]) ? 1 : 0)
                        );
                    }
                }
            );
        }

        return splits;
    }

    private void Draw(int number, int from, int to)
    {
        ulong stream = (2 * (ulong)number) + RowStream;
        for (int row = from; row < to; row++)
        {
            _leafOf[row] = 0;
            _adds[row] = Chance.Takes(_options.RowShare, (ulong)_options.Seed, stream, (ulong)row)
                ? Counts.Of(_errors[0][row] > 0, _errors[1][row] > 0, _errors[2][row] > 0)
                : 0;
        }
    }

    private List<int> DrawnFeatures(int number)
    {
        int wanted = Math.Max(1, (int)Math.Round(_options.ColumnShare * _features.Count));
        ulong stream = (2 * (ulong)number) + ColumnStream;
        return
        [
            .. Enumerable
                .Range(0, _features.Count)
                .OrderBy(feature => Chance.Bits((ulong)_options.Seed, stream, (ulong)feature))
                .ThenBy(feature => feature)
                .Take(wanted)
                .Order(),
        ];
    }

    private void Shift(int idle, int from, int to)
    {
        for (int row = from; row < to && idle > 0; row++)
        {
            _leafOf[row] = (byte)(_leafOf[row] << idle);
        }
    }

    private void Explain(int[] values, int from, int to)
    {
        for (int quantile = 0; quantile < Quantiles.Count; quantile++)
        {
            ReadOnlySpan<int> leaves = values.AsSpan(quantile * Shape.Leaves, Shape.Leaves);
            float[] errors = _errors[quantile];
            for (int row = from; row < to; row++)
            {
                errors[row] -= leaves[_leafOf[row]] * Step;
            }
        }
    }
}
