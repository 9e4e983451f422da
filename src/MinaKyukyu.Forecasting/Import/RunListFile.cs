using System.IO.Compression;
using System.Text;
using CsvHelper;

namespace MinaKyukyu.Forecasting.Import;

/// <summary>
/// A run list as a department exports it, row by row: a header, commas or tabs, quoted cells with line ends in them, compressed
/// where the name ends in <c>.gz</c>. No message of it quotes a cell.
/// </summary>
internal sealed class RunListFile : IDisposable
{
    /// <summary>No run is told in more; an unclosed quote cannot swallow the memory. Own working value.</summary>
    private const int LargestRowBytes = 1024 * 1024;

    private readonly CsvReader _csv;

    private RunListFile(string name, RunListEncoding encoding, CsvReader csv)
    {
        Name = name;
        Encoding = encoding;
        _csv = csv;
    }

    public string Name { get; }

    public RunListEncoding Encoding { get; }

    /// <summary>Line on which the row in hand begins, the header being line 1.</summary>
    public int Line { get; private set; } = 1;

    public int Columns => _csv.Headers.Count;

    /// <summary>Cells of the row in hand.</summary>
    public int Cells => _csv.FieldCount;

    /// <summary>No cell of the row in hand holds anything but spaces.</summary>
    public bool IsEmpty =>
        Enumerable.Range(0, Cells).All(cell => string.IsNullOrWhiteSpace(_csv.GetString(cell)));

    /// <exception cref="RunImportException">The file cannot be opened, or has no header.</exception>
    public static RunListFile Open(string file, RunListEncoding encoding)
    {
        try
        {
            if (encoding == RunListEncoding.Detect)
            {
                using Stream bytes = Bytes(file);
                encoding = RunListEncodings.Detect(bytes);
            }

            char separator;
            using (StreamReader letters = Letters(file, encoding))
            {
                separator = SeparatorOf(letters);
            }

            CsvReader csv = CsvReader.Create(
                Letters(file, encoding),
                new CsvReaderOptions
                {
                    Separator = separator,
                    TrimWhitespace = true,
                    TrackLineNumbers = true,
                    PoolStrings = true,
                    IncludeValuesInExceptions = false,
                    MalformedData = CsvMalformedDataHandling.Throw,
                    MaxRecordSize = LargestRowBytes,
                }
            );
            var table = new RunListFile(file, encoding, csv);
            try
            {
                table.Guard(csv.ReadHeader);
                return table.Columns > 0
                    ? table
                    : throw new RunImportException(file, 1, "", "the file is empty");
            }
            catch
            {
                table.Dispose();
                throw;
            }
        }
        catch (DecoderFallbackException damage)
        {
            throw Damaged(file, encoding, damage);
        }
        catch (Exception denied)
            when (denied is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new RunImportException(file, 0, "", "the file cannot be read", denied);
        }
    }

    /// <summary>Where the columns of that name stand; names are compared in compatibility form.</summary>
    public int[] Find(string name)
    {
        string plain = CellText.Plain(name);
        return
        [
            .. Enumerable
                .Range(0, Columns)
                .Where(column => CellText.Plain(_csv.Headers[column]) == plain),
        ];
    }

    /// <exception cref="RunImportException">The bytes are damaged, or a quote is not closed.</exception>
    public bool Next()
    {
        bool isThere = false;
        Guard(() => isThere = _csv.Read());
        Line = (int)_csv.LineNumber;
        return isThere;
    }

    /// <summary>The cell, trimmed; empty where the row is too short.</summary>
    public string Cell(int column) => column < Cells ? _csv.GetString(column) : "";

    public void Dispose() => _csv.Dispose();

    private static Stream Bytes(string file)
    {
        Stream bytes = File.OpenRead(file);
        return WholeTextFile.IsCompressed(file)
            ? new GZipStream(bytes, CompressionMode.Decompress)
            : bytes;
    }

    private static StreamReader Letters(string file, RunListEncoding encoding) =>
        new(
            Bytes(file),
            RunListEncodings.Strict(encoding),
            detectEncodingFromByteOrderMarks: false
        );

    /// <summary>A tab where the first line has more of them than commas, outside quotes.</summary>
    private static char SeparatorOf(StreamReader letters)
    {
        int commas = 0;
        int tabs = 0;
        bool isQuoted = false;
        for (
            int letter = letters.Read();
            letter >= 0 && (isQuoted || letter is not ('\n' or '\r'));
            letter = letters.Read()
        )
        {
            isQuoted ^= letter == '"';
            commas += letter == ',' && !isQuoted ? 1 : 0;
            tabs += letter == '\t' && !isQuoted ? 1 : 0;
        }

        return tabs > commas ? '\t' : ',';
    }

    private static RunImportException Damaged(
        string file,
        RunListEncoding encoding,
        Exception damage
    )
    {
        using Stream bytes = Bytes(file);
        return new RunImportException(
            file,
            RunListEncodings.LineOfDamage(bytes, encoding),
            "",
            $"the bytes are damaged or not {encoding}",
            damage
        );
    }

    private void Guard(Action read)
    {
        try
        {
            read();
        }
        catch (CsvFormatException malformed)
        {
            throw new RunImportException(
                Name,
                (int)malformed.LineNumber,
                "",
                "the row is not proper CSV",
                malformed
            );
        }
        catch (Exception damage)
            when (damage is InvalidDataException or DecoderFallbackException or IOException)
        {
            throw Damaged(Name, Encoding, damage);
        }
    }
}
