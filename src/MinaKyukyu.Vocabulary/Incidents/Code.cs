namespace MinaKyukyu.Vocabulary.Incidents;

/// <summary>A category of the national statistics: a row of a dated table (<c>codes/fdma-2026.csv</c>), not an enum, because forms change.</summary>
/// <param name="Table">Such as <c>incident-type</c> (事故種別) or <c>no-transport-reason</c> (不搬送理由).</param>
/// <param name="Value">Such as <c>sudden-illness</c>.</param>
public readonly record struct Code(string Table, string Value)
{
    public override string ToString() => $"{Table}/{Value}";
}
