using System.Net;
using Microsoft.Extensions.DependencyInjection;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Journal;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Server.Advice;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Pages.Access;
using MinaKyukyu.Server.Tests.Pages;
using MinaKyukyu.Server.Tests.Telemetry;
using MinaKyukyu.Server.Tests.Wire;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.Server.Tests.Advice;

/// <summary>A model answers: what the wire, the board and the journal say then.</summary>
[Collection(Alone.Name)]
public sealed class ModelAdviceTests(ModelHouse house) : IClassFixture<ModelHouse>
{
    [Fact]
    public async Task The_wire_says_how_sure_it_is_and_what_to_tell_the_caller()
    {
        house.Model.Current = new StationModel();
        Recommendation advice = await AdviseAsync(await OpenAsync());
        Assert.Equal(RecommendationLevel.FullModel, advice.Level);
        Assert.Equal("MODEL_ANSWERS", advice.LevelReason.Code);
        Assert.Equal("学習モデル第3版の予測", advice.LevelReason.Words.Ja);
        Assert.Equal("drawn 3 (by hand)", advice.ModelVersion);
        Candidate first = advice.Candidates[0];
        Assert.True(first.EtaP10Seconds < first.EtaP50Seconds);
        Assert.True(first.EtaP50Seconds < first.EtaP90Seconds);
        Assert.Equal(
            first.EtaP50Seconds,
            first.CallProcessingSeconds + first.TurnoutSeconds + first.TravelSeconds,
            0.01
        );
        Assert.True(first.RoadMeters > 0);
        Assert.Matches("^およそ[0-9]+分、遅くとも[0-9]+分ほどで着きます$", first.Spoken.Ja);
        Assert.Matches("^In about [0-9]+ minutes?, [0-9]+ at the latest, or so$", first.Spoken.En);
        Assert.Equal("EARLIEST_BY_MODEL", first.Reasons[0].Code);
    }

    [Fact]
    public async Task A_slow_station_loses_its_place_over_the_wire()
    {
        string incident = await OpenAsync();
        house.Model.Current = new StationModel();
        string nearest = (await AdviseAsync(incident)).Candidates[0].UnitId;
        string station = house.Plan.Units.Single(u => u.Id.Value == nearest).Station.Value;

        house.Model.Current = new StationModel().Slow(station, 5);
        Candidate first = (await AdviseAsync(incident)).Candidates[0];
        Assert.NotEqual(nearest, first.UnitId);
        Assert.Contains(first.Reasons, r => r.Code == "OTHER_NEARER_BY_ROAD");
    }

    [Fact]
    public async Task A_refused_model_and_a_broken_one_are_said_out_loud_and_the_broken_one_is_counted()
    {
        string incident = await OpenAsync();
        house.Model.Current = null;
        house.Model.WhyNone = ReasonCode.ModelRefused;
        Recommendation refused = await AdviseAsync(incident);
        Assert.Equal(
            (RecommendationLevel.RouterOnly, "MODEL_REFUSED"),
            (refused.Level, refused.LevelReason.Code)
        );
        Assert.Equal("", refused.ModelVersion);
        Assert.EndsWith(
            "(道路時間のみ)",
            refused.Candidates[0].Spoken.Ja,
            StringComparison.Ordinal
        );

        double before = await FailuresAsync();
        house.Model.Current = new BrokenModel(null);
        Recommendation broken = await AdviseAsync(incident);
        Assert.Equal(
            (RecommendationLevel.RouterOnly, "MODEL_FAILED"),
            (broken.Level, broken.LevelReason.Code)
        );
        Assert.False(broken.Candidates[0].HasEtaP90Seconds);
        Assert.Equal(before + 1, await FailuresAsync());
        Assert.Contains(
            "学習モデルが正しく答えなかった",
            await BoardAsync(incident),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_board_shows_the_interval_the_sentence_and_the_model()
    {
        string incident = await OpenAsync();
        house.Model.Current = null;
        Assert.Contains("(道路時間のみ)", await BoardAsync(incident), StringComparison.Ordinal);

        // A board that is looked at again at once shows the model that came in between.
        house.Model.Current = new StationModel();
        string board = await BoardAsync(incident);
        Assert.Contains("確からしさ: <b>学習モデル</b>", board, StringComparison.Ordinal);
        Assert.Contains("drawn 3 (by hand)", board, StringComparison.Ordinal);
        Assert.Matches(
            "指令したら通報者へ:「およそ[0-9]+分、遅くとも[0-9]+分ほどで着きます」",
            board
        );
        // The first and every other one.
        Assert.True(
            System.Text.RegularExpressions.Regex.Count(
                board,
                "<b>[0-9]+分\\([0-9]+〜[0-9]+分\\)</b>"
            ) >= 4
        );
        Assert.Matches("= 出動1分\\+走行[0-9]+分", board);
    }

    [Fact]
    public async Task The_journal_keeps_what_was_known_at_the_decision()
    {
        house.Model.Current = new StationModel();
        string incident = await OpenAsync();
        Recommendation advice = await AdviseAsync(incident);
        await house.Truth.SettleAsync();
        ReadAdvice? kept = null;
        await foreach (
            JournaledFact fact in house
                .App.Services.GetRequiredService<IJournal>()
                .ReadFactsAsync(0, CancellationToken.None)
        )
        {
            if (
                fact.Fact.Kind == AdviceFacts.Advised
                && AdviceFacts.Read(fact.Fact) is var read
                && read.Id.Value == advice.RecommendationId
            )
            {
                kept = read;
            }
        }

        Assert.NotNull(kept);
        Assert.Equal(
            advice.Candidates.Select(c => c.UnitId),
            kept.Drives.Select(d => d.Unit.Value)
        );
        Dispatch.Recommendation.AdvisedDrive first = kept.Drives[0];
        Assert.Equal("high", first.Scene.Urgency);
        Assert.Equal("曙町二丁目", first.Scene.Area);
        Assert.Equal(house.Plan.Units.Length, first.Scene.UnitsFree);
        Assert.Equal(advice.Candidates[0].RoadMilliseconds, first.Drive.RouterMilliseconds);
        TimeToScene said = first.Predicted!.Value;
        Assert.Equal(advice.Candidates[0].EtaP90Seconds, said.P90 / 1_000.0, 0.001);
        Assert.Equal("ambulance", first.Drive.VehicleKind);
        Assert.True(first.Drive.Way!.Value.Meters > 0);
    }

    private async Task<string> OpenAsync()
    {
        OpenIncidentRequest plea = Run.Plea(house);
        plea.Place.Address = "立川市曙町2-38-3";
        return (await house.Dispatcher.Incidents.OpenIncidentAsync(plea)).IncidentId;
    }

    private async Task<Recommendation> AdviseAsync(string incident) =>
        (
            await house.Dispatcher.Dispatch.RecommendUnitsAsync(
                new RecommendUnitsRequest { IncidentId = incident }
            )
        ).Recommendation;

    private async Task<string> BoardAsync(string incident)
    {
        using var browser = new Browser(MinaServer.AddressesOf(house.App).Web);
        await browser.GetAsync(
            house.App.Services.GetRequiredService<SignInLinks>().Mint(CallerRole.Dispatcher)
        );
        return WebUtility.HtmlDecode((await browser.GetAsync($"/board?incident={incident}")).Text);
    }

    private async Task<double> FailuresAsync()
    {
        using var http = new HttpClient { BaseAddress = MinaServer.AddressesOf(house.App).Web };
        var reading = PrometheusReading.Parse(
            await http.GetStringAsync(new Uri("metrics", UriKind.Relative))
        );
        return reading.Samples.Any(s => s.Name == "mina_server_model_failures_total")
            ? reading.Get("mina_server_model_failures_total")
            : 0;
    }
}
