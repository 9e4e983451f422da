using MinaKyukyu.Journal.Commits;

namespace MinaKyukyu.FaultWorld.Checks;

/// <summary>Walks along the journal and looks at every moment of it: a unit holds one order at most, and tokens only grow.</summary>
internal sealed class UnitWatch(Action<string> fail)
{
    /// <summary>引揚: from here on the unit is free.</summary>
    private const long ClearedKind = 10;

    private readonly Dictionary<string, string> _orderOfUnit = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _incidentOfOrder = new(StringComparer.Ordinal);
    private long _token;

    /// <summary>The active order of each unit that has one.</summary>
    public IReadOnlyDictionary<string, string> OrderOfUnit => _orderOfUnit;

    public void See(Fact fact)
    {
        switch (fact.Kind)
        {
            case FactNames.Ordered:
                Order(fact);
                break;
            case FactNames.Milestone when FactNames.Number(fact, "kind") >= ClearedKind:
                _orderOfUnit.Remove(FactNames.Text(fact, "unit"));
                break;
            case FactNames.Cancelled:
                string incident = FactNames.Text(fact, "incident");
                foreach (
                    string unit in _orderOfUnit
                        .Where(o => _incidentOfOrder[o.Value] == incident)
                        .Select(o => o.Key)
                        .ToList()
                )
                {
                    _orderOfUnit.Remove(unit);
                }

                break;
        }
    }

    private void Order(Fact fact)
    {
        string unit = FactNames.Text(fact, "unit");
        string order = FactNames.Text(fact, "assignment");
        long token = FactNames.Number(fact, "token");
        if (!_orderOfUnit.TryAdd(unit, order))
        {
            fail($"{unit} had two active orders at one time: {_orderOfUnit[unit]} and {order}");
        }

        if (token <= _token)
        {
            fail($"order {order} has a token that is not higher than the one before");
        }

        _token = token;
        _incidentOfOrder[order] = FactNames.Text(fact, "incident");
    }
}
