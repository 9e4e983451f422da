using System.Net;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Tests.Pages;

public sealed class BoardTests(PagesHouse house) : IClassFixture<PagesHouse>
{
    private const string Attack = "<script>alert('x')</script>\" onload=\"x";

    [Fact]
    public async Task Every_text_of_a_caller_is_encoded()
    {
        using Browser board = await house.SignInAsync(CallerRole.Dispatcher);
        string id = await board.OpenAsync(
            new()
            {
                ["town"] = "栄町五丁目",
                ["address"] = Attack,
                ["landmark"] = Attack,
                ["remarks"] = Attack,
            }
        );
        UnitId unit = await OrderAsync(board, id);
        using Browser crew = await house.SignInAsync(CallerRole.CrewLeader, unit);

        foreach (
            string page in new[]
            {
                (await board.GetAsync($"/board?incident={id}")).Text,
                (await crew.GetAsync("/crew")).Text,
            }
        )
        {
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("\" onload=", page, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("elderly", "female", "elderly", "female")]
    [InlineData("", "", null, null)]
    [InlineData("of-another-form", "other", null, null)]
    public async Task What_the_caller_says_of_age_and_sex_is_kept_and_nonsense_refuses_nothing(
        string age,
        string sex,
        string? keptAge,
        string? keptSex
    )
    {
        using Browser board = await house.SignInAsync(CallerRole.Dispatcher);
        string id = await board.OpenAsync(
            new()
            {
                ["town"] = "若葉町二丁目",
                ["age-band"] = age,
                ["sex"] = sex,
            }
        );
        Patient patient = Assert.Single(IncidentOf(id).Patients);
        Assert.Equal((keptAge, keptSex), (patient.AgeBand?.Value, patient.Sex?.Value));
    }

    [Fact]
    public async Task A_town_centre_is_never_shown_as_an_address()
    {
        using Browser board = await house.SignInAsync(CallerRole.Dispatcher);
        // The dispatcher claims a building, but no coordinates were given: the point is the town's centre all the same.
        string id = await board.OpenAsync(new() { ["town"] = "若葉町二丁目", ["precision"] = "1" });
        UnitId unit = await OrderAsync(board, id);
        using Browser crew = await house.SignInAsync(CallerRole.CrewLeader, unit);

        foreach (string path in new[] { $"/board?incident={id}", $"/board/override?incident={id}" })
        {
            Assert.Contains(
                "町の代表点・住所ではありません",
                (await board.GetAsync(path)).Text,
                StringComparison.Ordinal
            );
        }

        Assert.Contains(
            "町の代表点・住所ではありません",
            (await crew.GetAsync("/crew")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_alarmed_order_says_so_in_words_and_names_the_next_free_unit()
    {
        using Browser board = await house.SignInAsync(CallerRole.Dispatcher);
        string id = await board.OpenAsync(new() { ["town"] = "一番町四丁目" });
        await OrderAsync(board, id);

        (_, string page) = await board.GetAsync($"/board?incident={id}");
        Assert.Contains("⚠ 指令が端末に届いていません", page, StringComparison.Ordinal);
        Assert.Contains("への交代を検討", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_double_click_is_one_order()
    {
        using Browser board = await house.SignInAsync(CallerRole.Dispatcher);
        string id = await board.OpenAsync(new() { ["town"] = "錦町三丁目" });
        Dictionary<string, string> form = Browser.FormOf(
            (await board.GetAsync($"/board?incident={id}")).Text,
            "/board/assign"
        );

        var first = await board.PostAsync("/board/assign", form);
        var second = await board.PostAsync("/board/assign", form);

        Assert.Equal(HttpStatusCode.SeeOther, first.Status);
        Assert.Equal(first, second);
        Assert.Single(IncidentOf(id).Orders);
    }

    [Fact]
    public async Task An_override_without_a_reason_is_refused_and_changes_nothing()
    {
        using Browser board = await house.SignInAsync(CallerRole.Dispatcher);
        string id = await board.OpenAsync(new() { ["town"] = "西砂町一丁目" });
        string page = (await board.GetAsync($"/board/override?incident={id}")).Text;
        Dictionary<string, string> form = Browser.FormOf(page, "/board/assign");
        form["unit"] = "minami-3";

        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await board.PostAsync("/board/assign", form)).Status
        );
        Assert.Empty(IncidentOf(id).Orders);

        form["reason"] = "local-knowledge";
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (await board.PostAsync("/board/assign", form)).Status
        );
        Assert.Equal("local-knowledge", Assert.Single(IncidentOf(id).Orders).OverrideReason?.Value);
    }

    [Fact]
    public async Task The_callers_number_is_for_the_crew_and_never_on_the_board()
    {
        const string Number = "042-000-9876";
        using Browser board = await house.SignInAsync(CallerRole.Dispatcher);
        string id = await board.OpenAsync(new() { ["town"] = "泉町", ["callback"] = Number });
        UnitId unit = await OrderAsync(board, id);
        using Browser crew = await house.SignInAsync(CallerRole.CrewLeader, unit);

        Assert.DoesNotContain(
            Number,
            (await board.GetAsync($"/board?incident={id}")).Text,
            StringComparison.Ordinal
        );
        Assert.Contains(Number, (await crew.GetAsync("/crew")).Text, StringComparison.Ordinal);
    }

    private async Task<UnitId> OrderAsync(Browser board, string id)
    {
        string page = (await board.GetAsync($"/board?incident={id}")).Text;
        var answer = await board.PostAsync("/board/assign", Browser.FormOf(page, "/board/assign"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        return Assert.Single(IncidentOf(id).Orders).Unit;
    }

    private Incident IncidentOf(string id) =>
        house.Department.Incidents.Incidents[new IncidentId(id)];
}
