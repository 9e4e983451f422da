using System.Text;
using MinaKyukyu.Authorization.EmergencyReads;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Pages.Access;
using MinaKyukyu.Server.Pages.Forms;
using MinaKyukyu.Server.Wire.Mapping;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Pages.Oversight;

/// <summary>What the officer's forms do: the same flow as the wire's, under the same rules.</summary>
internal sealed class OversightCommands(
    DepartmentPlan plan,
    CodeTables codes,
    OverseeEmergencies oversee,
    NoticePage notices,
    RefusalPage refusals
)
{
    public const string ClosePath = "/oversight/close";
    public const string NoticePath = "/oversight/notice";

    public async Task<PageAnswer> CloseAsync(PageCall call, PageForm form, CancellationToken stop)
    {
        Command command = form.Command(call.Session.AsConsole(plan), call.Http.Request.Path);
        CommandAnswer<EmergencyRead> answer = await oversee.CloseAsync(
            command,
            Parse.Id(form["read"], "read", id => new GrantId(id)),
            codes.Required(form["finding"], EmergencyDecisions.FindingTable, "finding"),
            form["note"],
            read => Encoding.UTF8.GetBytes(read.Id.Value),
            stop
        );
        return refusals.After(answer, OversightPage.Path, OversightPage.Path);
    }

    /// <summary>Numbers the notice and shows it for the printer; a reload is the same copy, not another.</summary>
    public async Task<PageAnswer> PrintAsync(PageCall call, PageForm form, CancellationToken stop)
    {
        Command command = form.Command(call.Session.AsConsole(plan), call.Http.Request.Path);
        CommandAnswer<NoticeOfRead> answer = await oversee.PrintAsync(
            command,
            Parse.Id(form["read"], "read", id => new GrantId(id)),
            notices.Encode,
            stop
        );
        return answer is CommandAnswer<NoticeOfRead>.Answered(var bytes, _)
            ? notices.Show(bytes)
            : refusals.After(answer, OversightPage.Path, OversightPage.Path);
    }
}
