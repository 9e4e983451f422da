namespace MinaKyukyu.EndToEnd.Tests.Canaries;

/// <summary>The widths in which the same Japanese text may stand; kana without marks only.</summary>
internal static class KanaForms
{
    private const string Full =
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ";
    private const string Half = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜ";

    public static string HalfWidth(string text) =>
        new([
            .. text.Select(c =>
                Full.IndexOf(c, StringComparison.Ordinal) is >= 0 and var i ? Half[i] : c
            ),
        ]);

    /// <summary>Letters, digits and signs of ASCII in the width of a kanji.</summary>
    public static string FullWidth(string text) =>
        new([.. text.Select(c => c is > ' ' and <= '~' ? (char)(c - '!' + '！') : c)]);
}
