using MinaKyukyu.Forecasting.Import;

namespace MinaKyukyu.Cli.Import;

/// <summary>What an import counts, in words for people and in names for machines.</summary>
internal static class ImportWords
{
    public static string Of(ExclusionReason reason) =>
        reason switch
        {
            ExclusionReason.EmptyRow => "空の行 / empty row",
            ExclusionReason.WrongNumberOfCells =>
                "列数が見出しと違う / not as many cells as the header",
            ExclusionReason.NotWanted => "対象外の行 / the map asks for other rows",
            ExclusionReason.UnreadableMoment =>
                "存在しない、または読めない日時 / a moment that does not exist or cannot be read",
            ExclusionReason.AmbiguousMoment =>
                "時計が戻された1時間 / the clocks showed this hour twice",
            ExclusionReason.MissingMoment => "必要な日時がない / a needed moment is missing",
            ExclusionReason.OutOfOrder => "時刻の順序が逆 / before what must come before it",
            ExclusionReason.TooLong =>
                "前の時刻から6時間超 / more than 6 h after the stamp before it",
            ExclusionReason.UnreadableNumber => "読めない数値 / no number",
            ExclusionReason.NumberOutOfRange =>
                "ありえない数値 / a number below 0 or beyond any run",
            ExclusionReason.UnreadableFlag => "はい・いいえが読めない / neither yes nor no",
            ExclusionReason.Duplicate => "同じ行が2度ある / the same run twice",
            _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
        };

    public static string Of(WithheldReason reason) =>
        reason switch
        {
            WithheldReason.TwelveDigits => "12桁の番号 / a number of twelve digits",
            WithheldReason.House => "番地まである所在地 / a house, not only a town",
            WithheldReason.FreeText => "名称でない長い文 / too long for a name",
            WithheldReason.NotListed => "対応表にない値 / not in the map's list",
            _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
        };

    public static string Of(RunListEncoding encoding) =>
        encoding switch
        {
            RunListEncoding.ShiftJis => "Shift_JIS",
            RunListEncoding.EucJp => "EUC-JP",
            RunListEncoding.Utf16 => "UTF-16",
            _ => "UTF-8",
        };

    /// <summary>The Japanese word of an interval by its end.</summary>
    public static string OfInterval(string end) =>
        end switch
        {
            "dispatched_at" => "入電から指令 call processing",
            "rolling_at" => "指令から出動 turnout",
            _ => "出動から現着 travel",
        };

    /// <summary><c>RUNS.csv:12 [出動]</c></summary>
    public static string Of(RunListPlace place) =>
        place.Column.Length > 0
            ? $"{place.File}:{place.Line} [{place.Column}]"
            : $"{place.File}:{place.Line}";
}
