using System.Runtime.InteropServices;
using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Recommendation;

/// <summary>Who can still win, and by which roads each of them would come.</summary>
internal static class Prospects
{
    /// <summary>The fewest that a model is asked about.</summary>
    /// <value>16: a model corrects the road's time and does not replace it, so whoever stands behind sixteen others does not win.</value>
    private const int AtLeast = 16;

    /// <summary>How many of the ranked are looked at more closely: all that are listed, and with a model those that could come to be.</summary>
    public static int Count(int listed, int ranked, bool hasModel) =>
        Math.Min(hasModel ? Math.Max(AtLeast, listed) : listed, ranked);

    /// <summary>
    /// The nearest that can be ordered now is among the first, however many are soon free before it: the advice begins with one
    /// that can be ordered.
    /// </summary>
    public static void TakeIn(List<Contender> ranked, int count)
    {
        int nearestFree = ranked.FindIndex(c => c.IsFree);
        if (nearestFree >= count && count > 0)
        {
            Contender free = ranked[nearestFree];
            ranked.RemoveAt(nearestFree);
            ranked.Insert(count - 1, free);
        }
    }

    /// <summary>Describes the drives of the first so many, as they were reckoned.</summary>
    public static void Describe(Reckoning byRoad, Place place, int count)
    {
        ReadOnlySpan<Contender> first = CollectionsMarshal.AsSpan(byRoad.Reached)[..count];
        RoadMakeup?[] ways = WaysOf(first, byRoad.Roads!, byRoad.Target!.Value);
        for (int i = 0; i < first.Length; i++)
        {
            Contender contender = first[i];
            contender.Prospect = new Prospect(
                new CandidateDrive
                {
                    RouterMilliseconds = contender.RoadMilliseconds,
                    Station = contender.Unit.Station.Value,
                    VehicleKind = contender.Unit.VehicleKind,
                    IsAtStation = contender.Activity.State == Incidents.State.UnitState.AtStation,
                    PositionAge = contender.Whereabouts.Age,
                    StraightLineMeters = place.Point is { } point
                        ? contender.Whereabouts.Point.DistanceMetersTo(point)
                        : null,
                    Way = ways[i],
                }
            );
        }
    }

    /// <summary>By which classes of road each comes; null for one that was reckoned by straight line.</summary>
    private static RoadMakeup?[] WaysOf(
        ReadOnlySpan<Contender> contenders,
        RoadMap roads,
        RoadPosition target
    )
    {
        var sources = new RoadPosition[contenders.Length];
        var lengths = new WayLengths?[contenders.Length];
        int onRoads = 0;
        foreach (Contender contender in contenders)
        {
            if (contender.OnRoad is { } source)
            {
                sources[onRoads++] = source;
            }
        }

        roads.TravelTimes.MeasureWays(
            sources.AsSpan(0, onRoads),
            target,
            DrivingProfile.Emergency,
            lengths.AsSpan(0, onRoads)
        );
        var ways = new RoadMakeup?[contenders.Length];
        int next = 0;
        for (int i = 0; i < ways.Length; i++)
        {
            if (contenders[i].OnRoad is not null && lengths[next++] is { } way)
            {
                ways[i] = new RoadMakeup(way.Fast, way.Main, way.Local);
            }
        }

        return ways;
    }
}
