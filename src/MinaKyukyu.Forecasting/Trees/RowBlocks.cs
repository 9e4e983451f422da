namespace MinaKyukyu.Forecasting.Trees;

/// <summary>Cuts rows into blocks of the same size at any number of threads; what is done to a row depends on that row alone.</summary>
internal sealed class RowBlocks(int rows, int threads)
{
    private const int Size = 16_384;

    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = threads };

    /// <param name="act">Takes the first row of a block and the one after its last.</param>
    public void Each(Action<int, int> act)
    {
        if (rows <= Size)
        {
            act(0, rows);
            return;
        }

        Parallel.For(
            0,
            (rows + Size - 1) / Size,
            _parallel,
            block => act(block * Size, Math.Min(rows, (block + 1) * Size))
        );
    }
}
