using MinaKyukyu.Dispatch.Ports;

namespace MinaKyukyu.Dispatch.Recommendation;

/// <summary>A contender that can still win, as a model is shown it.</summary>
internal sealed class Prospect(CandidateDrive drive)
{
    public CandidateDrive Drive { get; } = drive;

    /// <summary>Null where no model was asked or none gave a usable answer.</summary>
    public TimeToScene? Estimate { get; set; }
}
