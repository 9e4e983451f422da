namespace MinaKyukyu.Cli.Model.Card;

/// <summary>What columns, features and reasons are called in Japanese; a name that nobody here knows stands as it is.</summary>
internal static class CardWords
{
    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["area"] = "町・地区",
        ["at_station"] = "署所にいたか",
        ["borough"] = "区",
        ["department"] = "消防本部",
        ["dispatch_area"] = "指令区域",
        ["held"] = "隊待ち",
        ["initial_call_type"] = "通報種別",
        ["initial_severity"] = "通報時の重症度",
        ["incidents_waiting"] = "待ち事案数",
        ["place_uncertainty_m"] = "場所の不確かさ",
        ["position_age_seconds"] = "車両位置の古さ",
        ["precipitation_mm_h"] = "降水量",
        ["call_received_at"] = "入電からの時間",
        ["station"] = "署所",
        ["units_free"] = "空き隊数",
        ["urgency"] = "緊急度",
        ["vehicle_kind"] = "車種",
        ["zipcode"] = "郵便番号",
        ["everywhere"] = "全域",
        ["expected"] = "見込み時間",
        ["hour"] = "時刻",
        ["weekday"] = "曜日",
        ["holiday"] = "休日",
        ["season"] = "季節",
        ["detour"] = "道のりの遠回り率",
        ["tempo"] = "道の速さ",
        ["share fast_m"] = "幹線・高速の割合",
        ["share main_m"] = "主要道の割合",
        ["share local_m"] = "生活道路の割合",
        ["residual"] = "直近の遅れ",
    };

    private static readonly Dictionary<string, string> Baselines = new(StringComparer.Ordinal)
    {
        ["router_only"] = "経路時間だけ router only",
        ["straight_line"] = "直線距離 straight line",
        ["group_median"] = "群の中央値 group median",
        ["global_median"] = "全体の中央値 global median",
    };

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["no_decision_time"] = "指令時刻なし",
        ["decision_time_unreadable"] = "指令時刻が読めない",
        ["no_arrival"] = "現着なし",
        ["arrival_unreadable"] = "現着時刻が読めない",
        ["negative"] = "現着が指令より前",
        ["too_short"] = "短すぎる",
        ["too_long"] = "長すぎる",
    };

    /// <summary>By column and word: what the files write as codes.</summary>
    private static readonly Dictionary<(string Column, string Word), string> Words = new()
    {
        [("at_station", "1")] = "署所から at station",
        [("at_station", "0")] = "出先から under way",
        [("held", "1")] = "待ちあり held",
        [("held", "0")] = "待ちなし not held",
        [("urgency", "critical")] = "最優先 critical",
        [("urgency", "high")] = "高 high",
        [("urgency", "medium")] = "中 medium",
        [("urgency", "low")] = "低 low",
    };

    /// <summary>Japanese and the name itself.</summary>
    public static string OfColumn(string name) => Both(Columns, name);

    /// <summary>The same for a feature; running averages say of what, where and how long.</summary>
    public static string OfFeature(string name) =>
        name.Split(' ') is ["live", var of, var by, var minutes, "min"]
            ? $"{Ja(of)}・{Ja(by)} {Span(minutes)} {of} {by}"
            : Both(Columns, name);

    public static string OfWord(string column, string? word) =>
        word is null ? "記入なし missing" : Words.GetValueOrDefault((column, word), word);

    public static string OfBaseline(string name) => Baselines.GetValueOrDefault(name, name);

    public static string OfReason(string name) => Both(Reasons, name);

    private static string Both(Dictionary<string, string> words, string name) =>
        words.TryGetValue(name, out string? ja) ? $"{ja} {name}" : name;

    private static string Ja(string name) => Columns.GetValueOrDefault(name, name);

    private static string Span(string minutes) =>
        int.TryParse(minutes, System.Globalization.CultureInfo.InvariantCulture, out int all)
            ? all % 1440 == 0
                ? $"{all / 1440}日"
                : all % 60 == 0
                    ? $"{all / 60}時間"
                    : $"{all}分"
            : minutes;
}
