using System.Globalization;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Server.Pages.Words;

/// <summary>An incident's parts in the words of the pages.</summary>
internal static class IncidentWords
{
    public static (string Ja, string En) Of(UrgencyLevel level) =>
        level switch
        {
            UrgencyLevel.Critical => ("最優先", "critical"),
            UrgencyLevel.High => ("高", "high"),
            UrgencyLevel.Medium => ("中", "medium"),
            UrgencyLevel.Low => ("低", "low"),
            _ => ("緊急度不明", "unknown"),
        };

    public static (string Ja, string En) Of(MilestoneKind kind) =>
        kind switch
        {
            MilestoneKind.CallReceived => ("入電", "call received"),
            MilestoneKind.Dispatched => ("指令", "dispatched"),
            MilestoneKind.EnRoute => ("出動", "en route"),
            MilestoneKind.OnScene => ("現着", "on scene"),
            MilestoneKind.PatientContact => ("接触", "patient contact"),
            MilestoneKind.PatientLoaded => ("車内収容", "patient loaded"),
            MilestoneKind.SceneDeparture => ("現発", "scene departure"),
            MilestoneKind.HospitalArrival => ("病着", "hospital arrival"),
            MilestoneKind.Handover => ("医師引継ぎ", "handover"),
            MilestoneKind.Cleared => ("引揚", "cleared"),
            MilestoneKind.BackAtStation => ("帰署", "back at station"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public static (string Ja, string En) Of(CardReadiness readiness) =>
        readiness switch
        {
            CardReadiness.Ready => ("カード準備あり", "card ready"),
            CardReadiness.NotAtHand => ("カード手元になし", "card not at hand"),
            _ => ("カード未確認", "card not asked"),
        };

    /// <summary>How the card was proven; never what was seen.</summary>
    public static (string Ja, string En) OfLevel(string level) =>
        level switch
        {
            "A" => ("レベルA 証明書のみ", "level A, certificate read"),
            "B" => ("レベルB 顔写真(暗証番号なし)", "level B, face and verifier"),
            "C" => ("レベルC 暗証番号", "level C, PIN"),
            _ => ("レベル不明", "level unknown"),
        };

    /// <summary>Where, as far as it is known. A town's centre is never worded as an address.</summary>
    public static string Where(Place place)
    {
        string named =
            place.Address.Length > 0 ? place.Address
            : place.Landmark.Length > 0 ? place.Landmark
            : place.Point is { } p
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{p.Latitude:0.00000}, {p.Longitude:0.00000}"
                )
            : "場所不明";
        return place.Precision == PlacePrecision.TownCentre ? $"{named} 付近" : named;
    }

    /// <summary>How exactly it is known; stands wherever the place stands.</summary>
    public static (string Ja, string En) Precision(Place place)
    {
        (string ja, string en) = Places.Words(place.Precision);
        string meters = place.UncertaintyMeters.ToString("0", CultureInfo.InvariantCulture);
        return place.Precision switch
        {
            PlacePrecision.TownCentre => (
                $"町の代表点・住所ではありません ±{meters}m",
                $"town centre, not an address, ±{meters} m"
            ),
            _ when place.Point is null => ("位置なし", "no position"),
            PlacePrecision.Unknown => ($"精度不明 ±{meters}m", $"precision unknown, ±{meters} m"),
            _ => ($"{ja} ±{meters}m", $"{en}, ±{meters} m"),
        };
    }

    /// <summary>The last signs of the id: enough to tell the open ones apart when read aloud.</summary>
    public static string Short(IncidentId id)
    {
        string letters = id.Value.Replace("-", "", StringComparison.Ordinal);
        return "#" + letters[Math.Max(0, letters.Length - 4)..].ToUpperInvariant();
    }
}
