using MinaKyukyu.Incidents.State;

namespace MinaKyukyu.Server.Pages.Words;

/// <summary>How an inquiry at a hospital stands, in words.</summary>
internal static class HospitalWords
{
    public static (string Ja, string En) Of(DestinationState state) =>
        state switch
        {
            DestinationState.Asked => ("照会中", "asked"),
            DestinationState.Refused => ("受入不可", "refused"),
            DestinationState.Accepted => ("受入可", "accepted"),
            DestinationState.Arrived => ("到着", "arrived"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
