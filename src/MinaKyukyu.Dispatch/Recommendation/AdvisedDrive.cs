using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Dispatch.Recommendation;

/// <summary>
/// One candidate as it was known at the moment of the decision, for whoever learns from what then happened: nothing in it became
/// known later. It names a unit so that its run can be found, never a person or an address.
/// </summary>
/// <param name="FreeIn">Expected time until the unit was free; null when it was free.</param>
/// <param name="Predicted">What a model said, without <paramref name="FreeIn"/>; null where none was asked.</param>
public sealed record AdvisedDrive(
    UnitId Unit,
    SceneConditions Scene,
    CandidateDrive Drive,
    TimeSpan? FreeIn,
    TimeToScene? Predicted
)
{
    /// <summary>The moment of the decision.</summary>
    public DateTimeOffset DecidedAt => Scene.Now;
}
