using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.Benchmarks.Trials;

/// <summary>A road file is opened: roads, order and shortcuts read and checked; with its first answer, one metric as well.</summary>
internal sealed class OpenTrial(Situation situation, string file, bool isAsked)
    : Trial(isAsked ? "file opened and asked once" : "file opened")
{
    private RoadMap _roads = situation.Roads;

    public override void Run()
    {
        _roads = RoadNetworkLoader.Load(file);
        if (isAsked)
        {
            Ask(_roads);
        }
    }

    public override Func<Agreement> Keep()
    {
        RoadMap roads = _roads;
        return () => situation.Compare(Units, situation.Asked[^1], Ask(roads));
    }

    private RoadPosition[] Units => situation.Asked[..100];

    private int[] Ask(RoadMap roads)
    {
        var answers = new int[Units.Length];
        roads.TravelTimes.ManyToOne(Units, situation.Asked[^1], Situation.Profile, answers);
        return answers;
    }
}
