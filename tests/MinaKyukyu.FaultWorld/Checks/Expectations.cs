using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.FaultWorld.Crews;

namespace MinaKyukyu.FaultWorld.Checks;

/// <summary>What must be true if every promise of a ledger was kept exactly once: facts by name, and how many of each.</summary>
internal sealed class Expectations
{
    private readonly Dictionary<string, int> _facts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _incidents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _incidentOfOrder = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _incidentOfMilestone = new(StringComparer.Ordinal);

    private Expectations() { }

    public IReadOnlyDictionary<string, int> Facts => _facts;

    public IReadOnlySet<string> Incidents => _incidents;

    public IReadOnlyDictionary<string, string> IncidentOfOrder => _incidentOfOrder;

    public IReadOnlyDictionary<string, string> IncidentOfMilestone => _incidentOfMilestone;

    /// <summary>Rows of the audit chain: each consent that was taken back.</summary>
    public int AuditRows { get; private set; }

    public static Expectations Of(IReadOnlyList<Promise> ledger)
    {
        var expected = new Expectations();
        foreach (Promise promise in ledger)
        {
            expected.Add(promise.Asked.ShortMethod, promise.Asked.Body, promise.Answer);
        }

        return expected;
    }

    private void Add(string method, byte[] asked, byte[] answer)
    {
        switch (method)
        {
            case "SignOn":
                Once(FactNames.SignedOn, SignOnRequest.Parser.ParseFrom(asked).UnitId);
                break;
            case "OpenIncident":
                string opened = OpenIncidentResponse.Parser.ParseFrom(answer).IncidentId;
                _incidents.Add(opened);
                Once(FactNames.Opened, opened);
                break;
            case "AssignUnit":
                string order = AssignUnitResponse.Parser.ParseFrom(answer).AssignmentId;
                _incidentOfOrder[order] = AssignUnitRequest.Parser.ParseFrom(asked).IncidentId;
                Once(FactNames.Ordered, order);
                break;
            case "AcknowledgeAssignment":
                // The same acknowledgement from a second hand is the same fact.
                _facts[
                    Name(
                        FactNames.Acknowledged,
                        AcknowledgeAssignmentRequest.Parser.ParseFrom(asked).AssignmentId
                    )
                ] = 1;
                break;
            case "ReportMilestone":
                string milestone = ReportMilestoneResponse.Parser.ParseFrom(answer).MilestoneId;
                _incidentOfMilestone[milestone] = ReportMilestoneRequest
                    .Parser.ParseFrom(asked)
                    .IncidentId;
                _facts[Name(FactNames.Milestone, milestone)] = 1;
                break;
            case "WithdrawMilestone":
                _facts[
                    Name(
                        FactNames.MilestoneWithdrawn,
                        WithdrawMilestoneRequest.Parser.ParseFrom(asked).MilestoneId
                    )
                ] = 1;
                break;
            case "CloseCardStep":
                Once(FactNames.CardStep, CloseCardStepRequest.Parser.ParseFrom(asked).IncidentId);
                break;
            case "WithdrawConsent":
                string withdrawn = WithdrawConsentRequest.Parser.ParseFrom(asked).IncidentId;
                Once(FactNames.CardStep, withdrawn);
                Once(FactNames.ConsentWithdrawn, withdrawn);
                AuditRows++;
                break;
            case "CancelIncident":
                Once(FactNames.Cancelled, CancelIncidentRequest.Parser.ParseFrom(asked).IncidentId);
                break;
            default:
                throw new System.Diagnostics.UnreachableException(
                    $"Nobody says what {method} makes true."
                );
        }
    }

    private void Once(string kind, string id)
    {
        string name = Name(kind, id);
        _facts[name] = _facts.GetValueOrDefault(name) + 1;
    }

    private static string Name(string kind, string id) => $"{kind} {id}";
}
