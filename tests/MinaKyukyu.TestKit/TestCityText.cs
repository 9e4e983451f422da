using System.Globalization;
using System.Text;
using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Vocabulary.Patients;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.TestKit;

/// <summary>Times and reasons as a test writes them. Only for tests: what people read is worded by the server.</summary>
internal static class TestCityText
{
    /// <summary>"1m", "90s", "2m30s".</summary>
    public static TimeSpan Span(string text)
    {
        TimeSpan total = TimeSpan.Zero;
        int number = 0;
        foreach (char c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                number = (number * 10) + (c - '0');
                continue;
            }

            total += c switch
            {
                'h' => TimeSpan.FromHours(number),
                'm' => TimeSpan.FromMinutes(number),
                's' => TimeSpan.FromSeconds(number),
                _ => throw new FormatException($"'{text}' is no time: write 1m, 90s or 2m30s."),
            };
            number = 0;
        }

        return total;
    }

    public static string Span(TimeSpan span)
    {
        long seconds = (long)Math.Round(span.TotalSeconds);
        var text = new StringBuilder();
        if (seconds >= 3_600)
        {
            text.Append(CultureInfo.InvariantCulture, $"{seconds / 3_600}h");
        }

        if (seconds / 60 % 60 > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{seconds / 60 % 60}m");
        }

        if (seconds % 60 > 0 || seconds == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{seconds % 60}s");
        }

        return text.ToString();
    }

    /// <summary>The reasons that a dispatcher would want to hear; that a unit stands where it should is none.</summary>
    public static string Reasons(IEnumerable<Reason> reasons) =>
        string.Join(
            ", ",
            reasons
                .Where(reason =>
                    reason.Code is not (ReasonCode.FromStation or ReasonCode.FromPosition)
                    && reason.Precision != PlacePrecision.Building
                )
                .Select(Words)
        );

    public static string Words(Reason reason) =>
        reason.Code switch
        {
            ReasonCode.NearestByRoad => "nearest by road",
            ReasonCode.NearestByStraightLine => "nearest by straight line",
            ReasonCode.LaterThanNearest => $"{Seconds(reason)} later",
            ReasonCode.PositionStale => $"position {Seconds(reason)} old",
            ReasonCode.FromLastHospital => $"last at the hospital {Seconds(reason)} ago",
            ReasonCode.FromLastScene => $"last on scene {Seconds(reason)} ago",
            ReasonCode.StationAssumed => "station assumed",
            ReasonCode.Returning => "returning",
            ReasonCode.SoonFree => $"free in {Seconds(reason)}",
            ReasonCode.SoonFreeWouldBeEarlier =>
                $"{reason.Unit} would be {Seconds(reason)} earlier",
            ReasonCode.UnitOffMap => "unit off the map",
            ReasonCode.UnitSnapDistance => $"unit {Meters(reason)} from the road",
            ReasonCode.SnapDistance => $"place {Meters(reason)} from the road",
            ReasonCode.PlacePrecision => $"{reason.Precision} within {Meters(reason)}",
            ReasonCode.TownCentreOnly => $"town centre only, within {Meters(reason)}",
            ReasonCode.StationOrderOfTown => $"station {reason.Amount} of the town",
            ReasonCode.StationOrderDefault => $"station {reason.Amount} by default",
            ReasonCode.LastMetersOnFoot => "the last metres on foot",
            ReasonCode.ThroughClosure => "through a closure",
            ReasonCode.OffDuty => "off duty",
            ReasonCode.Busy => $"busy {State(reason)}, free in {Seconds(reason)}",
            ReasonCode.AlreadyOrdered => $"ordered here already, {State(reason)}",
            ReasonCode.Unreachable => "no way from there",
            ReasonCode.NoUnitOnDuty => "no unit is on duty",
            ReasonCode.AllBusy => $"all are busy, {reason.Unit} free in {Seconds(reason)}",
            ReasonCode.NoFreeUnitReaches => "no free unit reaches the place",
            ReasonCode.NoModel => "no model",
            ReasonCode.ModelAnswers => $"model {reason.Amount}",
            ReasonCode.ModelRefused => "model refused",
            ReasonCode.ModelFailed => "model failed",
            ReasonCode.IntervalWithdrawn => "interval withdrawn",
            ReasonCode.EarliestByModel => "earliest",
            ReasonCode.OtherNearerByRoad => $"{reason.Unit} {Seconds(reason)} nearer by road",
            ReasonCode.PlaceOffMap => "place off the map",
            ReasonCode.NoRoadMap => "no road map",
            ReasonCode.NoWayByRoad => "no way by road",
            ReasonCode.NoPlace => "no place",
            ReasonCode.NearestHospital => "nearest",
            ReasonCode.MeetsNeeds => $"has {Needs(reason)}",
            ReasonCode.LacksServices => $"lacks {Needs(reason)}",
            ReasonCode.RefusedBefore => "refused before",
            ReasonCode.NotAccepting => "takes nobody",
            ReasonCode.FromCarryingUnit => $"from {reason.Unit}",
            ReasonCode.FromScene => "from the scene",
            ReasonCode.HospitalOffMap => "hospital off the map",
            ReasonCode.HospitalPlanOrder => "in the plan's order",
            _ => reason.Code.ToString(),
        };

    private static string Seconds(Reason reason) =>
        Span(TimeSpan.FromSeconds(reason.Amount!.Value));

    private static string Meters(Reason reason) =>
        string.Create(CultureInfo.InvariantCulture, $"{reason.Amount!.Value:0} m");

    private static string Needs(Reason reason) =>
        string.Join(
            " and ",
            Enum.GetValues<CareNeeds>()
                .Where(need => need != CareNeeds.None && reason.Needs.HasFlag(need))
                .Select(need => need.ToString().ToLowerInvariant())
        );

    private static string State(Reason reason) =>
        reason.State switch
        {
            UnitState.Dispatched => "turning out",
            UnitState.EnRoute => "en route",
            UnitState.OnScene => "on scene",
            UnitState.Transporting => "transporting",
            UnitState.AtHospital => "at the hospital",
            _ => reason.State.ToString()!,
        };
}
