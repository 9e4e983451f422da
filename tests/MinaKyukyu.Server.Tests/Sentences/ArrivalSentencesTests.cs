using System.Globalization;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Tests.Sentences;

public class ArrivalSentencesTests
{
    /// <summary>Times are written as minutes:seconds; "-" is none, and a sign in front is past.</summary>
    [Theory]
    [InlineData("8:00", "13:00", "およそ8分、遅くとも13分ほどで着きます")]
    [InlineData("8:29", "12:01", "およそ8分、遅くとも13分ほどで着きます")] // About is the nearest, the latest is rounded up.
    [InlineData("8:30", "12:01", "およそ9分、遅くとも13分ほどで着きます")] // A half never promises the earlier one.
    [InlineData("7:31", "8:00", "およそ8分で着きます")] // The same minute is said once.
    [InlineData("7:31", "7:40", "およそ8分で着きます")]
    [InlineData("1:00", "1:59", "およそ1分、遅くとも2分ほどで着きます")]
    [InlineData("0:59", "1:00", "まもなく着きます")]
    [InlineData("0:00", "0:00", "まもなく着きます")]
    [InlineData("0:50", "3:10", "まもなく、遅くとも4分ほどで着きます")] // Soon is not said alone where it may still be long.
    [InlineData("59:30", "59:40", "およそ1時間で着きます")]
    [InlineData("50:00", "64:10", "およそ50分、遅くとも1時間5分ほどで着きます")]
    [InlineData("120:00", "135:00", "およそ2時間、遅くとも2時間15分ほどで着きます")]
    [InlineData("-1:00", "2:30", "遅くとも3分ほどで着きます")] // The middle is past, the latest is not.
    [InlineData("-4:00", "-0:01", "予測した時刻を過ぎています")]
    public void A_model_is_said_with_its_doubt(string p50, string p90, string said) =>
        Assert.Equal(
            said,
            ArrivalSentences.Spoken(RecommendationLevel.FullModel, Time(p50), Time(p90)).Ja
        );

    [Theory]
    [InlineData("8:00", "13:00", "In about 8 minutes, 13 at the latest, or so")]
    [InlineData("7:31", "8:00", "In about 8 minutes")]
    [InlineData("1:00", "1:59", "In about 1 minute, 2 at the latest, or so")]
    [InlineData("0:59", "1:00", "They are about to arrive")]
    [InlineData("0:50", "3:10", "Any moment, in 4 minutes at the latest, or so")]
    [InlineData("50:00", "64:10", "In about 50 minutes, 1 hour 5 minutes at the latest, or so")]
    [InlineData("-1:00", "2:30", "In 3 minutes at the latest, or so")]
    [InlineData("-4:00", "-0:01", "They should have been there by now")]
    public void The_same_in_English(string p50, string p90, string said) =>
        Assert.Equal(
            said,
            ArrivalSentences.Spoken(RecommendationLevel.FullModel, Time(p50), Time(p90)).En
        );

    [Theory]
    [InlineData(RecommendationLevel.RouterOnly, "8:10", "およそ8分で着く見込みです(道路時間のみ)")]
    [InlineData(RecommendationLevel.RouterOnly, "0:20", "まもなく着きます")]
    [InlineData(
        RecommendationLevel.StraightLine,
        "8:10",
        "およそ8分と推定されます(直線距離による推定で、確かではありません)"
    )]
    [InlineData(
        RecommendationLevel.StraightLine,
        "0:20",
        "およそ1分と推定されます(直線距離による推定で、確かではありません)"
    )]
    [InlineData(RecommendationLevel.StaticOrder, "-", "到着時刻はまだお伝えできません")]
    public void Without_a_model_no_more_is_promised_than_is_known(
        RecommendationLevel level,
        string p50,
        string said
    ) => Assert.Equal(said, ArrivalSentences.Spoken(level, Time(p50), null).Ja);

    [Theory]
    [InlineData("6:10", "8:20", "12:30", "8分(6〜13分)")]
    [InlineData("0:20", "0:40", "2:30", "1分(0〜3分)")]
    [InlineData("50:00", "58:00", "75:00", "58分(50分〜1時間15分)")]
    public void The_board_shows_the_middle_and_from_when_to_when(
        string p10,
        string p50,
        string p90,
        string shown
    ) =>
        Assert.Equal(
            shown,
            ArrivalSentences.Brief(Time(p10)!.Value, Time(p50)!.Value, Time(p90)!.Value)
        );

    [Theory]
    [InlineData("-", "0:00", "1:00", "7:00", "出動1分+走行7分")]
    [InlineData("-", "0:40", "1:10", "11:20", "指令まで40秒+出動1分10秒+走行11分")]
    [InlineData("6:00", "0:00", "0:10", "2:00", "空くまで6分+出動10秒+走行2分")]
    public void The_median_is_explained_in_one_breath(
        string freeIn,
        string call,
        string turnout,
        string travel,
        string said
    )
    {
        UnitCandidate candidate = Candidate(Time(freeIn)) with
        {
            CallProcessing = Time(call),
            Turnout = Time(turnout),
            Travel = Time(travel),
        };
        Assert.Equal(said, ArrivalSentences.Parts(candidate)!.Ja);
        Assert.Null(ArrivalSentences.Parts(candidate with { Travel = null }));
    }

    [Fact]
    public void One_that_is_not_free_yet_says_so_first()
    {
        UnitCandidate soon = Candidate(TimeSpan.FromMinutes(6)) with
        {
            EtaP50 = TimeSpan.FromMinutes(8),
            EtaP90 = TimeSpan.FromMinutes(13),
        };
        Sentence said = ArrivalSentences.Spoken(RecommendationLevel.FullModel, soon);
        Assert.Equal("空きしだい向かい、およそ8分、遅くとも13分ほどで着きます", said.Ja);
        Assert.Equal("Once it is free: in about 8 minutes, 13 at the latest, or so", said.En);
    }

    [Fact]
    public void A_model_is_named_with_its_version_and_who_made_it() =>
        Assert.Equal("drawn 3 (by hand)", ArrivalSentences.NameOf(StationModel.Third));

    private static UnitCandidate Candidate(TimeSpan? freeIn) =>
        new(new UnitId("A1"), 1, null, null, null, freeIn, null, null, []);

    private static TimeSpan? Time(string text)
    {
        if (text == "-")
        {
            return null;
        }

        string[] parts = text.TrimStart('-').Split(':');
        var time = TimeSpan.FromSeconds(
            (int.Parse(parts[0], CultureInfo.InvariantCulture) * 60)
                + int.Parse(parts[1], CultureInfo.InvariantCulture)
        );
        return text[0] == '-' ? -time : time;
    }
}
