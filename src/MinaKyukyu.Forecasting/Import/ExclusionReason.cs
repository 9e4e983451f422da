namespace MinaKyukyu.Forecasting.Import;

/// <summary>Why a row of a run list is not in the run file. A row has one reason, the first that was met.</summary>
public enum ExclusionReason
{
    /// <summary>No cell holds anything.</summary>
    EmptyRow = 1,

    /// <summary>More or fewer cells than the header, so that nobody knows which is which.</summary>
    WrongNumberOfCells = 2,

    /// <summary>The map asks only for rows of another kind.</summary>
    NotWanted = 3,

    /// <summary>A date, an era or a time that does not exist or is not told in full.</summary>
    UnreadableMoment = 4,

    /// <summary>The clock showed this twice, when it was put back.</summary>
    AmbiguousMoment = 5,

    /// <summary>A row without a decision or an order teaches nothing.</summary>
    MissingMoment = 6,

    /// <summary>It happened before what must come before it.</summary>
    OutOfOrder = 7,

    /// <summary>More than <see cref="RunImport.LongestInterval"/> after what comes before it.</summary>
    TooLong = 8,

    UnreadableNumber = 9,

    /// <summary>Negative, or larger than any run.</summary>
    NumberOutOfRange = 10,

    UnreadableFlag = 11,

    /// <summary>The same run stands in the lists twice.</summary>
    Duplicate = 12,
}

/// <summary>Why a cell is left empty although its row is used.</summary>
public enum WithheldReason
{
    /// <summary>It holds a number of twelve digits, which might be a personal number.</summary>
    TwelveDigits = 1,

    /// <summary>It tells a house, not only a town.</summary>
    House = 2,

    /// <summary>It is too long for a name, or has several lines.</summary>
    FreeText = 3,

    /// <summary>The map lists names, and it is none of them.</summary>
    NotListed = 4,
}
