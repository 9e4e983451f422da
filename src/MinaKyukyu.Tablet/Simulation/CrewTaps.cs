using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Tablet.Queue;
using GeoPoint = MinaKyukyu.Vocabulary.Places.GeoPoint;

namespace MinaKyukyu.Tablet.Simulation;

/// <summary>
/// The taps of one run. A crew does not wait for the server: each tap goes to the queue and is stated with the moment of the tap;
/// what the server answered is told when it comes.
/// </summary>
internal sealed class CrewTaps(
    OutgoingQueue queue,
    CrewAccount account,
    TimeProvider time,
    Assignment order
)
{
    private readonly List<Task> _answers = [];

    /// <summary>Taps outside the card step so far.</summary>
    public int Count { get; private set; }

    public void Acknowledge() =>
        Offer(
            "acknowledged",
            queue.Offer(
                new AcknowledgeAssignmentRequest
                {
                    AssignmentId = order.AssignmentId,
                    OrderToken = order.OrderToken,
                }
            ),
            static _ => []
        );

    public void Milestone(MilestoneKind kind, GeoPoint? here, bool? cardReturned = null)
    {
        DateTimeOffset occurred = time.GetUtcNow();
        var request = new ReportMilestoneRequest
        {
            IncidentId = order.IncidentId,
            AssignmentId = order.AssignmentId,
            OrderToken = order.OrderToken,
            Kind = kind,
            OccurredTime = Timestamp.FromDateTimeOffset(occurred),
        };
        if (here is { } at)
        {
            request.Point = new() { Latitude = at.Latitude, Longitude = at.Longitude };
        }

        if (cardReturned is { } isReturned)
        {
            request.CardReturned = isReturned;
        }

        Offer(
            "milestone",
            queue.Offer(request),
            response =>
                [
                    ("milestone_id", response.MilestoneId),
                    ("late", response.Late),
                    ("gap_before", response.GapBefore),
                    ("already_told", response.AlreadyTold),
                ],
            ("kind", kind.ToString()),
            ("occurred", CrewAccount.Moment(occurred)),
            ("card_returned", cardReturned)
        );
    }

    public void Inquiry(string hospital, DestinationState state, string? refusalReason = null)
    {
        var request = new ReportHospitalInquiryRequest
        {
            IncidentId = order.IncidentId,
            AssignmentId = order.AssignmentId,
            HospitalId = hospital,
            PatientNumber = 1,
            State = state,
        };
        if (refusalReason is not null)
        {
            request.RefusalReason = new Code { Table = "refusal-reason", Value = refusalReason };
        }

        Offer(
            "inquiry",
            queue.Offer(request),
            static _ => [],
            ("hospital", hospital),
            ("state", state.ToString())
        );
    }

    /// <param name="noTransportReason">Null: the patient was carried.</param>
    public void Outcome(string? noTransportReason)
    {
        var outcome = new Outcome { Transported = noTransportReason is null };
        if (noTransportReason is null)
        {
            outcome.Severity = new Code { Table = "severity", Value = "moderate" };
        }
        else
        {
            outcome.NoTransportReason = new Code
            {
                Table = "no-transport-reason",
                Value = noTransportReason,
            };
        }

        Offer(
            "outcome",
            queue.Offer(
                new RecordOutcomeRequest
                {
                    IncidentId = order.IncidentId,
                    PatientNumber = 1,
                    Outcome = outcome,
                }
            ),
            static _ => [],
            ("transported", noTransportReason is null)
        );
    }

    /// <summary>Tells of an answer that something else than a tap here waits for, too.</summary>
    public void Follow<TResponse>(
        string what,
        Offer<TResponse> offer,
        params (string Key, JsonNode? Value)[] details
    ) => _answers.Add(TellAsync(what, offer, static _ => [], details));

    /// <summary>Waits until every tap is answered, but no longer than the crew's patience.</summary>
    public async Task WaitForAnswersAsync(TimeSpan patience, CancellationToken cancellation)
    {
        try
        {
            await Task.WhenAll(_answers).WaitAsync(patience, time, cancellation);
        }
        catch (TimeoutException)
        {
            account.Tell("unanswered", ("waiting_commands", queue.WaitingCount));
        }
    }

    private void Offer<TResponse>(
        string what,
        Offer<TResponse> offer,
        Func<TResponse, (string, JsonNode?)[]> read,
        params (string Key, JsonNode? Value)[] details
    )
    {
        Count++;
        _answers.Add(TellAsync(what, offer, read, details));
    }

    private async Task TellAsync<TResponse>(
        string what,
        Offer<TResponse> offer,
        Func<TResponse, (string, JsonNode?)[]> read,
        (string Key, JsonNode? Value)[] details
    )
    {
        (string, JsonNode?)[] about =
        [
            ("incident", order.IncidentId),
            ("assignment", order.AssignmentId),
            .. details,
        ];
        if (offer is not Offer<TResponse>.Queued queued)
        {
            string word = offer is Offer<TResponse>.Full ? "QUEUE_FULL" : "NOT_KEPT";
            account.Tell(what, [.. about, ("refused", word)]);
            return;
        }

        CommandAnswer<TResponse> answer;
        try
        {
            answer = await queued.Answer;
        }
        catch (OperationCanceledException)
        {
            // The tablet is switched off; the command stays in its file.
            return;
        }

        account.Tell(
            what,
            [
                .. about,
                ("request_id", answer.RequestId),
                ("tries", answer.Tries),
                ("waited_seconds", Math.Round(answer.Waited.TotalSeconds, 3)),
                .. AnswerOf(answer, read),
            ]
        );
    }

    private static (string, JsonNode?)[] AnswerOf<TResponse>(
        CommandAnswer<TResponse> answer,
        Func<TResponse, (string, JsonNode?)[]> read
    ) =>
        answer switch
        {
            CommandAnswer<TResponse>.Done done => read(done.Response),
            CommandAnswer<TResponse>.Refused refused =>
            [
                ("refused", refused.Why.Reason),
                ("code", refused.Why.Code.ToString()),
            ],
            CommandAnswer<TResponse>.SetAside aside => [("set_aside", aside.Last.Code.ToString())],
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
