using System.Net;
using Microsoft.Extensions.DependencyInjection;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Pages.Access;
using MinaKyukyu.Server.Tests.Wire;
using MinaKyukyu.StandIn.Cards;

namespace MinaKyukyu.Server.Tests.Pages;

/// <summary>The officer's page: what waits, a form to close it, who viewed lately.</summary>
public sealed class OversightPageTests(ServedHouse house) : IClassFixture<ServedHouse>
{
    private const string Close = "/oversight/close";
    private const string Notice = "/oversight/notice";

    [Fact]
    public async Task The_officer_closes_an_emergency_read_by_the_form_and_it_leaves_the_page()
    {
        await using Run run = await Run.StartAsync(house, 0);
        CardInHand card = await CardInHand.BeginAsync(
            house,
            run,
            consent: ConsentBasis.NotObtainable
        );
        string grant = (
            await run.Crew.Authorization.RequestAccessAsync(card.Pin(card.Card(CardKind.Valid)))
        ).GrantId;
        using Browser officer = await SignInAsync(CallerRole.InformationOfficer);
        (HttpStatusCode status, string page) = await officer.GetAsync("/oversight");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(grant, page, StringComparison.Ordinal);
        Assert.Contains("同意取得困難", page, StringComparison.Ordinal);

        Dictionary<string, string> form = Browser.FormOf(page, Close);
        form["finding"] = "justified";
        form["note"] = "個人番号 1234-5678-9012";
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.PostAsync(Close, form)).Status);
        form["note"] = "<b>隊長に確認</b>";
        Assert.Equal((HttpStatusCode.SeeOther, "/oversight"), await officer.PostAsync(Close, form));
        page = (await officer.GetAsync("/oversight")).Text;
        Assert.DoesNotContain($"action=\"{Close}\"", page, StringComparison.Ordinal);
        Assert.Contains("必要な閲覧と確認", page, StringComparison.Ordinal);
        Assert.DoesNotContain("隊長に確認", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_officer_prints_the_patients_notice_and_a_reload_is_the_same_copy()
    {
        await using Run run = await Run.StartAsync(house, 1);
        CardInHand card = await CardInHand.BeginAsync(
            house,
            run,
            consent: ConsentBasis.NotObtainable
        );
        await run.Crew.Authorization.RequestAccessAsync(card.Pin(card.Card(CardKind.Valid)));
        using Browser officer = await SignInAsync(CallerRole.InformationOfficer);
        (_, string page) = await officer.GetAsync("/oversight");
        Dictionary<string, string> form = Browser.FormOf(page, Notice);

        (HttpStatusCode status, string printed) = await officer.PostForPageAsync(Notice, form);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("医療情報の閲覧について(お知らせ)", printed, StringComparison.Ordinal);
        Assert.Contains(
            "Notice: your medical information was viewed",
            printed,
            StringComparison.Ordinal
        );
        (_, string again) = await officer.PostForPageAsync(Notice, form);
        Assert.Equal(printed, again);
        // The next one is another copy, and says so.
        (_, page) = await officer.GetAsync("/oversight");
        (_, string second) = await officer.PostForPageAsync(Notice, Browser.FormOf(page, Notice));
        Assert.NotEqual(printed, second);
    }

    [Theory]
    [InlineData(CallerRole.CrewLeader)]
    [InlineData(CallerRole.Dispatcher)]
    [InlineData(CallerRole.Analyst)]
    public async Task Nobody_who_views_or_dispatches_sees_the_page(CallerRole role)
    {
        using Browser other = await SignInAsync(role);
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.GetAsync("/oversight")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.PostAsync(Close, [])).Status);
    }

    private async Task<Browser> SignInAsync(CallerRole role)
    {
        var browser = new Browser(MinaServer.AddressesOf(house.App).Web);
        await browser.GetAsync(house.App.Services.GetRequiredService<SignInLinks>().Mint(role));
        return browser;
    }
}
