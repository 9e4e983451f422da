using MinaKyukyu.Incidents.State;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Reasons;

/// <summary>A reason as a code and values; never a sentence, never free text.</summary>
/// <param name="Amount">Seconds, metres or a rank, as <see cref="ReasonCode"/> says.</param>
public readonly record struct Reason(ReasonCode Code, double? Amount = null)
{
    public UnitState? State { get; init; }

    public PlacePrecision? Precision { get; init; }

    public UnitId? Unit { get; init; }

    public CareNeeds Needs { get; init; }

    internal static Reason Of(ReasonCode code, TimeSpan amount) => new(code, amount.TotalSeconds);
}
