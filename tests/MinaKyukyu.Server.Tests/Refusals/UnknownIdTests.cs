using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using MinaKyukyu.Authorization.Devices;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Tests.Wire;
using MinaKyukyu.Tablet.Link;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Tests.Refusals;

/// <summary>Every field of every request that names something, with a name of nothing, in a request that is right otherwise.</summary>
public sealed class UnknownIdTests(ServedHouse house) : IClassFixture<ServedHouse>
{
    private const int Unit = 0;

    private static readonly X509Certificate2 Certificate = DeviceAuthority
        .Create(new DepartmentId("test"), TimeProvider.System.GetUtcNow())
        .IssueForNode(["test"], TimeSpan.FromDays(1), TimeProvider.System.GetUtcNow())
        .Certificate;

    public static TheoryData<string, string> Fields => Rows((_, _) => true);

    /// <summary>Without those that give a name to something new.</summary>
    public static TheoryData<string, string> NamesOfSomething =>
        Rows(
            (method, name) =>
                (method, name)
                    is not
                        ("RegisterMember", "registration_id")
                        and not
                        ("EnrollDevice", "device_id")
        );

    private static TheoryData<string, string> Rows(Func<string, string, bool> isIn)
    {
        var rows = new TheoryData<string, string>();
        foreach (WireMethod method in WireMethod.All.Where(m => !m.IsLater))
        {
            foreach (string name in FilledRequest.IdFields(method.Descriptor.InputType))
            {
                if (isIn(method.Descriptor.Name, name))
                {
                    rows.Add(method.Path, name);
                }
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(NamesOfSomething))]
    public async Task Refuses_a_name_of_nothing(string path, string field)
    {
        await using Run run = await Run.StartAsync(house, Unit);
        WireMethod method = WireMethod.Find(path);
        Dictionary<string, object> known = await KnownAsync(run, method);
        known[field] = "no-such-thing";
        Refusal refusal = await Refuses.WithAsync(
            ReasonOf(method, field),
            house,
            () => method.CallAsync(Caller(method, run), Filled(method, known))
        );
        Assert.True(
            refusal.Code is StatusCode.NotFound || field is "vehicle_id" or "challenge_id",
            $"{path} {field}: {refusal.Code}"
        );
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task Refuses_what_is_not_spelt_as_a_name(string path, string field)
    {
        await using Run run = await Run.StartAsync(house, Unit);
        WireMethod method = WireMethod.Find(path);
        foreach (
            string odd in new[]
            {
                "a b",
                "<script>",
                new string('a', 65),
                "救急",
                "a\0b",
                "../../x",
            }
        )
        {
            Dictionary<string, object> known = await KnownAsync(run, method);
            known[field] = odd;
            await Refuses.WithAsync(
                "FIELD_MALFORMED",
                house,
                () => method.CallAsync(Caller(method, run), Filled(method, known))
            );
        }
    }

    private static string ReasonOf(WireMethod method, string field) =>
        field switch
        {
            // A grant belongs to its incident: whoever names another one does not learn which of the two is there.
            "incident_id" when method.Descriptor.Name == "StreamSummary" => "GRANT_NOT_FOUND",
            "incident_id" => "INCIDENT_NOT_FOUND",
            "assignment_id" => "ASSIGNMENT_NOT_FOUND",
            "unit_id" => "UNIT_NOT_FOUND",
            "vehicle_id" => "VEHICLE_NOT_OF_THIS_UNIT",
            "device_id" => "DEVICE_NOT_FOUND",
            "milestone_id" => "MILESTONE_NOT_FOUND",
            "hospital_id" => "HOSPITAL_NOT_FOUND",
            "recommendation_id" => "RECOMMENDATION_NOT_FOUND",
            "challenge_id" => "CARD_CHALLENGE_UNKNOWN",
            "restriction_id" => "ROAD_RESTRICTION_NOT_FOUND",
            "grant_id" => "GRANT_NOT_FOUND",
            "emergency_read_id" => "EMERGENCY_READ_NOT_FOUND",
            _ => throw new ArgumentOutOfRangeException(
                nameof(field),
                field,
                "This id needs its reason here."
            ),
        };

    private static byte[] Filled(WireMethod method, Dictionary<string, object> known) =>
        FilledRequest.Of(method.Descriptor.InputType, known).ToByteArray();

    private Tests.Wire.Caller Caller(WireMethod method, Run run) =>
        method.Allows(CallerRole.CrewLeader) ? run.Crew
        : method.Allows(CallerRole.Dispatcher) ? house.Dispatcher
        : method.Allows(CallerRole.InformationOfficer)
            ? house.CallerOf("desk-officer", "information-officer")
        : house.CallerOf("console-chief", RoleWords.Of(CallerRole.FireChief));

    /// <summary>What is there: an incident, its order, a milestone, a hospital, a piece of advice.</summary>
    private async Task<Dictionary<string, object>> KnownAsync(Run run, WireMethod method)
    {
        var known = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["request_id"] = house.Next(),
            ["incident_id"] = run.Incident,
            ["assignment_id"] = run.Order.AssignmentId,
            ["order_token"] = run.Order.OrderToken,
            ["unit_id"] = run.Unit.Id.Value,
            ["vehicle_id"] = run.Unit.Vehicle.Value,
            ["device_id"] = run.Unit.Device.Value,
            ["certificate"] = ByteString.CopyFrom(Certificate.RawData),
            ["hospital_id"] = "h-tama",
            ["kind"] = 3,
            ["reason_code"] = "no-card",
            ["occurred_time"] = TimeProvider.System.GetUtcNow().ToTimestamp(),
            ["challenge_id"] = "no-challenge",
            ["grant_id"] = "no-grant",
            ["finding_code"] = "justified",
        };
        switch (method.Descriptor.Name)
        {
            case "AssignUnit":
                known["recommendation_id"] = await AdviceAsync(run.Incident);
                break;
            case "ReassignUnit":
                known["recommendation_id"] = await AdviceAsync(run.Incident);
                known["unit_id"] = house.Unit(1).Id.Value;
                await Run.SignOnAsync(house, house.Unit(1));
                break;
            case "WithdrawMilestone":
                known["milestone_id"] = (
                    await run.Crew.Incidents.ReportMilestoneAsync(run.Tap(MilestoneKind.EnRoute))
                ).MilestoneId;
                break;
            case "ReportHospitalInquiry":
                known["hospital_id"] = (await house.Dispatcher.Dispatch.ListHospitalsAsync(new()))
                    .Hospitals[0]
                    .HospitalId;
                break;
        }

        return known;
    }

    private async Task<string> AdviceAsync(string incident) =>
        (
            await house.Dispatcher.Dispatch.RecommendUnitsAsync(
                new RecommendUnitsRequest { IncidentId = incident }
            )
        )
            .Recommendation
            .RecommendationId;
}
