using System.Globalization;
using System.Text;

namespace MinaKyukyu.RoadNetwork.Import;

/// <summary>
/// A file of several tables, read from front to back: a line with a table's name, a header line, rows, an empty line. No cell
/// holds a comma or a quote; columns by name in any order, unknown ones ignored; whole numbers may be written <c>1.0</c>.
/// </summary>
internal sealed class TableFile(TextReader reader, string file)
{
    /// <summary>A row of numbers is shorter by far; a file without line ends cannot swallow the memory.</summary>
    private const int LongestLine = 10_000;

    private readonly StringBuilder _text = new();
    private int _line;

    /// <summary>The rows of the next table, which must have this name and these columns.</summary>
    /// <exception cref="RoadFileException">The next table is another one, lacks a column, or the bytes are damaged.</exception>
    public IEnumerable<TableRow> Rows(string name, params string[] columns)
    {
        string[]? title = NextFilled();
        if (title is null || title[0] != name)
        {
            throw new RoadFileException(
                file,
                Math.Max(1, _line),
                $"the table {name} does not begin here"
            );
        }

        string[] header =
            Next() ?? throw new RoadFileException(file, _line, $"{name} has no header");
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string column in columns)
        {
            int place = Array.IndexOf(header, column);
            places[column] =
                place >= 0
                    ? place
                    : throw new RoadFileException(file, _line, $"there is no column {column}");
        }

        while (Next() is { } cells && !IsEmpty(cells))
        {
            yield return new TableRow(file, _line, cells, places);
        }
    }

    private string[]? NextFilled()
    {
        string[]? cells = Next();
        while (cells is not null && IsEmpty(cells))
        {
            cells = Next();
        }

        return cells;
    }

    private string[]? Next()
    {
        try
        {
            string? line = ReadLine();
            _line++;
            return line?.Split(',', StringSplitOptions.TrimEntries);
        }
        catch (Exception damage)
            when (damage
                    is InvalidDataException
                        or IOException
                        or System.Text.DecoderFallbackException
            )
        {
            throw new RoadFileException(
                file,
                _line + 1,
                "the bytes are damaged or not UTF-8",
                damage
            );
        }
    }

    private string? ReadLine()
    {
        _text.Clear();
        int letter = reader.Read();
        if (letter < 0)
        {
            return null;
        }

        for (; letter >= 0 && letter != '\n'; letter = reader.Read())
        {
            if (_text.Length == LongestLine)
            {
                throw new RoadFileException(
                    file,
                    _line + 1,
                    $"the line is longer than {LongestLine} letters"
                );
            }

            _text.Append((char)letter);
        }

        return _text.ToString();
    }

    private static bool IsEmpty(string[] cells) =>
        Array.TrueForAll(cells, cell => cell.Length == 0);
}

/// <summary>One row of a table, its cells by the names of their columns.</summary>
internal readonly struct TableRow(
    string file,
    int line,
    string[] cells,
    Dictionary<string, int> places
)
{
    public string Text(string column) =>
        places[column] < cells.Length ? cells[places[column]] : throw Refused($"{column} is empty");

    public double Number(string column)
    {
        string text = Text(column);
        bool isNumber = double.TryParse(
            text,
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out double number
        );
        return isNumber && double.IsFinite(number)
            ? number
            : throw Refused($"{column} '{text}' is not a number");
    }

    /// <summary>A whole number from 1.</summary>
    public int Index(string column)
    {
        double number = Number(column);
        return number is >= 1 and <= int.MaxValue && Math.Floor(number).Equals(number)
            ? (int)number
            : throw Refused($"{column} '{Text(column)}' is not a whole number from 1");
    }

    public RoadFileException Refused(string reason) => new(file, line, reason);
}
