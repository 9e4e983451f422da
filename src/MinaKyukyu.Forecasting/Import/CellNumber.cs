using System.Globalization;

namespace MinaKyukyu.Forecasting.Import;

/// <summary>A number in a cell: 312.5, or with commas where they part thousands (1,200).</summary>
internal static class CellNumber
{
    /// <param name="text">In compatibility form.</param>
    public static double? TryRead(string text)
    {
        bool hasGroups = text.Contains(',', StringComparison.Ordinal);
        if (hasGroups && !AreThousands(text))
        {
            return null;
        }

        bool isNumber = double.TryParse(
            text,
            NumberStyles.AllowDecimalPoint
                | NumberStyles.AllowLeadingSign
                | (hasGroups ? NumberStyles.AllowThousands : NumberStyles.None),
            CultureInfo.InvariantCulture,
            out double number
        );
        return isNumber && double.IsFinite(number) ? number : null;
    }

    private static bool AreThousands(string text)
    {
        int point = text.IndexOf('.', StringComparison.Ordinal);
        string[] groups = (point < 0 ? text : text[..point]).TrimStart('-', '+').Split(',');
        return groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(group => group.Length == 3);
    }
}
