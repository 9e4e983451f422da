using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Dispatch.Reasons;

namespace MinaKyukyu.Server.Advice;

/// <summary>Which model of the time to scene answers now. Asked once for each decision; safe for any number of threads.</summary>
internal interface IModelInForce
{
    /// <summary>Null: none, and times are the road's.</summary>
    ITimeToSceneModel? Current { get; }

    /// <summary>Why there is none: none was there (<see cref="ReasonCode.NoModel"/>), or one was refused (<see cref="ReasonCode.ModelRefused"/>). Read only where there is none.</summary>
    ReasonCode WhyNone { get; }

    /// <summary>False: too many or too few of the last arrivals fell outside, and the interval is not told.</summary>
    bool HoldsInterval { get; }
}
