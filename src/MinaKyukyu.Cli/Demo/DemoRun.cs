using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using MinaKyukyu.Contracts.Analytics.V1;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Tablet.Link;

namespace MinaKyukyu.Cli.Demo;

/// <summary>The main job from the first ring to the intervals, told as it happens.</summary>
internal sealed class DemoRun(
    DemoProcesses processes,
    CrewReports crews,
    DemoAccount account,
    DemoFigures figures,
    Vocabulary.Incidents.CodeBook codes
)
{
    /// <summary>More dispatchers than the ten of the demo cannot be in each other's way.</summary>
    private const int MostTimes = 10;

    /// <summary>A run of three quarters of an hour becomes a quarter of a minute.</summary>
    public const double TimeScale = 200;

    private readonly ConcurrentBag<double> _decisions = [];
    private readonly Timestamp _from = Timestamp.FromDateTimeOffset(
        TimeProvider.System.GetUtcNow().AddMinutes(-1)
    );

    public async Task StartAsync(DepartmentPlan plan, CancellationToken stop)
    {
        account.Title(
            "みどり多摩消防本部(架空) — 実在の道路、架空の消防本部 / real streets, invented department"
        );
        await Task.WhenAll(processes.StartStandInAsync(), processes.StartRedisAsync());
        account.Step(
            "国側",
            $"模擬の国側システムが起動 / stand-in {processes.StandInAddress}(模擬)"
        );
        account.Step(
            "Redis",
            processes.RedisAddress is { } redis
                ? $"要約の封印キャッシュ / sealed cache at {redis}"
                : "redis-server がないため使いません / not installed, not used"
        );
        await processes.StartServiceAsync();
        account.Step(
            "指令",
            $"サーバー起動 / service grpc {processes.GrpcAddress} web {processes.WebAddress}"
        );
        processes.StartCrews(plan, TimeScale);
        using DispatcherDesk desk = new(processes.GrpcAddress);
        while (await desk.CountOnDutyAsync() < plan.Units.Length)
        {
            await Task.Delay(50, stop);
        }

        account.Good($"{plan.Units.Length}隊が勤務開始 / {plan.Units.Length} crews signed on");
    }

    public async Task LiveMainAsync(CancellationToken stop)
    {
        using DispatcherDesk desk = new(processes.GrpcAddress);
        account.Title("一件目:119から引継ぎまで / one incident, step by step");
        string incident = await desk.OpenAsync(DemoPlan.Main);
        account.Step("119", $"入電 {DemoPlan.Main.Address}(建物)・急病 / call, sudden illness");
        using IDisposable telling = TellOf(incident);
        Recommendation advice = await RecommendAsync(desk, incident);
        Candidate first = advice.Candidates[0];
        figures.RecommendedUnit = first.UnitId;
        figures.Level = LevelOf(advice.Level);
        figures.EtaP10Seconds = first.HasEtaP10Seconds ? first.EtaP10Seconds : null;
        figures.EtaP50Seconds = first.HasEtaP50Seconds ? first.EtaP50Seconds : null;
        figures.EtaP90Seconds = first.HasEtaP90Seconds ? first.EtaP90Seconds : null;
        account.Step("推奨", SentenceOf(first));
        await desk.AssignAsync(advice, first.UnitId, null);
        account.Step(
            "指令",
            $"指令員が承認、{first.UnitName}へ指令 / dispatcher accepts, order given"
        );

        await crews.WaitAsync("card", incident, stop);
        await PullRedisAsync();
        await crews.WaitAsync("run_ended", incident, stop);
        await ReadMainAsync(desk, incident);
    }

    private async Task PullRedisAsync()
    {
        if (processes.Redis is { } redis)
        {
            await redis.PullThePlugAsync();
            account.Step(
                "Redis",
                "障害:キャッシュを強制停止(結果は変わりません) / killed in mid-incident"
            );
        }
    }

    private async Task ReadMainAsync(DispatcherDesk desk, string id)
    {
        JsonObject? card = crews.Find("card", id);
        figures.SummarySections = (int?)card?["sections"] ?? 0;
        figures.CrewTaps = (int?)crews.Find("screen", id)?["card_taps"] ?? 0;
        figures.CardLevel = CrewReports.TextOf(card ?? [], "level");
        figures.HandsOnSeconds = (double?)card?["hands_on_seconds"];
        figures.CareNeeds.AddRange(
            (card?["care_needs"] as JsonArray ?? []).Select(n => n!.ToString())
        );
        JsonObject? before = HospitalsOf(id, "before_card");
        JsonObject? after = HospitalsOf(id, "after_card");
        figures.HospitalBeforeCard = CrewReports.TextOf(before ?? [], "first_name");
        figures.HospitalAfterCard = CrewReports.TextOf(after ?? [], "first_name");
        if (CrewReports.TextOf(after ?? [], "card_effect_ja") is { Length: > 0 } effect)
        {
            string cost = (figures.HandsOnSeconds ?? 0).ToString("0", CultureInfo.InvariantCulture);
            account.Good(
                $"{effect}。隊の操作{cost}秒 / {CrewReports.TextOf(after!, "card_effect_en")}; {cost} crew seconds"
            );
        }

        Incident incident = await desk.GetAsync(id);
        figures.CardReturned = incident.CardSteps.Any(c =>
            c is { HasCardReturned: true, CardReturned: true }
        );
        figures.Require(incident.State == IncidentState.Closed, "main incident: not closed");
        figures.Require(
            figures.CardLevel == "B",
            $"main incident: card level {figures.CardLevel}, not B"
        );
        figures.Require(
            figures.CrewTaps is > 0 and <= 4,
            $"card path took {figures.CrewTaps} taps"
        );
        figures.Require(
            figures.SummarySections > 0,
            "main incident: no section of the summary arrived"
        );
        figures.Require(
            figures.CareNeeds.Contains("DIALYSIS"),
            "main incident: the rule on dialysis did not fire"
        );
        figures.Require(
            figures.HospitalBeforeCard != figures.HospitalAfterCard,
            "main incident: the card did not change the hospital"
        );
        figures.Require(figures.CardReturned, "main incident: the card was not given back");
        figures.Require(
            crews.Find("screen", id)?["is_empty"]?.GetValue<bool>() == true,
            "main incident: the tablet's screen was not cleared at handover"
        );
    }

    private JsonObject? HospitalsOf(string incident, string phase) =>
        crews
            .Of("hospitals")
            .LastOrDefault(r =>
                CrewReports.TextOf(r, "incident") == incident
                && CrewReports.TextOf(r, "phase") == phase
            );

    public async Task LiveOthersAsync(CancellationToken stop)
    {
        account.Title("続く十件:一日の実際の割合で / ten more, with the mix of a real day");
        using DispatcherDesk desk = new(processes.GrpcAddress);
        var live = new List<Task>();
        foreach (DemoIncident incident in DemoPlan.Others)
        {
            live.Add(LiveAsync(desk, incident, stop));
            await Task.Delay(250, stop);
        }

        await Task.WhenAll(live);
    }

    private async Task LiveAsync(DispatcherDesk desk, DemoIncident plan, CancellationToken stop)
    {
        string incident = await desk.OpenAsync(plan);
        Candidate chosen = await OrderAsync(desk, plan, incident);
        string how = plan.Overrides
            ? "指令員が変更(地理・道路事情)/ overridden"
            : "推奨どおり / as advised";
        account.Step("指令", $"{plan.Address} → {chosen.UnitName}({how})");
        if (plan.Script.StartsWith("cancelled", StringComparison.Ordinal))
        {
            await crews.WaitAsync("waits_to_be_called_back", incident, stop);
            await desk.CancelAsync(incident);
            account.Step("指令", $"{plan.Address} 出動途上で取消し / cancelled on the way");
        }

        await crews.WaitAsync("run_ended", incident, stop);
        Incident picture = await desk.GetAsync(incident);
        figures.Require(picture.State == IncidentState.Closed, $"{plan.Script}: not closed");
        account.Good($"{plan.Address}: {EndOf(incident, picture)}");
        Check(plan, incident, picture);
    }

    /// <summary>Two dispatchers may be advised the same unit; the one who is told no asks for advice again.</summary>
    private async Task<Candidate> OrderAsync(
        DispatcherDesk desk,
        DemoIncident plan,
        string incident
    )
    {
        for (int times = 1; ; times++)
        {
            Recommendation advice = await RecommendAsync(desk, incident);
            Candidate chosen = advice.Candidates[plan.Overrides ? 1 : 0];
            try
            {
                await desk.AssignAsync(
                    advice,
                    chosen.UnitId,
                    plan.Overrides ? "local-knowledge" : null
                );
                return chosen;
            }
            catch (RpcException taken)
                when (times < MostTimes && Refusal.Of(taken).Reason == "UNIT_NOT_AVAILABLE")
            {
                account.Step(
                    "指令",
                    $"{plan.Address}: {chosen.UnitName}は別の指令に従ったばかり。推奨を取り直す / advised to another in the same moment"
                );
            }
        }
    }

    private string EndOf(string incident, Incident picture)
    {
        string level = CrewReports.TextOf(crews.Find("card", incident) ?? [], "level");
        bool wasAsked = crews.Find("holder_differs", incident) is not null;
        return wasAsked
                ? $"通報とカードの持ち主が違うため表示前に確認、閲覧(レベル{level}) / holder differs: asked, then viewed"
            : level.Length > 0 ? $"閲覧(レベル{level}) / record viewed"
            : picture.CardSteps.FirstOrDefault()?.Reason is { } reason
                ? $"閲覧なし({WordsOf(reason.Value)}) / no view"
            : "出動途上で取消し / cancelled on the way";
    }

    /// <summary>As the report names the reason.</summary>
    private string WordsOf(string reason) =>
        codes.Find(new Vocabulary.Incidents.Code("no-view-reason", reason))?.Ja ?? reason;

    /// <summary>What each script is there for must have happened, as the service tells it.</summary>
    private void Check(DemoIncident plan, string incident, Incident picture)
    {
        string script = plan.Script.Split(':')[0];
        string reason = picture.CardSteps.FirstOrDefault()?.Reason?.Value ?? "";
        IEnumerable<Destination> destinations = picture.Assignments.SelectMany(a => a.Destinations);
        bool happened = script switch
        {
            "view-c" => picture.CardSteps.Any(c => c.CardLevel == "C"),
            "no-card" or "not-registered" or "refused" or "expired" or "no-radio" => reason
                == script,
            "no-transport" => picture.Patients.Any(p => p.Outcome is { Transported: false }),
            "transfer" => picture.IncidentType.Value == "transfer"
                && picture.Patients.Any(p => p.Outcome?.Transported == true),
            "first-hospital-refuses" => destinations.Any(d => d.State == DestinationState.Refused)
                && picture.CardSteps.Any(c => c.CardLevel == "B"),
            "cancelled-on-the-way" => picture.Assignments.Any(a =>
                a.State == AssignmentState.Cancelled
            ),
            _ => false,
        };
        figures.Require(happened, $"{plan.Script}: did not happen (card step: {reason})");
        bool overridden = picture.Assignments.Any(a => a.OverrideReason is { Value.Length: > 0 });
        figures.Require(overridden == plan.Overrides, $"{plan.Script}: override is {overridden}");
        if (script == "no-card")
        {
            figures.NoCardTaps = (int?)crews.Find("card", incident)?["taps"] ?? 0;
            figures.Require(
                figures.NoCardTaps == 1,
                $"no-card path took {figures.NoCardTaps} taps"
            );
        }
    }

    /// <summary>緊急閲覧: one crew looked without consent; the officer is told, looks into it, and closes it.</summary>
    public async Task ReconcileAsync()
    {
        using OfficerDesk officer = new(processes.GrpcAddress);
        account.Title("緊急閲覧の事後確認 / the emergency read is looked into");
        IReadOnlyList<EmergencyRead> open = await officer.ListOpenAsync();
        figures.EmergencyReads = open.Count;
        figures.Require(
            open is [{ WithoutConsent: true, CardLevel: "B" }],
            $"{open.Count} emergency reads wait for the officer, not the one without consent"
        );
        foreach (EmergencyRead read in open)
        {
            account.Step(
                "責任者",
                $"{read.UnitId} が同意なしで閲覧(同意取得困難、レベル{read.CardLevel})/ viewed without consent"
            );
            await officer.CloseAsync(read);
            account.Good("照合し「妥当」と記録 / found justified, closed with a note");
        }

        figures.EmergencyReadsOpen = (await officer.ListOpenAsync()).Count;
        figures.Require(
            figures.EmergencyReadsOpen == 0,
            $"{figures.EmergencyReadsOpen} emergency reads are still open"
        );
    }

    private async Task<Recommendation> RecommendAsync(DispatcherDesk desk, string incident)
    {
        Recommendation advice = await desk.RecommendAsync(incident);
        _decisions.Add(advice.DecisionMilliseconds);
        return advice;
    }

    public async Task CountAsync()
    {
        using DispatcherDesk desk = new(processes.GrpcAddress);
        Timestamp to = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddMinutes(1));
        ListIntervalsResponse intervals = await desk.IntervalsAsync(_from, to);
        ListReasonCountsResponse reasons = await desk.ReasonsAsync(_from, to);
        figures.Incidents = intervals.IncidentCount;
        figures.Milestones = intervals.MilestoneCount;
        figures.NoCard = reasons
            .Counts.Where(c => c.Table == "no-view-reason" && c.Reason.Code == "no-card")
            .Sum(c => c.Count);
        figures.NoCardSeconds = reasons.HasNoCardSeconds ? reasons.NoCardSeconds : null;
        double[] decisions = [.. _decisions.Order()];
        figures.RecommendP50Ms = Math.Round(decisions[decisions.Length / 2], 3);
        figures.Require(
            figures.Incidents == 11,
            $"{figures.Incidents} incidents in the figures, not 11"
        );
        figures.Require(reasons.ViewedCount == 3, $"{reasons.ViewedCount} records viewed, not 3");
        account.Title(
            $"時間間隔(時間は{TimeScale:0}倍速) / intervals, in quick motion ×{TimeScale:0}"
        );
        account.Table(
            ["間隔 / interval", "件数", "除外", "p50", "p90"],
            intervals.Intervals.Select(i =>
                new[]
                {
                    $"{i.Words.Ja} / {i.Words.En}",
                    i.UsedCount.ToString(CultureInfo.InvariantCulture),
                    string.Join(", ", i.ExcludedCounts.Select(e => $"{e.Key} {e.Value}")),
                    i.HasP50Seconds ? $"{i.P50Seconds:0} s" : "–",
                    i.HasP90Seconds ? $"{i.P90Seconds:0} s" : "–",
                }
            )
        );
    }

    private IDisposable TellOf(string incident) =>
        crews.Listen(report =>
        {
            if (
                CrewReports.TextOf(report, "incident") == incident
                && StepSentences.Of(report) is { } sentence
            )
            {
                account.Step("救急隊", sentence);
            }
        });

    private static string SentenceOf(Candidate candidate)
    {
        string reasons = string.Join("・", candidate.Reasons.Select(r => r.Words.Ja));
        return candidate.HasEtaP90Seconds
            ? $"{candidate.UnitName} {candidate.Spoken.Ja}:{reasons}"
            : $"{candidate.UnitName} 約{candidate.EtaP50Seconds / 60:0.0}分"
                + $"(出動準備{candidate.TurnoutSeconds:0}秒+道路{candidate.RoadSeconds:0}秒):{reasons}";
    }

    /// <summary>As the wire spells it without the enum's own prefix: <c>ROUTER_ONLY</c>.</summary>
    private static string LevelOf(RecommendationLevel level) =>
        level switch
        {
            RecommendationLevel.FullModel => "FULL_MODEL",
            RecommendationLevel.RouterOnly => "ROUTER_ONLY",
            RecommendationLevel.StraightLine => "STRAIGHT_LINE",
            RecommendationLevel.StaticOrder => "STATIC_ORDER",
            _ => "",
        };
}
