namespace MinaKyukyu.Forecasting.Trees;

/// <summary>
/// The step of all values of a forest, a power of two. Values are whole numbers of steps, so a sum of them is exact in any order,
/// and what is promised of them holds to the last bit.
/// </summary>
/// <param name="Step">Positive; 2³¹ of them are a finite number.</param>
/// <param name="MostOfTree">A leaf is not further from 0, so that no sum of all trees leaves 32 bits.</param>
internal readonly record struct Grid(float Step, int MostOfTree)
{
    /// <summary>Steps between 0 and what is usual of the target: a quarter of a millionth part is the least that is told apart.</summary>
    private const int Fineness = 22;

    /// <summary>Half of what 32 bits hold is kept for where a quantile starts.</summary>
    private const int MostOfTrees = 1 << 30;

    /// <param name="target">What is to be learned.</param>
    public static Grid Of(ReadOnlySpan<float> target, int trees)
    {
        // The largest but one of a hundred: a few mad targets must not make the steps of all others coarse.
        float[] sizes = new float[target.Length];
        for (int row = 0; row < target.Length; row++)
        {
            sizes[row] = MathF.Abs(target[row]);
        }

        float usual = sizes.Length == 0 ? 0 : Selection.Quantile(sizes, 0.99);
        if (usual == 0)
        {
            usual = sizes.Length == 0 || sizes.Max() == 0 ? 1 : sizes.Max();
        }

        int exponent = Math.Max(Math.ILogB(usual) + 1 - Fineness, LeastExponent);
        return new Grid(MathF.ScaleB(1, exponent), MostOfTrees / Math.Max(1, trees));
    }

    /// <summary>The nearest value of a leaf, in steps.</summary>
    public int Leaf(double value) =>
        (int)Math.Clamp(Math.Round(value / Step), -MostOfTree, MostOfTree);

    /// <summary>The nearest value from which a quantile starts, in steps.</summary>
    public int Start(double value) =>
        (int)Math.Clamp(Math.Round(value / Step), -MostOfTrees, MostOfTrees);

    public static bool IsStep(float step) =>
        float.IsFinite(step)
        && step > 0
        && MathF.ILogB(step) is >= LeastExponent and <= LargestExponent
        && MathF.ScaleB(1, MathF.ILogB(step)) == step;

    private const int LeastExponent = -120;
    private const int LargestExponent = 90;
}
