using MinaKyukyu.Dispatch;
using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.City;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Pages.Access;
using MinaKyukyu.Server.Pages.Forms;
using MinaKyukyu.Server.Wire.Mapping;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Server.Pages.Crew;

/// <summary>What a crew's buttons do: the same flows as the tablet's, under the same rules.</summary>
internal sealed class CrewCommands(
    CityPlan city,
    CrewPage page,
    CodeTables codes,
    Department department,
    FollowOrders followOrders,
    ReportMilestone reportMilestone,
    CheckCard checkCard,
    ChooseHospital chooseHospital,
    RefusalPage refusals,
    DispatchOptions options,
    TimeProvider time
)
{
    public Task<PageAnswer> AcknowledgeAsync(
        PageCall call,
        PageForm form,
        CancellationToken stop
    ) =>
        RunAsync(
            call,
            form,
            command =>
                followOrders.AcknowledgeAsync(command, OrderOf(form), TokenOf(form), Nothing, stop)
        );

    public Task<PageAnswer> TapAsync(PageCall call, PageForm form, CancellationToken stop)
    {
        var kind = (MilestoneKind)form.Int("kind");
        bool? returned = form["returned"] switch
        {
            "yes" => true,
            "no" => false,
            _ => null,
        };
        return RunAsync(
            call,
            form,
            command =>
                reportMilestone.TapAsync(
                    command,
                    new MilestoneTap(
                        IncidentOf(form),
                        OrderOf(form),
                        TokenOf(form),
                        Enum.IsDefined(kind) ? kind : throw Parse.Malformed("kind"),
                        time.GetUtcNow(),
                        FreshPointOf(command.By.Unit!.Value),
                        returned
                    ),
                    Nothing,
                    stop
                )
        );
    }

    /// <summary>An old position says nothing about where the unit is now, and must not accuse it of having missed the place.</summary>
    private GeoPoint? FreshPointOf(UnitId unit) =>
        department.Positions.Find(unit) is { } fix
        && time.GetUtcNow() - fix.ReceivedAt <= options.PositionStaleAfter
            ? fix.Point
            : null;

    public Task<PageAnswer> WithdrawAsync(PageCall call, PageForm form, CancellationToken stop) =>
        RunAsync(
            call,
            form,
            command =>
                reportMilestone.WithdrawAsync(
                    command,
                    IncidentOf(form),
                    form["milestone"],
                    Nothing,
                    stop
                )
        );

    public Task<PageAnswer> CloseCardAsync(PageCall call, PageForm form, CancellationToken stop)
    {
        Code reason = codes.Required(form["reason"], CardSteps.NoViewReason, "reason");
        return RunAsync(
            call,
            form,
            command =>
                checkCard.CloseAsync(
                    command,
                    IncidentOf(form),
                    PatientSlot.First,
                    reason,
                    Nothing,
                    stop
                )
        );
    }

    public Task<PageAnswer> AnswerAsync(PageCall call, PageForm form, CancellationToken stop)
    {
        var state = (DestinationState)form.Int("state");
        // A reason left in the list beside another button than "refused" means nothing.
        Code? reason =
            state == DestinationState.Refused && form["reason"].Length > 0
                ? codes.Required(form["reason"], "refusal-reason", "refusal_reason")
                : null;
        var inquiry = new HospitalInquiry(
            IncidentOf(form),
            OrderOf(form),
            Parse.Id(form["hospital"], "hospital_id", id => new HospitalId(id)),
            PatientSlot.First,
            Enum.IsDefined(state) ? state : throw Parse.Malformed("state"),
            reason
        );
        return RunAsync(
            call,
            form,
            command => chooseHospital.ReportInquiryAsync(command, inquiry, Nothing, stop)
        );
    }

    private async Task<PageAnswer> RunAsync<T>(
        PageCall call,
        PageForm form,
        Func<Command, Task<CommandAnswer<T>>> run
    )
    {
        if (
            page.FindUnit(call.Session, form["unit"]) is not { } unit
            || call.Session.AsCrewOf(city.Plan, unit) is not { } caller
        )
        {
            return refusals.Of(new Refusal("UNIT_NOT_FOUND"), "/crew");
        }

        string back = $"/crew?unit={unit.Id.Value}";
        Caller onDuty = department.Fleet.Find(unit.Id) is { } duty
            ? caller with
            {
                Crew = duty.Crew,
            }
            : caller;
        return refusals.After(await run(form.Command(onDuty, call.Http.Request.Path)), back, back);
    }

    private static IncidentId IncidentOf(PageForm form) => Parse.Incident(form["incident"]);

    private static AssignmentId OrderOf(PageForm form) => Parse.Assignment(form["order"]);

    private static long TokenOf(PageForm form) =>
        long.TryParse(
            form["token"],
            System.Globalization.CultureInfo.InvariantCulture,
            out long token
        )
            ? token
            : throw Parse.Malformed("order_token");

    /// <summary>A page needs no more than that it was done; it shows the rest from the facts.</summary>
    private static byte[] Nothing<T>(T decided) => [];
}
