using System.Net;
using System.Text.RegularExpressions;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Incidents.Roads;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Server.Tests.Pages;

/// <summary>交通規制 by the form, as a dispatcher sees it.</summary>
public sealed partial class RoadsPageTests(PagesHouse house)
    : IClassFixture<PagesHouse>,
        IAsyncLifetime
{
    private Browser _board = null!;

    public async Task InitializeAsync() => _board = await house.SignInAsync(CallerRole.Dispatcher);

    /// <summary>No test leaves a street shut for the next.</summary>
    public async Task DisposeAsync()
    {
        while (InForce.Count > 0)
        {
            await LiftFirstAsync("");
        }

        _board.Dispose();
    }

    [Fact]
    public async Task A_closure_by_the_form_changes_the_advice_on_the_screen_within_a_second()
    {
        string id = await _board.OpenAsync(new() { ["town"] = "高松町三丁目" });
        string before = await FirstAsync($"/board?incident={id}");
        Dictionary<string, string> form = await FormAsync($"?incident={id}");
        (form["lat"], form["lon"]) = CoordinatesOf(StationOf(before));
        form["radius"] = "200";

        TimeProvider clock = TimeProvider.System;
        long submitted = clock.GetTimestamp();
        (HttpStatusCode status, string next) = await _board.PostAsync("/board/roads", form);
        string after = await FirstAsync(next);
        TimeSpan taken = clock.GetElapsedTime(submitted);

        Assert.Equal((HttpStatusCode.SeeOther, $"/board?incident={id}"), (status, next));
        Assert.NotEqual(before, after);
        Assert.True(taken < TimeSpan.FromSeconds(1), $"{taken.TotalMilliseconds:0} ms");

        Assert.Equal($"/board?incident={id}", await LiftFirstAsync(id));
        Assert.Equal(before, await FirstAsync($"/board?incident={id}"));
    }

    [Fact]
    public async Task Another_console_that_looks_again_sees_it_too()
    {
        using Browser other = await house.SignInAsync(CallerRole.Dispatcher);
        string id = await _board.OpenAsync(new() { ["town"] = "高松町三丁目" });
        string before = First((await other.GetAsync($"/board?incident={id}")).Text);
        await CloseAsync(StationOf(before), "200");
        Assert.NotEqual(before, First((await other.GetAsync($"/board?incident={id}")).Text));
    }

    [Fact]
    public async Task The_map_shows_restricted_streets_and_the_head_line_counts_them()
    {
        Assert.DoesNotContain("class=\"band\"", await BoardAsync(), StringComparison.Ordinal);
        Dictionary<string, string> form = await FormAsync();
        (form["lat"], form["lon"]) = ("35.7138", "139.4071");
        form["speed"] = "25";
        await _board.PostAsync("/board/roads", form);
        await CloseAsync(new GeoPoint(35.7000, 139.4140), "0");

        string board = await BoardAsync();
        Assert.Matches(
            "<g class=\"restricted slow\"><title>徐行.*?</title><path class=\"band\" d=\"M",
            board
        );
        Assert.Matches(
            "<g class=\"restricted closed\"><title>通行止め 工事 .*?まで</title><path class=\"band\" d=\"M",
            board
        );
        Assert.Contains("交通規制 <b>2</b>", board, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_incidents_place_can_be_chosen_and_its_crew_walks_the_last_metres()
    {
        string id = await _board.OpenAsync(
            new()
            {
                ["lat"] = "35.7138",
                ["lon"] = "139.4071",
                ["precision"] = "2",
            }
        );
        Dictionary<string, string> form = await FormAsync();
        form["at-incident"] = id;
        await _board.PostAsync("/board/roads", form);

        Assert.Equal(new GeoPoint(35.7138, 139.4071), Assert.Single(InForce).Place.Point);
        string page = (await _board.GetAsync($"/board?incident={id}")).Text;
        // Said once, with the first: it is about the place and holds for every unit.
        Assert.Equal(2, page.Split("最後は徒歩です(車が入れない道)").Length);
    }

    [Fact]
    public async Task Where_no_street_is_near_the_list_says_so()
    {
        Dictionary<string, string> form = await FormAsync();
        (form["lat"], form["lon"]) = ("36.9", "140.9");
        (_, string next) = await _board.PostAsync("/board/roads", form);

        Assert.Equal("/board/roads", next);
        Assert.Contains(
            "⚠ 近くに道路がないため、走行時間は変わりません",
            (await _board.GetAsync(next)).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_end_is_read_in_the_time_of_Japan()
    {
        Dictionary<string, string> form = await FormAsync();
        DateTimeOffset tomorrow = TimeProvider
            .System.GetUtcNow()
            .ToOffset(TimeSpan.FromHours(9))
            .AddDays(1);
        form["town"] = "錦町三丁目";
        form["until"] = $"{tomorrow:yyyy-MM-dd}T18:30";
        await _board.PostAsync("/board/roads", form);

        Assert.Equal(
            new DateTimeOffset(
                DateOnly.FromDateTime(tomorrow.DateTime),
                new TimeOnly(18, 30),
                TimeSpan.FromHours(9)
            ),
            Assert.Single(InForce).ExpiresAt
        );
    }

    [Theory]
    [InlineData("lat", "", HttpStatusCode.BadRequest)]
    [InlineData("lat", "north", HttpStatusCode.BadRequest)]
    [InlineData("lat", "95", HttpStatusCode.BadRequest)]
    [InlineData("radius", "far", HttpStatusCode.BadRequest)]
    [InlineData("radius", "5000", HttpStatusCode.BadRequest)]
    [InlineData("speed", "", HttpStatusCode.BadRequest)]
    [InlineData("speed", "fast", HttpStatusCode.BadRequest)]
    [InlineData("speed", "100", HttpStatusCode.BadRequest)]
    [InlineData("kind", "no-such-kind", HttpStatusCode.BadRequest)]
    [InlineData("until", "", HttpStatusCode.BadRequest)]
    [InlineData("until", "tomorrow", HttpStatusCode.BadRequest)]
    [InlineData("until", "2020-01-01T00:00", HttpStatusCode.BadRequest)]
    [InlineData("until", "0001-01-01T00:00", HttpStatusCode.BadRequest)]
    public async Task What_makes_no_sense_closes_nothing(
        string field,
        string value,
        HttpStatusCode expected
    )
    {
        Dictionary<string, string> form = await FormAsync();
        (form["lat"], form["lon"]) = ("35.7138", "139.4071");
        form[field] = value;
        Assert.Equal(expected, (await _board.PostAsync("/board/roads", form)).Status);
        Assert.Empty(InForce);
    }

    [Fact]
    public async Task A_form_without_any_place_is_refused()
    {
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await _board.PostAsync("/board/roads", await FormAsync())).Status
        );
        Assert.Empty(InForce);
    }

    [Fact]
    public async Task A_double_click_is_one_restriction()
    {
        Dictionary<string, string> form = await FormAsync();
        form["town"] = "錦町三丁目";
        var first = await _board.PostAsync("/board/roads", form);
        Assert.Equal(first, await _board.PostAsync("/board/roads", form));
        Assert.Single(InForce);
    }

    [Fact]
    public async Task The_reason_is_encoded_and_so_is_what_the_address_line_says()
    {
        const string Attack = "<script>alert('x')</script>\" onload=\"x";
        Dictionary<string, string> form = await FormAsync(
            $"?incident={Uri.EscapeDataString(Attack)}"
        );
        form["town"] = "錦町三丁目";
        form["reason"] = Attack;
        (_, string next) = await _board.PostAsync("/board/roads", form);
        Assert.Equal("/board", next);
        foreach (
            string path in new[]
            {
                "/board/roads",
                $"/board/roads?incident={Uri.EscapeDataString(Attack)}",
            }
        )
        {
            string page = (await _board.GetAsync(path)).Text;
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("\" onload=", page, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_input_has_a_label_and_nothing_refreshes_under_the_hand()
    {
        string page = (await _board.GetAsync("/board/roads")).Text;
        string[] inputs = [.. VisibleInput().Matches(page).Select(m => m.Groups["id"].Value)];
        Assert.Equal(
            ["lat", "lon", "at-incident", "town", "radius", "speed", "kind", "until", "reason"],
            inputs
        );
        Assert.All(
            inputs.Where(id => id != "lon"),
            id => Assert.Contains($"<label for=\"{id}\">", page, StringComparison.Ordinal)
        );
        Assert.Contains("aria-label=\"経度 longitude\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv=\"refresh\"", page, StringComparison.Ordinal);
    }

    private IReadOnlyList<RoadRestriction> InForce =>
        house.Department.RoadRestrictions.ListInForce(TimeProvider.System.GetUtcNow());

    /// <summary>The form as it stands when nobody has touched it.</summary>
    private async Task<Dictionary<string, string>> FormAsync(string query = "")
    {
        string page = (await _board.GetAsync("/board/roads" + query)).Text;
        Dictionary<string, string> form = Browser.FormOf(page, "/board/roads");
        form["speed"] = "0";
        form["radius"] = "0";
        form["kind"] = "construction";
        form["until"] = Until().Match(page).Groups["value"].Value;
        return form;
    }

    private async Task CloseAsync(GeoPoint point, string radius)
    {
        Dictionary<string, string> form = await FormAsync();
        (form["lat"], form["lon"]) = CoordinatesOf(point);
        form["radius"] = radius;
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (await _board.PostAsync("/board/roads", form)).Status
        );
    }

    private async Task<string> LiftFirstAsync(string incident)
    {
        string page = (await _board.GetAsync($"/board/roads?incident={incident}")).Text;
        (HttpStatusCode status, string next) = await _board.PostAsync(
            "/board/roads/lift",
            Browser.FormOf(page, "/board/roads/lift")
        );
        Assert.Equal(HttpStatusCode.SeeOther, status);
        return next;
    }

    private async Task<string> BoardAsync() => (await _board.GetAsync("/board")).Text;

    private async Task<string> FirstAsync(string path) => First((await _board.GetAsync(path)).Text);

    /// <summary>The unit that stands first and largest in the advice.</summary>
    private static string First(string board) => Advised().Match(board).Groups["unit"].Value;

    private GeoPoint StationOf(string unitName)
    {
        DepartmentPlan plan = house.Department.City.Plan;
        return plan.GetStation(plan.Units.Single(u => u.Name == unitName).Station).Point;
    }

    private static (string Lat, string Lon) CoordinatesOf(GeoPoint point) =>
        (
            point.Latitude.ToString(System.Globalization.CultureInfo.InvariantCulture),
            point.Longitude.ToString(System.Globalization.CultureInfo.InvariantCulture)
        );

    [GeneratedRegex(
        "<div class=\"first\"><p><b class=\"name\">(?<unit>[^<]+)</b>",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Advised();

    [GeneratedRegex(
        "name=\"until\"[^>]* value=\"(?<value>[^\"]+)\"",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Until();

    [GeneratedRegex(
        "<(?:input|select|textarea) (?!type=\"hidden\")[^>]*?id=\"(?<id>[^\"]+)\"",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex VisibleInput();
}
