using MinaKyukyu.Incidents.State;
using MinaKyukyu.Incidents.Watch;
using MinaKyukyu.Server.Commands;

namespace MinaKyukyu.Server.Sentences;

/// <summary>Alarms of incidents and orders, worded: Japanese first, English beside it.</summary>
internal static class Reasons
{
    public static WordedReason Of(IncidentAlarmKind kind)
    {
        (string ja, string en) = Words(kind);
        return Of(Refusal.CodeOf(kind.ToString()), ja, en);
    }

    public static WordedReason Of(OrderAlarm alarm)
    {
        (string ja, string en) = Words(alarm);
        return Of(Refusal.CodeOf(alarm.ToString()), ja, en);
    }

    public static WordedReason Of(string code, string ja, string en) =>
        new(code, new Sentence(ja, en));

    public static (string Ja, string En) Words(IncidentAlarmKind kind) =>
        kind switch
        {
            IncidentAlarmKind.WithdrawnMilestoneWasUsed => (
                "取り消された時刻が、すでに推奨に使われています",
                "A milestone was taken back after advice had used it"
            ),
            IncidentAlarmKind.CardNotReturned => (
                "カードが返却されていません",
                "The card was not given back"
            ),
            IncidentAlarmKind.ClearedUnitIsElsewhere => (
                "引揚が取り消されましたが、隊は別の事案に出動中です",
                "The clearing was taken back, but the unit is on another incident"
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public static (string Ja, string En) Words(OrderAlarm alarm) =>
        alarm switch
        {
            OrderAlarm.NotDelivered => (
                "指令が端末に届いていません",
                "The order has not reached the tablet"
            ),
            OrderAlarm.NotAcknowledged => (
                "隊が指令を確認していません",
                "The crew has not acknowledged"
            ),
            OrderAlarm.NotRolling => ("出動していません", "The unit is not rolling"),
            OrderAlarm.FarFromPlace => (
                "現場から離れた場所に到着しています",
                "Reported on scene far from the place"
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
