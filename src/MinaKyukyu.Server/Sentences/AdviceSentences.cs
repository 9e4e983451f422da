using System.Globalization;
using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Server.City;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Server.Sentences;

/// <summary>Words the reasons of advice, from their codes and values alone; in one breath.</summary>
internal sealed class AdviceSentences(CityPlan city)
{
    public WordedReason Of(Reason reason)
    {
        (string ja, string en) = Words(reason);
        return Reasons.Of(Refusal.CodeOf(reason.Code.ToString()), ja, en);
    }

    public (string Ja, string En) Words(Reason r) =>
        r.Code switch
        {
            ReasonCode.NoModel => ("学習モデルがありません", "no model is loaded"),
            ReasonCode.ModelAnswers => (
                $"学習モデル第{Rank(r)}版の予測",
                $"by the learned model, version {Rank(r)}"
            ),
            ReasonCode.ModelRefused => (
                "学習モデルが検査に通らないため使っていません",
                "a model was found but did not pass its checks"
            ),
            ReasonCode.ModelFailed => (
                "学習モデルが正しく答えなかったため使っていません",
                "the model gave no usable answer"
            ),
            ReasonCode.IntervalWithdrawn => (
                "最近の到着が予測の幅から外れやすいため、幅は示しません",
                "recent arrivals fell outside the model's interval; only its middle is told"
            ),
            ReasonCode.EarliestByModel => ("予測で最も早く着く", "earliest by the model"),
            ReasonCode.OtherNearerByRoad => (
                $"道路時間だけなら{Name(r)}が{Span(r)}近い",
                $"by road alone {Name(r)} is {SpanEn(r)} nearer"
            ),
            ReasonCode.PlaceOffMap => ("現場が地図の外です", "the place lies off the map"),
            ReasonCode.NoRoadMap => ("道路データがありません", "no road map is loaded"),
            ReasonCode.NoWayByRoad => (
                "道路で到達できる隊がありません",
                "no unit reaches the place by known roads"
            ),
            ReasonCode.NoPlace => (
                "場所が不明です。署の順位表によります",
                "the place is unknown; by the stations' fixed order"
            ),
            ReasonCode.NearestByRoad => ("道路時間で最も近い", "nearest by road"),
            ReasonCode.NearestByStraightLine => (
                "直線距離で最も近い(推定)",
                "nearest by straight line, an estimate"
            ),
            ReasonCode.LaterThanNearest when Math.Round(r.Amount ?? 0) == 0 => (
                "最先着と同時",
                "as early as the nearest"
            ),
            ReasonCode.LaterThanNearest => (
                $"最先着より{Span(r)}遅い",
                $"{SpanEn(r)} later than the nearest"
            ),
            ReasonCode.FromStation => ("署所から", "from its station"),
            ReasonCode.FromPosition => (
                $"{Span(r)}前の位置から",
                $"from its position {SpanEn(r)} ago"
            ),
            ReasonCode.PositionStale => ($"位置が古い({Span(r)}前)", $"position {SpanEn(r)} old"),
            ReasonCode.FromLastHospital => (
                $"最後にいた病院から({Span(r)}前)",
                $"from the hospital where it was {SpanEn(r)} ago"
            ),
            ReasonCode.FromLastScene => (
                $"最後の現場から({Span(r)}前)",
                $"from the scene where it was {SpanEn(r)} ago"
            ),
            ReasonCode.StationAssumed => (
                "位置不明のため署所から推定",
                "position unknown, reckoned from its station"
            ),
            ReasonCode.Returning => ("引揚途上", "on its way home"),
            ReasonCode.SoonFree => (
                $"約{Span(r)}後に出動可能",
                $"expected to be free in {SpanEn(r)}"
            ),
            ReasonCode.SoonFreeWouldBeEarlier => (
                $"{Name(r)}は約{Span(r)}早いがまだ出動中",
                $"{Name(r)} would be {SpanEn(r)} earlier but is still busy"
            ),
            ReasonCode.UnitOffMap => (
                "隊が地図の外(直線で推定)",
                "the unit is off the map; by straight line"
            ),
            ReasonCode.UnitSnapDistance => (
                $"隊は道路から{Meters(r)}m",
                $"the unit is {Meters(r)} m from the road"
            ),
            ReasonCode.SnapDistance => (
                $"現場は道路から{Meters(r)}m",
                $"the place is {Meters(r)} m from the road"
            ),
            ReasonCode.PlacePrecision => (
                $"場所は{Places.Words(r.Precision!.Value).Ja}(±{Meters(r)}m)",
                $"place known by {Places.Words(r.Precision!.Value).En} (±{Meters(r)} m)"
            ),
            ReasonCode.TownCentreOnly => (
                $"場所は町の代表点のみ(±{Meters(r)}m)。住所ではありません",
                $"only the town's centre is known (±{Meters(r)} m), not an address"
            ),
            ReasonCode.StationOrderOfTown => (
                $"町の順位表で{Rank(r)}位の署",
                $"station {Rank(r)} in the town's order"
            ),
            ReasonCode.StationOrderDefault => (
                $"標準の順位表で{Rank(r)}位の署",
                $"station {Rank(r)} in the default order"
            ),
            ReasonCode.ThroughClosure => (
                "通行止めの中です(通れるか確認してください)",
                "inside a closure; ask to be let through"
            ),
            ReasonCode.LastMetersOnFoot => (
                "最後は徒歩です(車が入れない道)",
                "the last metres are on foot, no vehicle gets into the street"
            ),
            ReasonCode.OffDuty => ("勤務外", "off duty"),
            ReasonCode.Busy => (
                $"{UnitStates.Words(r.State!.Value).Ja}(約{Span(r)}後に出動可能)",
                $"{UnitStates.Words(r.State!.Value).En}, free in about {SpanEn(r)}"
            ),
            ReasonCode.AlreadyOrdered => ("この事案に出動中", "already ordered to this incident"),
            ReasonCode.Unreachable => ("道路で到達できません", "no way by road"),
            ReasonCode.NoUnitOnDuty => ("勤務中の隊がありません", "no unit is on duty"),
            ReasonCode.AllBusy => (
                $"全隊出動中。最も早い{Name(r)}は約{Span(r)}後",
                $"all units are busy; {Name(r)} is expected in about {SpanEn(r)}"
            ),
            ReasonCode.NoFreeUnitReaches => (
                "出動可能な隊が現場に到達できません",
                "no free unit reaches the place"
            ),
            ReasonCode.NearestHospital => ("道路時間で最も近い", "nearest by road"),
            ReasonCode.MeetsNeeds => ($"{NeedsJa(r.Needs)}に対応", $"has {NeedsEn(r.Needs)}"),
            ReasonCode.LacksServices => (
                $"{NeedsJa(r.Needs)}に非対応",
                $"lacks {NeedsEn(r.Needs)}"
            ),
            ReasonCode.RefusedBefore => (
                "この傷病者の受入不可と回答済み",
                "refused this patient before"
            ),
            ReasonCode.NotAccepting => ("現在受入不可", "takes nobody at present"),
            ReasonCode.FromCarryingUnit => ($"{Name(r)}の現在位置から", $"from where {Name(r)} is"),
            ReasonCode.FromScene => ("現場から", "from the scene"),
            ReasonCode.HospitalOffMap => ("直線で推定", "by straight line"),
            ReasonCode.HospitalPlanOrder => (
                "場所不明のため一覧順",
                "no place is known; in the plan's order"
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public static (string Ja, string En) Words(RecommendationLevel level) =>
        level switch
        {
            RecommendationLevel.FullModel => ("学習モデル", "learned model"),
            RecommendationLevel.RouterOnly => ("道路時間のみ", "road times only"),
            RecommendationLevel.StraightLine => ("直線推定", "straight line"),
            RecommendationLevel.StaticOrder => ("署の順位表", "static order"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public static string NeedsJa(CareNeeds needs) =>
        Join(needs, "・", "透析", "産科", "脳神経外科");

    public static string NeedsEn(CareNeeds needs) =>
        Join(needs, ", ", "dialysis", "obstetrics", "neurosurgery");

    private static string Join(
        CareNeeds needs,
        string by,
        string dialysis,
        string obstetrics,
        string neurosurgery
    )
    {
        var words = new List<string>(3);
        if (needs.HasFlag(CareNeeds.Dialysis))
        {
            words.Add(dialysis);
        }

        if (needs.HasFlag(CareNeeds.Obstetrics))
        {
            words.Add(obstetrics);
        }

        if (needs.HasFlag(CareNeeds.Neurosurgery))
        {
            words.Add(neurosurgery);
        }

        return string.Join(by, words);
    }

    private string Name(Reason r) =>
        r.Unit is { } unit ? city.Plan.FindUnit(unit)?.Name ?? unit.Value : "";

    private static string Span(Reason r) => Durations.Ja(TimeSpan.FromSeconds(r.Amount ?? 0));

    private static string SpanEn(Reason r) => Durations.En(TimeSpan.FromSeconds(r.Amount ?? 0));

    private static string Meters(Reason r) =>
        Math.Round(r.Amount ?? 0).ToString("0", CultureInfo.InvariantCulture);

    private static string Rank(Reason r) =>
        (r.Amount ?? 0).ToString("0", CultureInfo.InvariantCulture);
}
