using Grpc.Core;
using MinaKyukyu.Analytics.Intervals;
using MinaKyukyu.Analytics.Reasons;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Server.Wire.Mapping;
using MinaKyukyu.Vocabulary.Incidents;
using Contract = MinaKyukyu.Contracts.Analytics.V1.AnalyticsService;
using V1 = MinaKyukyu.Contracts.Analytics.V1;

namespace MinaKyukyu.Server.Wire.Services;

/// <summary>The wire's side of the figures.</summary>
internal sealed class AnalyticsService(Department department, CodeBook codes)
    : Contract.AnalyticsServiceBase
{
    public override Task<V1.ListIntervalsResponse> ListIntervals(
        V1.ListIntervalsRequest request,
        ServerCallContext context
    )
    {
        IncidentsState state = department.Incidents;
        IntervalReport report = IntervalReport.Of(
            state.Incidents.Values,
            Parse.Time(request.StartTime, "start_time"),
            Parse.Time(request.EndTime, "end_time")
        );
        var response = new V1.ListIntervalsResponse
        {
            IncidentCount = report.IncidentCount,
            MilestoneCount = report.MilestoneCount,
            Revision = state.Revision,
        };
        response.Intervals.Add(report.Intervals.Select(PictureOf));
        return Task.FromResult(response);
    }

    private static V1.IntervalStatistics PictureOf(IntervalStatistics statistics)
    {
        (string ja, string en) = IntervalNames.Words(statistics.Interval.Kind);
        var picture = new V1.IntervalStatistics
        {
            Interval = Commands.Refusal.CodeOf(statistics.Interval.Kind.ToString()),
            Words = new Contracts.Type.V1.Words { Ja = ja, En = en },
            UsedCount = statistics.UsedCount,
        };
        foreach ((ExclusionReason reason, long count) in statistics.Excluded)
        {
            picture.ExcludedCounts.Add(IntervalDefinition.CodeOf(reason), count);
        }

        if (statistics is { P50Seconds: { } p50, P90Seconds: { } p90, MeanSeconds: { } mean })
        {
            picture.P50Seconds = p50;
            picture.P90Seconds = p90;
            picture.MeanSeconds = mean;
        }

        return picture;
    }

    public override Task<V1.ListReasonCountsResponse> ListReasonCounts(
        V1.ListReasonCountsRequest request,
        ServerCallContext context
    )
    {
        ReasonReport report = ReasonReport.Of(
            department.Incidents.Incidents.Values,
            Parse.Time(request.StartTime, "start_time"),
            Parse.Time(request.EndTime, "end_time")
        );
        var response = new V1.ListReasonCountsResponse
        {
            ViewedCount = report.ViewedCount,
            IncidentCount = report.IncidentCount,
        };
        if (report.NoCard.MedianSeconds is { } median)
        {
            response.NoCardSeconds = median;
        }

        response.Counts.Add(
            report.Counts.Select(c => new V1.ReasonCount
            {
                Table = c.Reason.Table,
                Reason = WordsOf(c.Reason),
                Count = c.Count,
            })
        );
        return Task.FromResult(response);
    }

    /// <summary>A code that a later table no longer has is shown as it was written.</summary>
    private Contracts.Type.V1.Reason WordsOf(Code code) =>
        codes.Find(code) is { } entry
            ? Reasons.Of(code.Value, entry.Ja, entry.En).ToWire()
            : Reasons.Of(code.Value, code.Value, code.Value).ToWire();
}
