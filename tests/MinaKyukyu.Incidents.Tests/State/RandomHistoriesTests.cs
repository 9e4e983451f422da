using System.Text.Json;
using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Incidents.Tests.State;

public class RandomHistoriesTests
{
    private static readonly string[] s_units = ["Kita-1", "Kita-2", "Minami-1"];

    [Fact]
    public void No_unit_ever_obeys_two_orders_and_the_replay_gives_the_same_state()
    {
        int resumed = 0;
        int refused = 0;
        for (int seed = 1; seed <= 600; seed++)
        {
            var history = new History(seed);
            try
            {
                history.Live(commands: 40);
                AssertReplays(history.Shift);
            }
            catch (Exception broken)
            {
                throw new InvalidOperationException(
                    $"Seed {seed}, command {history.Step}: {broken.Message}",
                    broken
                );
            }

            resumed += history.Resumed;
            refused += history.Refused;
        }

        // A history in which nothing difficult happens proves nothing.
        Assert.True(resumed > 100, $"Only {resumed} runs were resumed.");
        Assert.True(refused > 1_000, $"Only {refused} commands were refused.");
    }

    [Fact]
    public void The_check_catches_a_unit_that_was_given_two_orders()
    {
        var shift = new TestShift();
        shift.SignOn("Kita-1");
        var model = new ObedienceModel();
        IncidentId first = shift.Call();
        IncidentId second = shift.Call();
        var one = (IncidentDecision<Order>.Accepted)shift.TryAssign(first, "Kita-1");
        var two = (IncidentDecision<Order>.Accepted)shift.TryAssign(second, "Kita-1");
        model.Assigned(first, one.Value.Unit, one.Value.Id);

        // The planted bug: two decisions from one snapshot, and a journal that does not mind.
        shift.Commit(one.Part);
        model.Check(shift.State, shift.Claims);
        shift.Commit(two.Part, ignoresClaims: true);

        var broken = Assert.Throws<ObedienceBrokenException>(() =>
            model.Check(shift.State, shift.Claims)
        );
        Assert.Equal("Kita-1 obeys 2 orders.", broken.Message);
    }

    [Fact]
    public void The_comparison_of_a_replay_catches_a_fact_that_was_lost()
    {
        var history = new History(7);
        history.Live(commands: 40);
        JournaledFact[] facts = [.. history.Shift.Facts];

        Assert.NotEqual(
            Describe(history.Shift.State),
            Describe(TestShift.Replayed(facts.AsSpan(0, facts.Length - 1)))
        );
    }

    private static void AssertReplays(TestShift shift)
    {
        JournaledFact[] facts = [.. shift.Facts];
        Assert.Equal(Describe(shift.State), Describe(TestShift.Replayed(facts)));

        // The same through the projection, cut into two batches as a snapshot and its tail would be.
        var projection = new IncidentsProjection();
        projection.Apply(facts.AsSpan(0, facts.Length / 2));
        projection.Apply(facts.AsSpan(facts.Length / 2));
        Assert.Equal(Describe(shift.State), Describe(projection.Current));
    }

    private static string Describe(IncidentsState state) =>
        JsonSerializer.Serialize(
            new
            {
                Incidents = state.Incidents.Values.OrderBy(i => i.Id.Value, StringComparer.Ordinal),
                Open = state.OpenIncidents.Select(i => i.Id),
                Last = state
                    .LastOrderOfUnit.OrderBy(l => l.Key.Value, StringComparer.Ordinal)
                    .Select(l => $"{l.Key} {l.Value}"),
                Orders = state
                    .IncidentOfOrder.OrderBy(o => o.Key.Value, StringComparer.Ordinal)
                    .Select(o => $"{o.Key} {o.Value}"),
                state.LastOrderToken,
                state.Revision,
            }
        );

    /// <summary>One shift of random commands, right and wrong ones, held against the model after each.</summary>
    private sealed class History(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly ObedienceModel _model = new();
        private readonly List<IncidentId> _incidents = [];
        private readonly List<AssignmentId> _orders = [];
        private long _lastToken;

        public TestShift Shift { get; } = new();

        public int Step { get; private set; }

        public int Resumed { get; private set; }

        public int Refused { get; private set; }

        public void Live(int commands)
        {
            Shift.SignOn(s_units);
            for (Step = 1; Step <= commands; Step++)
            {
                Shift.Pass(TimeSpan.FromSeconds(_random.Next(1, 90)));
                Command();
                _model.Check(Shift.State, Shift.Claims);
            }
        }

        private void Command()
        {
            int dice = _random.Next(100);
            if (_incidents.Count == 0 || dice < 10)
            {
                _incidents.Add(Shift.Call());
            }
            else if (_orders.Count == 0 || dice < 32)
            {
                Assign(Any(_incidents), Any(s_units));
            }
            else if (dice < 40)
            {
                Reassign(Any(_orders), Any(s_units));
            }
            else if (dice < 46)
            {
                CancelOrder(Any(_orders));
            }
            else if (dice < 49)
            {
                CancelIncident(Any(_incidents));
            }
            else if (dice < 84)
            {
                Tell(Any(_orders));
            }
            else
            {
                TakeBack(Any(_orders));
            }
        }

        private T Any<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

        private void Assign(IncidentId incident, string unit)
        {
            bool wanted = _model.IsFree(new UnitId(unit)) && !Shift.Get(incident).IsClosed;
            IncidentDecision<Order> decision = Shift.TryAssign(incident, unit);
            if (!IsAtWork(unit, decision) && Took(decision, wanted) is { } order)
            {
                Ordered(order);
            }
        }

        private void Reassign(AssignmentId replaced, string unit)
        {
            bool wanted = _model.IsObeyed(replaced) && _model.IsFree(new UnitId(unit));
            IncidentDecision<Order> decision = Shift.TryReassign(replaced, unit);
            if (!IsAtWork(unit, decision) && Took(decision, wanted) is { } order)
            {
                _model.TakenAway(replaced);
                Ordered(order);
                Assert.NotEmpty(Shift.Get(order.Incident).ActiveOrders);
            }
        }

        /// <summary>Refused because a run of the unit has lost its end while the unit was elsewhere; which of the two it is at, only the state says.</summary>
        private bool IsAtWork(string unit, IncidentDecision<Order> decision)
        {
            bool isAtWork =
                decision is IncidentDecision<Order>.Refused && _model.MayBeAtWork(new UnitId(unit));
            Refused += isAtWork ? 1 : 0;
            return isAtWork;
        }

        private void Ordered(Order order)
        {
            _model.Assigned(order.Incident, order.Unit, order.Id);
            _orders.Add(order.Id);
            Assert.True(order.Token > _lastToken, "A token did not grow.");
            _lastToken = order.Token;
        }

        private void CancelOrder(AssignmentId order)
        {
            IncidentDecision<Order> decision = Ordering.Cancel(
                Shift.State,
                order,
                TestShift.Mistake,
                Shift.Now
            );
            if (Took(decision, _model.IsObeyed(order)) is not null)
            {
                _model.TakenAway(order);
            }
        }

        private void CancelIncident(IncidentId incident)
        {
            IncidentDecision<IncidentId> decision = Opening.Cancel(
                Shift.State,
                incident,
                TestShift.Mistake,
                Shift.Now
            );
            if (decision is IncidentDecision<IncidentId>.Accepted)
            {
                Shift.Accept(decision);
                _model.IncidentCancelled(incident);
            }
            else
            {
                Refused++;
            }
        }

        private void Tell(AssignmentId order)
        {
            // The run's end as often as all the rest, because that is where a unit changes hands.
            var kind =
                _random.Next(2) == 0
                    ? (MilestoneKind)_random.Next(1, 10)
                    : (MilestoneKind)_random.Next(10, 12);
            long? token = _random.Next(10) == 0 ? Shift.Get(order).Token - 1 : null;
            string at = Shift
                .Now.AddSeconds(_random.Next(-400, 200))
                .ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
            IncidentDecision<Testified> decision = Shift.TryTell(order, kind, at, token: token);
            if (decision is not IncidentDecision<Testified>.Accepted)
            {
                Refused++;
                return;
            }

            Assert.Null(token);
            if (!Shift.Accept(decision).AlreadyTold)
            {
                _model.Told(order, kind);
            }
        }

        private void TakeBack(AssignmentId order)
        {
            Milestone[] told =
            [
                .. Shift
                    .IncidentOf(order)
                    .Milestones.Where(m => m.Order == order && m.Kind > MilestoneKind.Dispatched),
            ];
            if (told.Length == 0)
            {
                return;
            }

            Milestone milestone = Any(told);
            bool wasObeyed = _model.IsObeyed(order);
            Shift.Accept(Shift.TryTakeBack(Shift.Get(order).Incident, milestone.Id));
            if (!milestone.IsWithdrawn)
            {
                _model.TakenBack(order, milestone.Kind);
            }

            Resumed += !wasObeyed && _model.IsObeyed(order) ? 1 : 0;
        }

        private T? Took<T>(IncidentDecision<T> decision, bool wanted)
            where T : class
        {
            if (decision is IncidentDecision<T>.Refused refused)
            {
                Assert.False(wanted, $"Refused with {refused.Reason} what the model allows.");
                Refused++;
                return null;
            }

            Assert.True(wanted, "Accepted what the model refuses.");
            return Shift.Accept(decision);
        }
    }
}
