using System.Diagnostics;
using System.Diagnostics.Metrics;
using MinaKyukyu.Authorization.EmergencyReads;
using MinaKyukyu.Authorization.Oversight;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Incidents.Watch;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Forecasts;
using MinaKyukyu.Server.Watching;

namespace MinaKyukyu.Server.Telemetry;

/// <summary>The node's own numbers, under the meter <see cref="MeterName"/>. Every tag is a closed set; none names a person, a place or a unit.</summary>
internal sealed class ServerMeter : IDisposable
{
    public const string MeterName = "MinaKyukyu.Server";

    private static readonly UnitState[] States = Enum.GetValues<UnitState>();
    private static readonly OrderAlarm[] Alarms = Enum.GetValues<OrderAlarm>();
    private static readonly SuspicionPattern[] Patterns = Enum.GetValues<SuspicionPattern>();

    private readonly Meter _meter = new(MeterName);
    private readonly Department _department;
    private readonly WatchOptions _watch;
    private readonly TimeProvider _time;
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _callDuration;
    private readonly Counter<long> _advice;
    private readonly Histogram<double> _adviceDuration;
    private readonly Counter<long> _modelFailures;

    public ServerMeter(
        Department department,
        WatchOptions watch,
        EmergencyReadsProjection emergencies,
        OversightDesk oversight,
        CoverageWatch coverage,
        TimeProvider time
    )
    {
        _department = department;
        _watch = watch;
        _time = time;
        _calls = _meter.CreateCounter<long>(
            "mina.server.calls",
            "{call}",
            "Calls ended, by method, gRPC status and the reason of a refusal."
        );
        _callDuration = _meter.CreateHistogram<double>(
            "mina.server.call.duration",
            "s",
            "Time from the request's last byte to the answer, by method; unary calls only."
        );
        _advice = _meter.CreateCounter<long>(
            "mina.server.recommendations",
            "{recommendation}",
            "Advice on units given over the wire, by level."
        );
        _adviceDuration = _meter.CreateHistogram<double>(
            "mina.server.recommendation.duration",
            "s",
            "Time of the decision itself, by level."
        );
        _modelFailures = _meter.CreateCounter<long>(
            "mina.server.model.failures",
            "{failure}",
            "Advice for which the model of the time to scene gave no usable answer."
        );
        _meter.CreateObservableGauge(
            "mina.server.model.coverage",
            () =>
                coverage.Now is { Arrivals: > 0 } now
                    ?
                    [
                        new Measurement<double>(
                            now.CoverageP10,
                            new TagList { { "quantile", "p10" } }
                        ),
                        new Measurement<double>(
                            now.CoverageP90,
                            new TagList { { "quantile", "p90" } }
                        ),
                    ]
                    : Array.Empty<Measurement<double>>(),
            "1",
            "Of the last arrivals, at most 500, the share that took no longer than the model's quantile."
        );
        _meter.CreateObservableGauge(
            "mina.server.model.error",
            () => coverage.Now.MaeSeconds,
            "s",
            "Mean absolute error of the model's median over the last arrivals, at most 500."
        );
        _meter.CreateObservableGauge(
            "mina.server.model.arrivals",
            () => coverage.Now.Arrivals,
            "{arrival}",
            "Arrivals that the model's coverage is counted over."
        );
        _meter.CreateObservableGauge(
            "mina.server.incidents.open",
            () => _department.Incidents.Open.Count,
            "{incident}",
            "Incidents that are open now."
        );
        _meter.CreateObservableGauge(
            "mina.server.units",
            UnitsByState,
            "{unit}",
            "Units now, by state."
        );
        _meter.CreateObservableGauge(
            "mina.server.orders.alarmed",
            OrdersByAlarm,
            "{order}",
            "Active orders that something is wrong with now, by what it is."
        );
        _meter.CreateObservableGauge(
            "mina.server.emergency_reads.open",
            () => emergencies.Current.OpenKeys.Count,
            "{read}",
            "Emergency reads that wait for the department's officer."
        );
        _meter.CreateObservableGauge(
            "mina.server.emergency_reads.oldest_age",
            () =>
                emergencies.Current.OldestOpenSince is { } since
                    ? Math.Max(0, (time.GetUtcNow() - since).TotalSeconds)
                    : 0,
            "s",
            "For how long the oldest open emergency read waits; 0 when none does."
        );
        _meter.CreateObservableGauge(
            "mina.server.suspicions",
            () => SuspicionsByPattern(oversight),
            "{suspicion}",
            "Questions to the officer about views of the last month, by pattern."
        );
    }

    /// <param name="reason">Of the table of refusals; empty when nothing was refused.</param>
    public void CountCall(string method, string status, string reason) =>
        _calls.Add(
            1,
            new TagList
            {
                { "method", method },
                { "status", status },
                { "reason", reason },
            }
        );

    public void RecordDuration(string method, TimeSpan took) =>
        _callDuration.Record(took.TotalSeconds, new TagList { { "method", method } });

    public void CountAdvice(Recommendation advice)
    {
        TagList tags = new() { { "level", WordFor(advice.Level) } };
        _advice.Add(1, tags);
        _adviceDuration.Record(
            TimeSpan.FromMilliseconds(advice.DecisionMilliseconds).TotalSeconds,
            tags
        );
    }

    public void CountModelFailure() => _modelFailures.Add(1);

    private static string WordFor(RecommendationLevel level) =>
        level switch
        {
            RecommendationLevel.FullModel => "full_model",
            RecommendationLevel.RouterOnly => "router_only",
            RecommendationLevel.StraightLine => "straight_line",
            RecommendationLevel.StaticOrder => "static_order",
            _ => "unspecified",
        };

    /// <summary>Also the states that nobody is in: a line that vanishes cannot be told from a server that does not know.</summary>
    private IEnumerable<Measurement<int>> UnitsByState()
    {
        var counts = _department
            .City.Plan.Units.Select(u => _department.ActivityOf(u.Id).State)
            .CountBy(state => state)
            .ToDictionary();
        return States.Select(s => new Measurement<int>(
            counts.GetValueOrDefault(s),
            Tag("state", s)
        ));
    }

    private IEnumerable<Measurement<int>> OrdersByAlarm()
    {
        DateTimeOffset now = _time.GetUtcNow();
        var counts = _department
            .Incidents.OpenIncidents.SelectMany(i =>
                i.ActiveOrders.SelectMany(o => OrderWatch.AlarmsOf(o, i, now, _watch))
            )
            .CountBy(alarm => alarm)
            .ToDictionary();
        return Alarms.Select(a => new Measurement<int>(
            counts.GetValueOrDefault(a),
            Tag("alarm", a)
        ));
    }

    private static IEnumerable<Measurement<int>> SuspicionsByPattern(OversightDesk oversight)
    {
        var counts = oversight.Current.Suspicions.CountBy(s => s.Pattern).ToDictionary();
        return Patterns.Select(p => new Measurement<int>(
            counts.GetValueOrDefault(p),
            Tag("pattern", p)
        ));
    }

    private static KeyValuePair<string, object?> Tag<TWord>(string key, TWord word)
        where TWord : struct, Enum =>
        new(key, Commands.Refusal.CodeOf(word.ToString()).ToLowerInvariant());

    public void Dispose() => _meter.Dispose();
}
