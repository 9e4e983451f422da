namespace MinaKyukyu.EndToEnd.Tests.Canaries;

/// <summary>How a leak may be written down; twelve, as the handbook counts them.</summary>
internal enum CanaryEncoding
{
    Utf8 = 1,
    Utf16LittleEndian,
    Utf16BigEndian,

    /// <summary>At each of the three offsets, in the usual and the URL's alphabet.</summary>
    Base64,
    HexLower,
    HexUpper,

    /// <summary>Percent, each octet or only those that must be, in either case.</summary>
    Url,

    /// <summary>\u as JSON has it, the numbers of HTML, and \x as Redis' MONITOR has it.</summary>
    Escaped,

    /// <summary>gzip, zlib or brotli; what comes out is searched in all encodings again.</summary>
    Compressed,

    /// <summary>Letter by letter or octet by octet.</summary>
    Reversed,

    /// <summary>Half-width kana, full-width letters and digits, and the two together.</summary>
    KanaWidth,

    /// <summary>Digits in groups with blanks, hyphens, dots or strokes between, or in one piece.</summary>
    DigitsApart,
}
