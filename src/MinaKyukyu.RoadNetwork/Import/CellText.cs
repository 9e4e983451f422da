using System.Globalization;

namespace MinaKyukyu.RoadNetwork.Import;

/// <summary>Cells of road tables that hold more than one value, or a unit.</summary>
internal static class CellText
{
    /// <summary>
    /// The values of a cell: one, or several where a street of several ways was merged and the cell holds a Python list
    /// (<c>['tertiary', 'residential']</c>). Empty cells have none.
    /// </summary>
    public static IReadOnlyList<string> Values(string cell)
    {
        if (cell.Length == 0)
        {
            return [];
        }

        if (cell is not ['[', .., ']'])
        {
            return [cell];
        }

        return
        [
            .. cell[1..^1]
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(value => value.Trim('\'', '"')),
        ];
    }

    /// <summary>A posted limit in km/h: a plain number, or one in <c>mph</c>. Null where it is neither, or not above zero.</summary>
    public static int? MaxSpeedKmh(string value)
    {
        const double kilometresPerMile = 1.609344;
        bool isInMiles = value.EndsWith("mph", StringComparison.OrdinalIgnoreCase);
        string digits = isInMiles ? value[..^3].Trim() : value;
        if (
            !double.TryParse(
                digits,
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out double speed
            )
        )
        {
            return null;
        }

        double kmh = isInMiles ? speed * kilometresPerMile : speed;
        return kmh is >= 1 and <= 500 ? (int)Math.Round(kmh) : null;
    }
}
