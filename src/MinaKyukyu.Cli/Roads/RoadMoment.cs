using System.Globalization;
using MinaKyukyu.RoadNetwork;

namespace MinaKyukyu.Cli.Roads;

/// <summary>A moment as somebody typed it: with an offset from UTC, or by the clocks of the roads. Never by this machine's.</summary>
internal readonly record struct RoadMoment
{
    private readonly DateTimeOffset _asIfUtc;
    private readonly bool _isLocal;

    private RoadMoment(DateTimeOffset asIfUtc, bool isLocal)
    {
        _asIfUtc = asIfUtc;
        _isLocal = isLocal;
    }

    /// <summary>Null where it is no moment.</summary>
    public static RoadMoment? Parse(string text)
    {
        if (
            !DateTime.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.RoundtripKind,
                out DateTime typed
            )
            || !DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out DateTimeOffset moment
            )
        )
        {
            return null;
        }

        return new RoadMoment(moment, typed.Kind == DateTimeKind.Unspecified);
    }

    public DateTimeOffset On(RoadMap roads) =>
        _isLocal
            ? new DateTimeOffset(_asIfUtc.DateTime, roads.OffsetOf(_asIfUtc.DateTime))
            : _asIfUtc;
}
