using System.Diagnostics;
using System.Diagnostics.Metrics;
using MinaKyukyu.MedicalInfo.Ports;

namespace MinaKyukyu.MedicalInfo;

/// <summary>Counters and spans of this room; both are named as the room. Tags are closed sets: no patient, no content.</summary>
internal static class MedicalInfoTelemetry
{
    public const string Name = "MinaKyukyu.MedicalInfo";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Requests = Meter.CreateCounter<long>(
        "mina.medicalinfo.upstream.requests",
        "{request}",
        "Requests to the source of records, by kind and result."
    );

    private static readonly Histogram<double> RequestDuration = Meter.CreateHistogram<double>(
        "mina.medicalinfo.upstream.duration",
        "s",
        "Time from request to the last byte."
    );

    private static readonly Counter<long> Lookups = Meter.CreateCounter<long>(
        "mina.medicalinfo.cache.lookups",
        "{lookup}",
        "Look-ups of the summary cache, by level and result (hit, miss, broken_seal, failed)."
    );

    private static readonly Counter<long> Sections = Meter.CreateCounter<long>(
        "mina.medicalinfo.sections",
        "{section}",
        "Sections shown, by kind and state."
    );

    private static readonly Counter<long> Outcomes = Meter.CreateCounter<long>(
        "mina.medicalinfo.summaries",
        "{summary}",
        "Summaries ended, by outcome."
    );

    private static readonly Histogram<double> SummaryDuration = Meter.CreateHistogram<double>(
        "mina.medicalinfo.summary.duration",
        "s",
        "Time from the question to the definite word."
    );

    private static readonly Counter<long> Withheld = Meter.CreateCounter<long>(
        "mina.medicalinfo.rows.withheld",
        "{row}",
        "Rows not shown, by reason (undelivered, unknown_tag, unreadable, entered_in_error, outside_window)."
    );

    public static void CountRequest(RecordKind kind, string result, TimeSpan duration)
    {
        TagList tags = new() { { "kind", kind.ToString() }, { "result", result } };
        Requests.Add(1, tags);
        RequestDuration.Record(duration.TotalSeconds, tags);
    }

    public static void CountLookup(int level, string result) =>
        Lookups.Add(1, new TagList { { "level", level }, { "result", result } });

    public static void CountSection(string kind, string state) =>
        Sections.Add(1, new TagList { { "kind", kind }, { "state", state } });

    public static void CountSummary(string outcome, TimeSpan duration)
    {
        TagList tags = new() { { "outcome", outcome } };
        Outcomes.Add(1, tags);
        SummaryDuration.Record(duration.TotalSeconds, tags);
    }

    public static void CountWithheld(string reason, int rows)
    {
        if (rows > 0)
        {
            Withheld.Add(rows, new TagList { { "reason", reason } });
        }
    }
}
