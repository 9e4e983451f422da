using MinaKyukyu.Incidents.State;

namespace MinaKyukyu.Server.Sentences;

/// <summary>車両動態 in words.</summary>
internal static class UnitStates
{
    public static (string Ja, string En) Words(UnitState state) =>
        state switch
        {
            UnitState.OffDuty => ("勤務外", "off duty"),
            UnitState.AtStation => ("待機", "at station"),
            UnitState.Dispatched => ("指令", "dispatched"),
            UnitState.EnRoute => ("出動", "en route"),
            UnitState.OnScene => ("現着", "on scene"),
            UnitState.Transporting => ("搬送中", "transporting"),
            UnitState.AtHospital => ("病着", "at hospital"),
            UnitState.Returning => ("引揚", "returning"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
