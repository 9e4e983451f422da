namespace MinaKyukyu.Forecasting.Import;

/// <summary>One line of CSV; a cell is quoted only where it must be.</summary>
internal static class CsvLine
{
    private static readonly System.Buffers.SearchValues<char> MustBeQuoted =
        System.Buffers.SearchValues.Create(",\"\r\n");

    public static void Write(TextWriter to, IReadOnlyList<string> cells)
    {
        for (int i = 0; i < cells.Count; i++)
        {
            if (i > 0)
            {
                to.Write(',');
            }

            string cell = cells[i];
            to.Write(
                cell.AsSpan().ContainsAny(MustBeQuoted)
                    ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
                    : cell
            );
        }

        to.Write('\n');
    }
}
