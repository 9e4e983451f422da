using System.Net;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Tests.Pages;

public sealed class CrewTests(PagesHouse house) : IClassFixture<PagesHouse>
{
    [Fact]
    public async Task One_tap_acknowledges_tells_a_milestone_and_closes_the_card_step()
    {
        using Browser board = await house.SignInAsync(CallerRole.Dispatcher);
        string id = await board.OpenAsync(new() { ["town"] = "富士見町二丁目" });
        string advised = (await board.GetAsync($"/board?incident={id}")).Text;
        await board.PostAsync("/board/assign", Browser.FormOf(advised, "/board/assign"));
        UnitId unit = Assert.Single(Find(id).Orders).Unit;
        using Browser crew = await house.SignInAsync(CallerRole.CrewLeader, unit);

        await TapAsync(crew, "/crew/acknowledge", []);
        await TapAsync(crew, "/crew/milestone", []);
        await TapAsync(crew, "/crew/no-card", new() { ["reason"] = "no-card" });

        Incident incident = Find(id);
        Order order = Assert.Single(incident.Orders);
        Assert.NotNull(order.DeliveredAt);
        Assert.NotNull(order.AcknowledgedAt);
        Assert.NotNull(order.RollingAt);
        Assert.Equal("no-card", Assert.Single(incident.CardSteps).Reason?.Value);
    }

    [Fact]
    public async Task A_hospital_that_refuses_must_have_a_reason()
    {
        using Browser board = await house.SignInAsync(CallerRole.Dispatcher);
        string id = await board.OpenAsync(new() { ["town"] = "柴崎町五丁目" });
        string advised = (await board.GetAsync($"/board?incident={id}")).Text;
        await board.PostAsync("/board/assign", Browser.FormOf(advised, "/board/assign"));
        using Browser crew = await house.SignInAsync(
            CallerRole.CrewLeader,
            Find(id).Orders[0].Unit
        );
        Dictionary<string, string> form = Browser.FormOf(
            (await crew.GetAsync("/crew")).Text,
            "/crew/hospital"
        );
        form["state"] = "2";

        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await crew.PostAsync("/crew/hospital", form)).Status
        );

        string why = (await crew.GetAsync($"/crew/refused?hospital={form["hospital"]}")).Text;
        form = Browser.FormOf(why, "/crew/hospital");
        form["reason"] = "beds-full";
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (await crew.PostAsync("/crew/hospital", form)).Status
        );
        Assert.Equal(
            DestinationState.Refused,
            Assert.Single(Find(id).Orders[0].Destinations).State
        );
    }

    private static async Task TapAsync(Browser crew, string action, Dictionary<string, string> more)
    {
        Dictionary<string, string> form = Browser.FormOf(
            (await crew.GetAsync("/crew")).Text,
            action
        );
        foreach ((string name, string value) in more)
        {
            form[name] = value;
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await crew.PostAsync(action, form)).Status);
    }

    private Incident Find(string id) => house.Department.Incidents.Incidents[new IncidentId(id)];
}
