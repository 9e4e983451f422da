using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using MinaKyukyu.Incidents.State;

namespace MinaKyukyu.Incidents.Watch;

/// <summary>How long an order may go unheard before the line on the board turns red.</summary>
public sealed class WatchOptions
{
    /// <summary>Until the tablet has the order.</summary>
    /// <value>5 seconds: two round trips over a bad radio with one repeat.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan DeliveredWithin { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Until the crew has acknowledged.</summary>
    /// <value>15 seconds: an order that nobody noticed cost 35 minutes once.</value>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan AcknowledgedWithin { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Until the unit rolls, by milestone or by movement.</summary>
    /// <value>90 seconds: half as long again as the 60 s turnout standard.</value>
    [Range(typeof(TimeSpan), "00:00:15", "00:30:00")]
    public TimeSpan RollingWithin { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>How near the place a unit must be when it reports on scene, in metres, beside what the place itself leaves open.</summary>
    /// <value>150 m: wrong-place arrivals that were published lay 300 m and more away.</value>
    [Range(20, 5_000)]
    public double ArrivalRadiusMeters { get; set; } = 150;
}

/// <summary>What the watch over an order finds wrong.</summary>
public enum OrderAlarm
{
    NotDelivered = 1,
    NotAcknowledged = 2,
    NotRolling = 3,
    FarFromPlace = 4,
}

/// <summary>指令見守り: pure. An alarm holds as long as its cause does; nobody has to take it back.</summary>
public static class OrderWatch
{
    public static ImmutableArray<OrderAlarm> AlarmsOf(
        Order order,
        Incident incident,
        DateTimeOffset now,
        WatchOptions options
    )
    {
        if (!order.IsActive)
        {
            return [];
        }

        TimeSpan age = now - order.DispatchedAt;
        var alarms = ImmutableArray.CreateBuilder<OrderAlarm>();
        bool rolls = order.RollingAt is not null;
        if (order.DeliveredAt is null && !rolls && age > options.DeliveredWithin)
        {
            alarms.Add(OrderAlarm.NotDelivered);
        }

        if (order.AcknowledgedAt is null && !rolls && age > options.AcknowledgedWithin)
        {
            alarms.Add(OrderAlarm.NotAcknowledged);
        }

        if (!rolls && age > options.RollingWithin)
        {
            alarms.Add(OrderAlarm.NotRolling);
        }

        // A place that is only roughly known cannot accuse a crew of having missed it.
        if (
            order.ArrivalDistanceMeters
            > options.ArrivalRadiusMeters + incident.Place.UncertaintyMeters
        )
        {
            alarms.Add(OrderAlarm.FarFromPlace);
        }

        return alarms.ToImmutable();
    }
}
