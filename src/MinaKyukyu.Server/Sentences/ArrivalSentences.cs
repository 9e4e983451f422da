using System.Globalization;
using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Dispatch.Recommendation;

namespace MinaKyukyu.Server.Sentences;

/// <summary>
/// When they will be there, as a dispatcher says it to a caller and reads it on the board. Seconds are never said: about is the
/// nearest minute, at the latest is rounded up, at the earliest down, so that nobody is promised more than was reckoned.
/// </summary>
internal static class ArrivalSentences
{
    private const int MinutesOfAnHour = 60;

    /// <summary>To be said to the caller; a unit that is not free yet says that first.</summary>
    public static Sentence Spoken(RecommendationLevel level, UnitCandidate candidate)
    {
        Sentence arrival = Spoken(level, candidate.EtaP50, candidate.EtaP90);
        return candidate.CanBeOrderedNow || candidate.EtaP50 is null
            ? arrival
            : new Sentence(
                $"空きしだい向かい、{arrival.Ja}",
                $"Once it is free: {Lower(arrival.En)}"
            );
    }

    /// <param name="p50">From now; negative where that moment is past. Null: no time is known.</param>
    /// <param name="p90">Null without a model.</param>
    public static Sentence Spoken(RecommendationLevel level, TimeSpan? p50, TimeSpan? p90) =>
        (level, p50, p90) switch
        {
            (RecommendationLevel.StaticOrder, _, _) or (_, null, _) => new(
                "到着時刻はまだお伝えできません",
                "No time of arrival can be told yet"
            ),
            (RecommendationLevel.StraightLine, { } guess, _) => Guessed(guess),
            (RecommendationLevel.FullModel, { } about, null) => WithoutInterval(about),
            (_, { } about, null) => ByRoad(about),
            (_, { } about, { } latest) => Between(about, latest),
        };

    /// <summary>"8分(6〜13分)": P50 and from P10 to P90, for the board. P50 alone without a model.</summary>
    public static string Brief(TimeSpan p10, TimeSpan p50, TimeSpan p90)
    {
        int earliest = (int)Math.Floor(Math.Max(0, p10.TotalMinutes));
        int latest = Latest(p50, p90);
        string from =
            latest >= MinutesOfAnHour
                ? Ja(earliest)
                : earliest.ToString(CultureInfo.InvariantCulture);
        return $"{Ja(About(p50))}({from}〜{Ja(latest)})";
    }

    /// <summary>In one breath, what the median is made of: "出動1分+走行7分". Null without a model.</summary>
    public static Sentence? Parts(UnitCandidate candidate)
    {
        if (candidate is not { CallProcessing: { } call, Turnout: { } turnout, Travel: { } travel })
        {
            return null;
        }

        var ja = new List<string>(4);
        var en = new List<string>(4);
        Add(candidate.FreeIn ?? TimeSpan.Zero, "空くまで", "until free");
        Add(call, "指令まで", "until the order");
        Add(turnout, "出動", "turnout");
        Add(travel, "走行", "drive");
        return new Sentence(string.Join('+', ja), string.Join(" + ", en));

        void Add(TimeSpan part, string nameJa, string nameEn)
        {
            if (part >= TimeSpan.FromMilliseconds(500))
            {
                ja.Add(nameJa + Durations.Ja(part));
                en.Add($"{nameEn} {Durations.En(part)}");
            }
        }
    }

    /// <summary>"midoritama 3 (mina-trees)".</summary>
    public static string NameOf(ModelIdentity model) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{model.Name} {model.Version} ({model.Provider})"
        );

    private static Sentence Between(TimeSpan p50, TimeSpan p90)
    {
        if (p90 < TimeSpan.Zero)
        {
            return Overdue();
        }

        int about = About(p50);
        int latest = Latest(p50, p90);
        if (p50 < TimeSpan.Zero)
        {
            return new Sentence(
                $"遅くとも{Ja(latest)}ほどで着きます",
                $"In {En(latest)} at the latest, or so"
            );
        }

        // Below a minute nobody counts any more, unless it may still become long.
        if (p50 < TimeSpan.FromMinutes(1))
        {
            return latest <= 1
                ? Soon()
                : new Sentence(
                    $"まもなく、遅くとも{Ja(latest)}ほどで着きます",
                    $"Any moment, in {En(latest)} at the latest, or so"
                );
        }

        string latestEn =
            latest < MinutesOfAnHour ? latest.ToString(CultureInfo.InvariantCulture) : En(latest);
        return latest <= about
            ? new Sentence($"およそ{Ja(about)}で着きます", $"In about {En(about)}")
            : new Sentence(
                $"およそ{Ja(about)}、遅くとも{Ja(latest)}ほどで着きます",
                $"In about {En(about)}, {latestEn} at the latest, or so"
            );
    }

    /// <summary>The middle alone: how sure it is cannot be said at present.</summary>
    private static Sentence WithoutInterval(TimeSpan p50) =>
        p50 < TimeSpan.Zero ? Overdue()
        : p50 < TimeSpan.FromMinutes(1) ? Soon()
        : new Sentence(
            $"およそ{Ja(About(p50))}で着く見込みです(前後することがあります)",
            $"In about {En(About(p50))}, give or take"
        );

    private static Sentence ByRoad(TimeSpan p50) =>
        p50 < TimeSpan.Zero ? Overdue()
        : p50 < TimeSpan.FromMinutes(1) ? Soon()
        : new Sentence(
            $"およそ{Ja(About(p50))}で着く見込みです(道路時間のみ)",
            $"In about {En(About(p50))}, by road times only"
        );

    /// <summary>A guess stays one, however near they may be.</summary>
    private static Sentence Guessed(TimeSpan p50) =>
        p50 < TimeSpan.Zero
            ? Overdue()
            : new Sentence(
                $"およそ{Ja(About(p50))}と推定されます(直線距離による推定で、確かではありません)",
                $"At a guess in about {En(About(p50))}, by straight line; not certain"
            );

    private static Sentence Soon() => new("まもなく着きます", "They are about to arrive");

    private static Sentence Overdue() =>
        new("予測した時刻を過ぎています", "They should have been there by now");

    private static int About(TimeSpan p50) =>
        Math.Max(1, (int)Math.Round(p50.TotalMinutes, MidpointRounding.AwayFromZero));

    /// <summary>Never before the about, whatever was rounded.</summary>
    private static int Latest(TimeSpan p50, TimeSpan p90) =>
        Math.Max(About(p50), (int)Math.Ceiling(p90.TotalMinutes));

    private static string Ja(int minutes) =>
        (minutes / MinutesOfAnHour, minutes % MinutesOfAnHour) switch
        {
            (0, var rest) => $"{rest}分",
            (var hours, 0) => $"{hours}時間",
            var (hours, rest) => $"{hours}時間{rest}分",
        };

    private static string En(int minutes) =>
        (minutes / MinutesOfAnHour, minutes % MinutesOfAnHour) switch
        {
            (0, var rest) => Counted(rest, "minute"),
            (var hours, 0) => Counted(hours, "hour"),
            var (hours, rest) => $"{Counted(hours, "hour")} {Counted(rest, "minute")}",
        };

    private static string Counted(int count, string what) =>
        count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string Lower(string sentence) =>
        char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
