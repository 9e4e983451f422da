using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Dispatch.Situations;

/// <summary>
/// The units as they stand on the roads, so that a drive from all of them costs one climb and only a unit that moved is reckoned
/// with anew. Changes speed, never an answer: whoever asks says where each unit is and on which map. Safe for any number of
/// threads, which take turns; two that ask about different maps cost each other a relabelling.
/// </summary>
internal sealed class StandingUnits(int most)
{
    private readonly Lock _turn = new();
    private readonly Dictionary<UnitId, int> _numbers = [];
    private readonly int[] _times = new int[most];
    private StandingPlaces? _places;

    /// <summary>The drives with lights and siren from each unit to the target, in the order of the units.</summary>
    /// <returns>False where there are more units than places; then nothing was reckoned.</returns>
    public bool TryTimes(
        RoadMap roads,
        IReadOnlyList<UnitId> units,
        ReadOnlySpan<RoadPosition> from,
        RoadPosition target,
        Span<int> milliseconds
    )
    {
        lock (_turn)
        {
            StandingPlaces places = Follow(roads);
            for (int i = 0; i < units.Count; i++)
            {
                if (NumberOf(units[i]) is not { } number)
                {
                    return false;
                }

                places.Put(number, from[i]);
            }

            places.Times(roads, target, _times);
            for (int i = 0; i < units.Count; i++)
            {
                milliseconds[i] = _times[_numbers[units[i]]];
            }

            return true;
        }
    }

    private StandingPlaces Follow(RoadMap roads)
    {
        _places ??= new StandingPlaces(
            roads,
            DrivingProfile.Emergency,
            DriveDirection.FromThem,
            most
        );
        _places.Follow(roads);
        return _places;
    }

    private int? NumberOf(UnitId unit)
    {
        if (!_numbers.TryGetValue(unit, out int number))
        {
            if (_numbers.Count == most)
            {
                return null;
            }

            number = _numbers.Count;
            _numbers.Add(unit, number);
        }

        return number;
    }
}
