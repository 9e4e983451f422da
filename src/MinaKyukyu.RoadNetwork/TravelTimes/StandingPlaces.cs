using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Metrics;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>Which way is asked for.</summary>
public enum DriveDirection
{
    /// <summary>From each of the standing places to the place that is asked about (units to an incident).</summary>
    FromThem = 0,

    /// <summary>From the place that is asked about to each of the standing places (a scene to hospitals).</summary>
    ToThem = 1,
}

/// <summary>
/// Many places that mostly stand still, and the time between all of them and any one place in microseconds. What a place needs
/// is reckoned when it is put down or moved; a question then costs one climb and takes nothing from the heap. Exact: equal to
/// <see cref="ITravelTimes"/> of the same map. Any number of threads may use it; they take turns.
/// </summary>
/// <remarks>
/// Bound to one metric. <see cref="Follow"/> moves all of it to another map, and a question about a map that it does not follow
/// is refused, so no answer ever mixes two metrics.
/// </remarks>
public sealed class StandingPlaces
{
    private readonly Lock _turn = new();
    private readonly DriveDirection _direction;
    private readonly DrivingProfile _profile;
    private readonly RoadPosition[] _positions;
    private readonly int[] _edges;
    private readonly PlaceLabel[] _labels;
    private readonly int[] _best;
    private readonly Buckets _buckets;
    private readonly Climb _climb;
    private readonly ChangedRanks _changed;
    private Metric _metric;

    /// <param name="places">Most places at a time; they are numbered from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not between 1 and 100,000 places.</exception>
    public StandingPlaces(
        RoadMap roads,
        DrivingProfile profile,
        DriveDirection direction,
        int places
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(places, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(places, 100_000);
        _direction = direction;
        _profile = profile;
        _metric = roads.Metric(profile);
        _positions = new RoadPosition[places];
        _edges = new int[places];
        Array.Fill(_edges, -1);
        _labels = new PlaceLabel[places];
        _buckets = new Buckets(_metric.Graph.NodeCount, places);
        _best = new int[_buckets.Width];
        _climb = new Climb(_metric.Roads);
        _changed = new ChangedRanks(_metric.Roads);
    }

    public int Count => _positions.Length;

    /// <summary>Puts a place down, or moves it; nothing happens where it stands there already.</summary>
    /// <exception cref="ArgumentException">The position is not of this map.</exception>
    public void Put(int place, RoadPosition position)
    {
        lock (_turn)
        {
            _metric.Graph.Check(position);
            if (!_positions[place].IsSamePlaceAs(position))
            {
                _positions[place] = position;
                _edges[place] = position.Edge;
                Label(place);
            }
        }
    }

    /// <summary>Takes a place away; its time is <see cref="TravelTime.Unreachable"/> from then on.</summary>
    public void Remove(int place)
    {
        lock (_turn)
        {
            foreach (int rank in _labels[place].Ranks)
            {
                _buckets.Remove(rank, place);
            }

            _labels[place].Replace([], []);
            _positions[place] = default;
            _edges[place] = -1;
        }
    }

    /// <summary>Moves all places to the metric of that map, which must have the same roads; nothing happens where it is the same.</summary>
    /// <exception cref="ArgumentException">The map has other roads.</exception>
    public void Follow(RoadMap roads)
    {
        lock (_turn)
        {
            Metric metric = roads.Metric(_profile);
            if (ReferenceEquals(metric, _metric))
            {
                return;
            }

            if (!ReferenceEquals(metric.Graph, _metric.Graph))
            {
                throw new ArgumentException("The map has other roads.", nameof(roads));
            }

            Metric before = _metric;
            _metric = metric;
            _changed.Begin(before.ClimbTimes(IsFromThem), metric.ClimbTimes(IsFromThem));
            for (int place = 0; place < _positions.Length; place++)
            {
                // A closure is seen by the few places whose fastest climb leads over it; all others keep their labels.
                if (
                    _positions[place] != default
                    && (
                        before.EndsOf(_positions[place], IsFromThem)
                            != metric.EndsOf(_positions[place], IsFromThem)
                        || _changed.AreFeltBy(_labels[place])
                    )
                )
                {
                    Label(place);
                }
            }

            _changed.End();
        }
    }

    /// <summary>
    /// The time between every place and the one asked about, by the number of the place;
    /// <see cref="TravelTime.Unreachable"/> where there is no way or no place was put down.
    /// </summary>
    /// <exception cref="ArgumentException">The position is not of this map, or there is not one answer for each place.</exception>
    /// <exception cref="InvalidOperationException">The places follow another metric than that of the map.</exception>
    public void Times(RoadMap roads, RoadPosition asked, Span<int> milliseconds)
    {
        lock (_turn)
        {
            if (!ReferenceEquals(roads.Metric(_profile), _metric))
            {
                throw new InvalidOperationException(
                    "The labels are of another metric than the question; follow the map first."
                );
            }

            if (milliseconds.Length != _positions.Length)
            {
                throw new ArgumentException(
                    "There must be one answer for each place.",
                    nameof(milliseconds)
                );
            }

            _metric.Graph.Check(asked);
            LowerAll(asked);
            AlongTheSameStreet(asked);
            for (int place = 0; place < milliseconds.Length; place++)
            {
                int time = _best[place];
                milliseconds[place] = time < EdgeWeights.Infinity ? time : TravelTime.Unreachable;
            }
        }
    }

    private void LowerAll(RoadPosition asked)
    {
        (EdgeEnd one, EdgeEnd other) = _metric.EndsOf(asked, !IsFromThem);
        _climb.From(one, other, _metric.ClimbTimes(!IsFromThem));
        Array.Fill(_best, EdgeWeights.Infinity);
        ReadOnlySpan<int> ranks = _climb.Ranks;
        ReadOnlySpan<int> times = _climb.Times;
        for (int i = 0; i < ranks.Length; i++)
        {
            _buckets.Lower(ranks[i], _best, times[i]);
        }
    }

    /// <summary>Two places on one street may be joined without any node between them.</summary>
    private void AlongTheSameStreet(RoadPosition asked)
    {
        if (asked.IsNode)
        {
            AtTheSameJunction(asked);
            return;
        }

        int from = 0;
        for (
            int found = _edges.AsSpan().IndexOf(asked.Edge);
            found >= 0;
            found = _edges.AsSpan(from).IndexOf(asked.Edge)
        )
        {
            int place = from + found;
            int direct = IsFromThem
                ? _metric.Ends.Direct(_positions[place], asked)
                : _metric.Ends.Direct(asked, _positions[place]);
            if (TravelTime.IsReachable(direct))
            {
                _best[place] = Math.Min(_best[place], direct);
            }

            from = place + 1;
        }
    }

    /// <summary>Where turns are restricted, a junction is left and reached by different nodes, with a connector between them.</summary>
    private void AtTheSameJunction(RoadPosition asked)
    {
        if (_metric.Graph.ArrivalAt(asked.Node) == asked.Node)
        {
            return;
        }

        for (int place = 0; place < _positions.Length; place++)
        {
            if (_positions[place].IsSamePlaceAs(asked))
            {
                _best[place] = 0;
            }
        }
    }

    private void Label(int place)
    {
        (EdgeEnd one, EdgeEnd other) = _metric.EndsOf(_positions[place], IsFromThem);
        _climb.From(one, other, _metric.ClimbTimes(IsFromThem));
        ReadOnlySpan<int> ranks = _climb.Ranks;
        ReadOnlySpan<int> times = _climb.Times;
        ReadOnlySpan<int> olds = _labels[place].Ranks;
        ReadOnlySpan<int> oldTimes = _labels[place].Times;
        int next = 0;
        // Both ascend, so that one pass tells what is gone, what is new and what has another time.
        for (int i = 0; i < olds.Length; i++)
        {
            int old = olds[i];
            for (; next < ranks.Length && ranks[next] < old; next++)
            {
                _buckets.Add(ranks[next], place, times[next]);
            }

            if (next == ranks.Length || ranks[next] != old)
            {
                _buckets.Remove(old, place);
                continue;
            }

            if (times[next] != oldTimes[i])
            {
                _buckets.Change(old, place, times[next]);
            }

            next++;
        }

        for (; next < ranks.Length; next++)
        {
            _buckets.Add(ranks[next], place, times[next]);
        }

        _labels[place].Replace(ranks, times);
    }

    private bool IsFromThem => _direction == DriveDirection.FromThem;
}
