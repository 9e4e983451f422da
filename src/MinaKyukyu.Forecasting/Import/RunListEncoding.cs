using System.Text;

namespace MinaKyukyu.Forecasting.Import;

/// <summary>How the letters of a run list are written.</summary>
public enum RunListEncoding
{
    /// <summary>By its mark; else UTF-8 where all of the file is that; else Shift_JIS.</summary>
    Detect = 0,

    Utf8 = 1,

    /// <summary>As Windows writes it (code page 932).</summary>
    ShiftJis = 2,

    /// <summary>Code page 51932.</summary>
    EucJp = 3,

    /// <summary>Little-endian, as Excel writes "Unicode text".</summary>
    Utf16 = 4,
}

/// <summary>Strict decoders, which pass over a mark at the beginning: a byte that is no letter ends the reading.</summary>
internal static class RunListEncodings
{
    private const int WindowsShiftJis = 932;
    private const int EucJpPage = 51932;

    public static Encoding Strict(RunListEncoding encoding) =>
        encoding switch
        {
            RunListEncoding.Utf8 => new UTF8Encoding(true, throwOnInvalidBytes: true),
            RunListEncoding.ShiftJis => Page(WindowsShiftJis),
            RunListEncoding.EucJp => Page(EucJpPage),
            RunListEncoding.Utf16 => new UnicodeEncoding(false, true, throwOnInvalidBytes: true),
            _ => throw new ArgumentOutOfRangeException(
                nameof(encoding),
                encoding,
                "There is no such encoding."
            ),
        };

    /// <summary>Reads the bytes up to the first that is not UTF-8.</summary>
    public static RunListEncoding Detect(Stream bytes)
    {
        Decoder decoder = Strict(RunListEncoding.Utf8).GetDecoder();
        var block = new byte[1 << 16];
        var letters = new char[1 << 16];
        bool isFirst = true;
        try
        {
            for (int read; (read = bytes.Read(block)) > 0; isFirst = false)
            {
                if (isFirst && read >= 2 && block[0] == 0xFF && block[1] == 0xFE)
                {
                    return RunListEncoding.Utf16;
                }

                decoder.GetChars(block.AsSpan(0, read), letters, flush: false);
            }

            decoder.GetChars([], letters, flush: true);
            return RunListEncoding.Utf8;
        }
        catch (DecoderFallbackException)
        {
            return RunListEncoding.ShiftJis;
        }
    }

    /// <summary>The line of the first byte that is no letter, or of the end where all are.</summary>
    public static int LineOfDamage(Stream bytes, RunListEncoding encoding)
    {
        Decoder decoder = Strict(encoding).GetDecoder();
        using var buffered = new BufferedStream(bytes);
        var one = new byte[1];
        var letters = new char[8];
        int line = 1;
        try
        {
            while (buffered.Read(one) == 1)
            {
                int count = decoder.GetChars(one, letters, flush: false);
                line += letters.AsSpan(0, count).Count('\n');
            }
        }
        catch (Exception damage)
            when (damage is DecoderFallbackException or InvalidDataException or IOException)
        {
            // This is what was looked for.
        }

        return line;
    }

    private static Encoding Page(int page) =>
        CodePagesEncodingProvider.Instance.GetEncoding(
            page,
            EncoderFallback.ExceptionFallback,
            DecoderFallback.ExceptionFallback
        ) ?? throw new NotSupportedException($"Code page {page} is not installed.");
}
