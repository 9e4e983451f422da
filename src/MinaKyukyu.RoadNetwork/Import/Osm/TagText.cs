using System.Globalization;

namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>Numbers with units, as mappers write them.</summary>
internal static class TagText
{
    /// <summary>
    /// A posted limit in km/h: a number, alone or in <c>km/h</c> or <c>mph</c>, or one of the words; of several
    /// (<c>60;50</c>) the lowest. 0: none is posted; null: cannot be read.
    /// </summary>
    public static int? MaxSpeedKmh(string text, IReadOnlyDictionary<string, int> words)
    {
        int? lowest = null;
        foreach (string value in text.Split(';', StringSplitOptions.TrimEntries))
        {
            int? kmh = words.TryGetValue(value, out int word)
                ? word
                : CellText.MaxSpeedKmh(WithoutUnit(value, "km/h", "kmh"));
            if (kmh is null)
            {
                return null;
            }

            lowest = Math.Min(lowest ?? int.MaxValue, kmh is 0 ? int.MaxValue : kmh.Value);
        }

        return lowest == int.MaxValue ? 0 : lowest;
    }

    /// <summary>Metres: a number, alone or in <c>m</c>, <c>cm</c>, or feet and inches (<c>8'6"</c>). Null: cannot be read.</summary>
    public static double? Meters(string text)
    {
        const double metersPerFoot = 0.3048;
        if (text.EndsWith("cm", StringComparison.Ordinal))
        {
            return Number(text[..^2]) / 100;
        }

        int feet = text.IndexOf('\'', StringComparison.Ordinal);
        if (feet < 0)
        {
            return Number(WithoutUnit(text, "m"));
        }

        string inches = text[(feet + 1)..].Trim().TrimEnd('"');
        return (Number(text[..feet]) + (inches.Length > 0 ? Number(inches) / 12 : 0))
            * metersPerFoot;
    }

    private static string WithoutUnit(string text, params ReadOnlySpan<string> units)
    {
        foreach (string unit in units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                return text[..^unit.Length].TrimEnd();
            }
        }

        return text;
    }

    private static double? Number(string text) =>
        double.TryParse(
            text.Trim(),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out double number
        ) && double.IsFinite(number)
            ? number
            : null;
}
