using MinaKyukyu.Forecasting.Import;

namespace MinaKyukyu.Forecasting.Tests.Import;

public class CanonicalRunFileTests
{
    private static readonly DateTimeOffset Noon = new(2026, 4, 1, 12, 0, 0, TimeSpan.FromHours(9));

    [Fact]
    public void The_columns_are_exactly_these()
    {
        using var to = new StringWriter();
        CanonicalRunFile.WriteHeader(to);

        Assert.Equal(
            "run_id,department,decided_at,call_received_at,dispatched_at,rolling_at,on_scene_at,station,vehicle_kind,at_station,"
                + "area,urgency,router_seconds,straight_line_m,fast_m,main_m,local_m,position_age_seconds,place_uncertainty_m,"
                + "units_free,incidents_waiting,precipitation_mm_h\n",
            to.ToString()
        );
    }

    [Fact]
    public void What_is_unknown_is_empty() =>
        Assert.Equal(
            "r1,,2026-04-01T12:00:00.000+09:00,,2026-04-01T12:00:30.250+09:00,,,,,,,,,,,,,,,,,\n",
            Line(
                new CanonicalRun
                {
                    RunId = "r1",
                    DecidedAt = Noon,
                    DispatchedAt = Noon.AddMilliseconds(30_250),
                }
            )
        );

    [Fact]
    public void What_is_known_stands_in_its_column_and_a_comma_is_quoted() =>
        Assert.Equal(
            "r1,d,2026-04-01T12:00:00.000+09:00,2026-04-01T11:59:00.000+09:00,2026-04-01T12:00:00.000+09:00,"
                + "2026-04-01T12:01:00.000+09:00,2026-04-01T12:06:00.000+09:00,\"a,\"\"b\",ambulance,0,t,high,312.5,1200,0,900,"
                + "400.125,12,30,7,0,1.5\n",
            Line(
                new CanonicalRun
                {
                    RunId = "r1",
                    Department = "d",
                    DecidedAt = Noon,
                    CallReceivedAt = Noon.AddMinutes(-1),
                    DispatchedAt = Noon,
                    RollingAt = Noon.AddMinutes(1),
                    OnSceneAt = Noon.AddMinutes(6),
                    Station = "a,\"b",
                    VehicleKind = "ambulance",
                    IsAtStation = false,
                    Area = "t",
                    Urgency = "high",
                    RouterSeconds = 312.5,
                    StraightLineMeters = 1200,
                    FastMeters = 0,
                    MainMeters = 900,
                    LocalMeters = 400.1251,
                    PositionAgeSeconds = 12,
                    PlaceUncertaintyMeters = 30,
                    UnitsFree = 7,
                    IncidentsWaiting = 0,
                    PrecipitationMmPerHour = 1.5,
                }
            )
        );

    private static string Line(CanonicalRun run)
    {
        using var to = new StringWriter();
        CanonicalRunFile.Write(to, run);
        return to.ToString();
    }
}
