using System.Net;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Tests.Pages;

public sealed class AccessTests(PagesHouse house) : IClassFixture<PagesHouse>
{
    public static TheoryData<string> Pages =>
        [
            "/board",
            "/board/new",
            "/board/override",
            "/board/roads",
            "/crew",
            "/report",
            "/oversight",
        ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Without_a_session_a_page_is_not_shown(string path)
    {
        using Browser stranger = house.Stranger();
        (HttpStatusCode status, string text) = await stranger.GetAsync(path);
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("サインイン", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task No_page_is_served_where_tablets_call(string path)
    {
        using var http = new HttpClient { BaseAddress = house.Grpc };
        using var request = new HttpRequestMessage(HttpMethod.Get, path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using HttpResponseMessage answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_link_opens_one_session_and_no_second()
    {
        string link = house.MintLink(CallerRole.Analyst);
        using Browser first = house.Stranger();
        using Browser second = house.Stranger();

        Assert.Equal(HttpStatusCode.SeeOther, (await first.GetAsync(link)).Status);
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/report")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await second.GetAsync(link)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await second.GetAsync("/report")).Status);
    }

    [Fact]
    public async Task A_session_opens_only_the_pages_of_its_role_and_unit()
    {
        using Browser analyst = await house.SignInAsync(CallerRole.Analyst);
        using Browser crew = await house.SignInAsync(CallerRole.CrewLeader, new UnitId("kita-1"));

        Assert.Equal(HttpStatusCode.Unauthorized, (await analyst.GetAsync("/board")).Status);
        Assert.Equal(HttpStatusCode.OK, (await crew.GetAsync("/crew?unit=kita-1")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await crew.GetAsync("/crew?unit=kita-2")).Status);
    }

    [Fact]
    public async Task A_form_without_the_sessions_key_is_refused()
    {
        using Browser board = await house.SignInAsync(CallerRole.Dispatcher);
        Dictionary<string, string> form = Browser.FormOf(
            (await board.GetAsync("/board/new")).Text,
            "/board/new"
        );
        form["form_key"] = new string('0', form["form_key"].Length);
        Assert.Equal(HttpStatusCode.Forbidden, (await board.PostAsync("/board/new", form)).Status);
    }

    [Fact]
    public async Task A_browser_may_keep_nothing_and_run_nothing()
    {
        using Browser board = await house.SignInAsync(CallerRole.Dispatcher);
        using HttpResponseMessage answer = await board.AskAsync("/board");

        Assert.True(answer.Headers.CacheControl?.NoStore);
        string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }
}
