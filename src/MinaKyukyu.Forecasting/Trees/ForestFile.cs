using System.Buffers.Binary;

namespace MinaKyukyu.Forecasting.Trees;

/// <summary>
/// A forest as bytes, little-endian, 32 bits each where nothing else is said: 8 bytes of name; version, features, trees; the step of
/// all values, and three starts in steps; the shares of the features (64 bits). Then each tree: six decisions, which are a column,
/// a threshold and a flip (8 bits); and its leaves in steps, quantile after quantile.
/// </summary>
internal static class ForestFile
{
    private const int Version = 1;
    private const int HeadBytes = 20;
    private const int TreeBytes = (Shape.Levels * (4 + 4 + 1)) + (4 * Shape.Values);

    private static ReadOnlySpan<byte> Name => "MKTREES\n"u8;

    public static void Write(SymmetricForest forest, Stream to)
    {
        byte[] bytes = new byte[Length(forest.Features, forest.Trees)];
        var writer = new Cursor(bytes);
        Name.CopyTo(writer.Take(8));
        writer.Write(Version);
        writer.Write(forest.Features);
        writer.Write(forest.Trees);
        writer.Write(forest.Step);
        foreach (int start in forest.Starts)
        {
            writer.Write(start);
        }

        foreach (double share in forest.Importance)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(writer.Take(8), share);
        }

        for (int tree = 0; tree < forest.Trees; tree++)
        {
            int first = tree * Shape.Levels;
            for (int level = 0; level < Shape.Levels; level++)
            {
                writer.Write(forest.Asked[first + level]);
                writer.Write(forest.Thresholds[first + level]);
                writer.Take(1)[0] = float.IsNegative(forest.Flips[first + level])
                    ? (byte)1
                    : (byte)0;
            }

            foreach (int value in forest.Leaves.AsSpan(tree * Shape.Values, Shape.Values))
            {
                writer.Write(value);
            }
        }

        to.Write(bytes);
    }

    /// <exception cref="InvalidDataException">Says what was wrong.</exception>
    public static SymmetricForest Read(ReadOnlySpan<byte> bytes, int features)
    {
        if (bytes.Length < HeadBytes || !bytes.StartsWith(Name))
        {
            throw new InvalidDataException("These are not trees.");
        }

        int version = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        int columns = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]);
        int trees = BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]);
        Require(version == Version, $"The trees are of version {version}, not {Version}.");
        Require(columns == features, $"The trees ask {columns} features, not {features}.");
        Require(
            trees is >= 0 and <= SymmetricForest.MostTrees,
            $"{trees} trees are not a number that is read."
        );
        Require(
            bytes.Length == Length(columns, trees),
            $"{trees} trees take {Length(columns, trees)} bytes, not {bytes.Length}."
        );
        return Read(new Cursor(bytes[HeadBytes..].ToArray()), columns, trees);
    }

    private static SymmetricForest Read(Cursor reader, int columns, int trees)
    {
        float step = reader.ReadSingle();
        Require(Grid.IsStep(step), $"The step of the values is {step}.");
        int[] starts = new int[Quantiles.Count];
        foreach (ref int start in starts.AsSpan())
        {
            start = reader.ReadInt32();
        }

        double[] importance = new double[columns];
        foreach (ref double share in importance.AsSpan())
        {
            share = BinaryPrimitives.ReadDoubleLittleEndian(reader.Take(8));
            Require(share is >= 0 and <= 1, "The share of a feature is not between 0 and 1.");
        }

        int[] asked = new int[trees * Shape.Levels];
        float[] thresholds = new float[trees * Shape.Levels];
        float[] flips = new float[trees * Shape.Levels];
        int[] leaves = new int[trees * Shape.Values];
        for (int tree = 0; tree < trees; tree++)
        {
            for (int at = tree * Shape.Levels; at < (tree + 1) * Shape.Levels; at++)
            {
                asked[at] = reader.ReadInt32();
                thresholds[at] = reader.ReadSingle();
                byte flip = reader.Take(1)[0];
                flips[at] = flip == 0 ? 0f : -0f;
                Require(
                    asked[at] >= 0 && asked[at] < columns,
                    $"Tree {tree} asks column {asked[at]} of {columns}."
                );
                Require(!float.IsNaN(thresholds[at]), $"A threshold of tree {tree} is no number.");
                Require(flip <= 1, $"A decision of tree {tree} is turned by {flip}.");
            }

            foreach (ref int value in leaves.AsSpan(tree * Shape.Values, Shape.Values))
            {
                value = reader.ReadInt32();
            }
        }

        RequireSums(starts, leaves);
        return new SymmetricForest(
            columns,
            step,
            starts,
            asked,
            thresholds,
            flips,
            leaves,
            importance
        );
    }

    /// <summary>No row may add up to more than 32 bits hold, whatever leaves it stands in.</summary>
    private static void RequireSums(int[] starts, int[] leaves)
    {
        long most = starts.Max(start => Math.Abs((long)start));
        for (int tree = 0; tree < leaves.Length; tree += Shape.Values)
        {
            long largest = 0;
            foreach (int value in leaves.AsSpan(tree, Shape.Values))
            {
                largest = Math.Max(largest, Math.Abs((long)value));
            }

            most += largest;
        }

        Require(
            most <= int.MaxValue,
            "The values of the leaves are larger than their sums may be."
        );
    }

    private static int Length(int columns, int trees)
    {
        long length =
            HeadBytes + 4 + (4L * Quantiles.Count) + (8L * columns) + ((long)TreeBytes * trees);
        return (int)Math.Min(length, int.MaxValue);
    }

    private static void Require(bool isTrue, string otherwise)
    {
        if (!isTrue)
        {
            throw new InvalidDataException(otherwise);
        }
    }

    private sealed class Cursor(byte[] bytes)
    {
        private int _at;

        public Span<byte> Take(int count)
        {
            _at += count;
            return bytes.AsSpan(_at - count, count);
        }

        public void Write(int number) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), number);

        public void Write(float number) =>
            BinaryPrimitives.WriteSingleLittleEndian(Take(4), number);

        public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

        public float ReadSingle() => BinaryPrimitives.ReadSingleLittleEndian(Take(4));
    }
}
