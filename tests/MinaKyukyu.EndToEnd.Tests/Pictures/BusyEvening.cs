using Microsoft.AspNetCore.Builder;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Server;
using MinaKyukyu.Server.City;

namespace MinaKyukyu.EndToEnd.Tests.Pictures;

/// <summary>The invented department on a busy evening, told to a real server over the wire: something for every part of the pages.</summary>
internal sealed class BusyEvening : IAsyncDisposable
{
    private readonly DirectoryInfo _data;
    private readonly EveningWire _wire;
    private readonly QuickTime _time;

    private BusyEvening(WebApplication app, DirectoryInfo data, QuickTime time)
    {
        _data = data;
        _time = time;
        App = app;
        (Uri grpc, Web) = MinaServer.AddressesOf(app);
        _wire = new EveningWire(grpc, time);
    }

    public WebApplication App { get; }

    public Uri Web { get; }

    /// <summary>Waits for a decision; the board shows its advice.</summary>
    public string Waiting { get; private set; } = "";

    /// <summary>The unit that carries the most of the story.</summary>
    public string Unit { get; private set; } = "";

    public static async Task<BusyEvening> BeginAsync()
    {
        string root = Repository.Root;
        DirectoryInfo data = Directory.CreateTempSubdirectory("mina-evening-");
        var time = new QuickTime(TimeSpan.FromHours(7));
        WebApplication app = MinaServer.Build(
            new MinaServerOptions
            {
                Data = data.FullName,
                Grpc = new Uri("http://127.0.0.1:0"),
                Web = new Uri("http://127.0.0.1:0"),
                City = Path.Combine(root, "samples", "tachikawa"),
                Codes = Path.Combine(root, "codes", "fdma-2026.csv"),
                DemoIdentities = true,
                Time = time,
            }
        );
        await app.StartAsync();
        var evening = new BusyEvening(app, data, time);
        await evening.LiveAsync(root);
        return evening;
    }

    private async Task LiveAsync(string root)
    {
        foreach (
            var unit in SampleCity.Plan(Path.Combine(root, "samples", "tachikawa")).Units.Skip(1)
        )
        {
            await _wire.SignOnAsync(unit);
        }

        await LiveThroughThePastAsync();
        await LiveThePresentAsync();
        await EveningViews.TellAsync(App, _time);
    }

    /// <summary>What the report counts: seven runs that are over.</summary>
    private async Task LiveThroughThePastAsync()
    {
        (string Address, double Lat, double Lon, string? NoView)[] past =
        [
            ("錦町一丁目", 35.6960, 139.4190, "no-card"),
            ("柴崎町二丁目", 35.6950, 139.4080, "no-card"),
            ("砂川町五丁目", 35.7290, 139.3950, "not-registered"),
            ("幸町二丁目", 35.7195, 139.4225, "refused"),
            ("栄町三丁目", 35.7150, 139.4250, "no-card"),
            ("一番町二丁目", 35.7265, 139.3784, "not-feasible-urgent"),
            ("高松町三丁目", 35.7080, 139.4150, "expired"),
        ];
        for (int i = 0; i < past.Length; i++)
        {
            (string address, double lat, double lon, string? reason) = past[i];
            EveningRun run = await SendAsync(
                address,
                lat,
                lon,
                PlacePrecision.Building,
                UrgencyLevel.Medium,
                30 + (7 * i)
            );
            await GoOnAsync(run, 4, 55 + (3 * i), 280 + (61 * i % 240));
            await _wire.CloseCardStepAsync(run, reason!);
            await GoOnAsync(run, 5, 160 + (37 * i % 90), 420 + (53 * i % 300));
            _time.Pass(120);
        }
    }

    /// <summary>What the board shows: four that are served, two that wait.</summary>
    private async Task LiveThePresentAsync()
    {
        EveningRun atHospital = await SendAsync(
            "若葉町四丁目",
            35.7185,
            139.4330,
            PlacePrecision.Lot,
            UrgencyLevel.Medium,
            35
        );
        await GoOnAsync(atHospital, 6, 58, 260);
        EveningRun carrying = await SendAsync(
            "富士見町六丁目 あおば団地3号棟",
            35.6975,
            139.3985,
            PlacePrecision.Building,
            UrgencyLevel.High,
            28
        );
        Unit = carrying.Unit;
        await GoOnAsync(carrying, 5, 62, 190);
        EveningRun onScene = await SendAsync(
            "高松町一丁目",
            35.7040,
            139.4190,
            PlacePrecision.PhoneFix,
            UrgencyLevel.Medium,
            33
        );
        await GoOnAsync(onScene, 2, 54, 200);
        await _wire.OpenAsync(
            "西砂町五丁目",
            35.7265,
            139.3640,
            PlacePrecision.TownCentre,
            UrgencyLevel.Low
        );
        _time.Pass(150);
        await SendAsync(
            "羽衣町二丁目",
            35.6915,
            139.4245,
            PlacePrecision.Building,
            UrgencyLevel.Low,
            25,
            acknowledge: false
        );
        _time.Pass(22);
        Waiting = await _wire.OpenAsync(
            "曙町二丁目 駅北口広場",
            35.7006,
            139.4139,
            PlacePrecision.Landmark,
            UrgencyLevel.Critical
        );
        _time.Pass(14);
    }

    /// <summary>An event closes the streets before the waiting incident, an underpass is under water, a street is being mended.</summary>
    public async Task RestrictRoadsAsync()
    {
        await _wire.RestrictAsync(35.7030, 139.4150, 100, 0, "event");
        await _wire.RestrictAsync(35.6975, 139.4130, 0, 0, "flooding");
        await _wire.RestrictAsync(35.7195, 139.4225, 150, 25, "construction");
    }

    /// <summary>Opens an incident and follows the advice.</summary>
    private async Task<EveningRun> SendAsync(
        string address,
        double latitude,
        double longitude,
        PlacePrecision precision,
        UrgencyLevel urgency,
        int secondsToOrder,
        bool acknowledge = true
    )
    {
        string incident = await _wire.OpenAsync(address, latitude, longitude, precision, urgency);
        _time.Pass(secondsToOrder);
        EveningRun run = await _wire.FollowAdviceAsync(incident, latitude, longitude);
        if (acknowledge)
        {
            _time.Pass(6);
            await _wire.AcknowledgeAsync(run);
        }

        return run;
    }

    /// <summary>The crew reports its next milestones: the first after one span, the others each after another.</summary>
    private async Task GoOnAsync(
        EveningRun run,
        int milestones,
        int secondsToFirst,
        int secondsBetween
    )
    {
        for (int i = 0; i < milestones; i++)
        {
            _time.Pass(i == 0 ? secondsToFirst : secondsBetween);
            await _wire.ReportNextAsync(run);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _wire.Dispose();
        await App.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
