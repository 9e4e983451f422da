using Google.Protobuf;
using Grpc.Core;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.Tablet.Link;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>What may come twice, or from two sides at once.</summary>
public sealed class RepeatTests(ServedHouse house) : IClassFixture<ServedHouse>
{
    [Fact]
    public async Task A_repeated_command_gets_the_very_bytes_of_its_first_answer()
    {
        await using Run run = await Run.StartAsync(house, 0);
        CardInHand card = await CardInHand.BeginAsync(house, run);
        (string Path, Caller By, IMessage Body)[] commands =
        [
            (
                "/minakyukyu.incident.v1.IncidentService/OpenIncident",
                house.Dispatcher,
                Run.Plea(house)
            ),
            (
                "/minakyukyu.incident.v1.IncidentService/ReportMilestone",
                run.Crew,
                run.Tap(MilestoneKind.EnRoute)
            ),
            (
                "/minakyukyu.crew.v1.CrewService/AcknowledgeAssignment",
                run.Crew,
                new AcknowledgeAssignmentRequest
                {
                    RequestId = house.Next(),
                    AssignmentId = run.Order.AssignmentId,
                    OrderToken = run.Order.OrderToken,
                }
            ),
            (
                "/minakyukyu.crew.v1.CrewService/SignOn",
                house.CrewOf(house.Unit(1)),
                new SignOnRequest { RequestId = house.Next(), UnitId = house.Unit(1).Id.Value }
            ),
            (
                "/minakyukyu.authorization.v1.AuthorizationService/BeginCardCheck",
                run.Crew,
                CardInHand.Begin(house, run)
            ),
            (
                "/minakyukyu.authorization.v1.AuthorizationService/RequestAccess",
                run.Crew,
                card.Pin(card.Card(CardKind.Valid))
            ),
        ];
        // The card's evidence is bound to the check that was begun first, so access comes before the second beginning.
        foreach (
            (string path, Caller by, IMessage body) in commands.OrderByDescending(
                c => c.Path,
                StringComparer.Ordinal
            )
        )
        {
            byte[] request = body.ToByteArray();
            byte[] first = await WireMethod.Find(path).CallAsync(by, request);
            TruthNow before = await house.Truth.NowAsync();
            Assert.Equal(first, await WireMethod.Find(path).CallAsync(by, request));
            Assert.Equal(before, await house.Truth.NowAsync());
        }
    }

    [Fact]
    public async Task Two_consoles_that_order_one_unit_at_the_same_time_give_one_order()
    {
        await Run.SignOnAsync(house, house.Unit(2));
        string unit = house.Unit(2).Id.Value;
        string[] incidents = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async _ =>
                    (await house.Dispatcher.Incidents.OpenIncidentAsync(Run.Plea(house))).IncidentId
                )
        );
        string[] outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 32)
                .Select(n =>
                    OutcomeAsync(
                        n % 2 == 0 ? house.Dispatcher : house.SecondDispatcher,
                        incidents[n % 4],
                        unit
                    )
                )
        );
        Assert.Single(outcomes, o => o.Length == 0);
        Assert.Equal(31, outcomes.Count(o => o == "UNIT_NOT_AVAILABLE"));
        Assert.Equal(
            1,
            house.Truth.Count(
                $"SELECT count(*) FROM claim WHERE kind = 'unit' AND key = '{unit}' AND released_at IS NULL"
            )
        );
        Assert.Equal(
            1,
            house.Truth.Count($"SELECT count(*) FROM claim WHERE kind = 'unit' AND key = '{unit}'")
        );
    }

    [Fact]
    public async Task The_same_request_sent_32_times_at_once_has_one_effect_and_one_answer()
    {
        byte[] request = Run.Plea(house).ToByteArray();
        WireMethod open = WireMethod.Find("/minakyukyu.incident.v1.IncidentService/OpenIncident");
        byte[][] answers = await Task.WhenAll(
            Enumerable.Range(0, 32).Select(_ => open.CallAsync(house.Dispatcher, request))
        );
        Assert.Single(answers.Select(Convert.ToHexString).Distinct());
    }

    [Fact]
    public async Task The_same_milestone_from_a_second_tablet_is_the_same_fact()
    {
        await using Run run = await Run.StartAsync(house, 3);
        ReportMilestoneResponse first = await run.Crew.Incidents.ReportMilestoneAsync(
            run.Tap(MilestoneKind.HospitalArrival)
        );
        ReportMilestoneResponse second = await house.Dispatcher.Incidents.ReportMilestoneAsync(
            run.Tap(MilestoneKind.HospitalArrival)
        );
        Assert.Equal((false, true), (first.AlreadyTold, second.AlreadyTold));
        Assert.Equal(first.MilestoneId, second.MilestoneId);
        Assert.True(first.GapBefore);
        Assert.Single(
            (await run.LookAsync()).Milestones,
            m => m.Kind == MilestoneKind.HospitalArrival
        );
    }

    [Fact]
    public async Task A_milestone_taken_back_is_shown_as_such_and_may_be_told_again()
    {
        await using Run run = await Run.StartAsync(house, 5);
        string told = (
            await run.Crew.Incidents.ReportMilestoneAsync(run.Tap(MilestoneKind.OnScene))
        ).MilestoneId;
        await run.Crew.Incidents.WithdrawMilestoneAsync(
            new WithdrawMilestoneRequest
            {
                RequestId = house.Next(),
                IncidentId = run.Incident,
                MilestoneId = told,
            }
        );
        Assert.True(
            (await run.LookAsync()).Milestones.Single(m => m.MilestoneId == told).Withdrawn
        );
        Assert.False(
            (
                await run.Crew.Incidents.ReportMilestoneAsync(run.Tap(MilestoneKind.OnScene))
            ).AlreadyTold
        );
    }

    private async Task<string> OutcomeAsync(Caller console, string incident, string unit)
    {
        try
        {
            await console.Dispatch.AssignUnitAsync(
                new AssignUnitRequest
                {
                    RequestId = house.Next(),
                    IncidentId = incident,
                    UnitId = unit,
                }
            );
            return "";
        }
        catch (RpcException refused)
        {
            return Refusal.Of(refused).Reason;
        }
    }
}
