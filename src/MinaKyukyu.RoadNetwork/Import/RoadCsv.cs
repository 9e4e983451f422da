using System.Globalization;
using System.Text;
using CsvHelper;

namespace MinaKyukyu.RoadNetwork.Import;

/// <summary>One road table: columns by name in any order, unknown ones ignored, every refusal with file and line.</summary>
internal sealed class RoadCsv : IDisposable
{
    /// <summary>No street is drawn with more; an unclosed quote cannot swallow the memory. Own working value.</summary>
    private const int LargestRowBytes = 4 * 1024 * 1024;

    private readonly string _file;
    private readonly CsvReader _csv;

    /// <exception cref="RoadFileException">The table has no header.</exception>
    public RoadCsv(TextReader reader, string file)
    {
        _file = file;
        _csv = CsvReader.Create(
            reader,
            new CsvReaderOptions
            {
                Separator = ',',
                TrimWhitespace = true,
                TrackLineNumbers = true,
                PoolStrings = true,
                MalformedData = CsvMalformedDataHandling.Throw,
                MaxRecordSize = LargestRowBytes,
            }
        );
        Guard(_csv.ReadHeader);
        if (_csv.Headers.Count == 0)
        {
            throw new RoadFileException(file, 1, "the file is empty");
        }
    }

    /// <summary>Line of the row in hand, the header being line 1.</summary>
    public int Line => (int)_csv.LineNumber;

    public bool Has(string column) => Find(column) >= 0;

    /// <summary>The column's index, or -1.</summary>
    public int Find(string column) => _csv.TryGetFieldIndex(column, out int index) ? index : -1;

    /// <exception cref="RoadFileException">No column of these names.</exception>
    public int Require(params string[] names)
    {
        foreach (string name in names)
        {
            if (Find(name) is int column and >= 0)
            {
                return column;
            }
        }

        throw new RoadFileException(_file, 1, $"there is no column {string.Join(" or ", names)}");
    }

    /// <exception cref="RoadFileException">The bytes are damaged.</exception>
    public bool Next()
    {
        bool isThere = false;
        Guard(() => isThere = _csv.Read());
        return isThere;
    }

    /// <summary>The cell, trimmed; empty where the row is too short or the column (-1) is not there.</summary>
    public string Text(int column) => column < 0 ? "" : _csv.GetString(column);

    public double Number(int column, string name)
    {
        string text = Text(column);
        if (text.Length == 0)
        {
            throw Refused($"{name} is empty");
        }

        bool isNumber = double.TryParse(
            text,
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out double number
        );
        return isNumber && double.IsFinite(number)
            ? number
            : throw Refused($"{name} '{text}' is not a number");
    }

    public RoadFileException Refused(string reason) => new(_file, Line, reason);

    public void Dispose() => _csv.Dispose();

    private void Guard(Action read)
    {
        try
        {
            read();
        }
        catch (CsvFormatException malformed)
        {
            throw new RoadFileException(
                _file,
                (int)malformed.LineNumber,
                "the row is not proper CSV",
                malformed
            );
        }
        catch (Exception damage)
            when (damage is InvalidDataException or DecoderFallbackException or IOException)
        {
            throw new RoadFileException(
                _file,
                Line + 1,
                "the bytes are damaged or not UTF-8",
                damage
            );
        }
    }
}
