using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Cli.Demo;

/// <summary>An incident of the demo: where, how it is known, and what the crew will find.</summary>
/// <param name="Script">What the simulated crew lives through, with the synthetic patient's number.</param>
/// <param name="AgeBand">What the caller said; empty: nothing.</param>
/// <param name="Overrides">The dispatcher takes the second of the advice and says why.</param>
internal sealed record DemoIncident(
    string Script,
    string Address,
    GeoPoint Point,
    PlacePrecision Precision,
    string Type,
    int Urgency,
    bool HeadInjury = false,
    bool Overrides = false,
    string AgeBand = ""
);

/// <summary>One incident step by step, then ten with the mix of a real day. Streets are real; everything else is invented.</summary>
internal static class DemoPlan
{
    /// <summary>The everyday way, and a card that changes the hospital: patient 1 of the stand-in has dialysis on file.</summary>
    public static DemoIncident Main { get; } =
        new(
            "view-b:1",
            "一番町三丁目",
            new GeoPoint(35.7262, 139.3752),
            PlacePrecision.Building,
            "sudden-illness",
            2,
            AgeBand: "elderly"
        );

    /// <summary>Three of eleven view a record, one of them without consent; the others show why most runs do not.</summary>
    public static IReadOnlyList<DemoIncident> Others { get; } =
    [
        new(
            "view-c:3",
            "錦町二丁目",
            new GeoPoint(35.6955, 139.4180),
            PlacePrecision.Building,
            "traffic",
            1,
            HeadInjury: true,
            // The caller took the man of 87 for younger: the crew is asked before anything is shown.
            AgeBand: "adult"
        ),
        new(
            "no-card:5",
            "曙町二丁目",
            new GeoPoint(35.7005, 139.4157),
            PlacePrecision.Lot,
            "injury",
            3,
            Overrides: true
        ),
        new(
            "not-registered:6",
            "柴崎町三丁目",
            new GeoPoint(35.6925, 139.4105),
            PlacePrecision.Building,
            "sudden-illness",
            3
        ),
        new(
            "refused:7",
            "富士見町一丁目",
            new GeoPoint(35.7020, 139.4010),
            PlacePrecision.Building,
            "sudden-illness",
            3
        ),
        new(
            "expired:8",
            "栄町四丁目",
            new GeoPoint(35.7165, 139.4230),
            PlacePrecision.TownCentre,
            "sudden-illness",
            2
        ),
        new(
            "no-radio:9",
            "砂川町二丁目",
            new GeoPoint(35.7240, 139.4100),
            PlacePrecision.PhoneFix,
            "sudden-illness",
            2
        ),
        new(
            "no-transport:10",
            "幸町三丁目",
            new GeoPoint(35.7205, 139.4215),
            PlacePrecision.Building,
            "injury",
            4
        ),
        new(
            "transfer:11",
            "柏町三丁目",
            new GeoPoint(35.7242, 139.4141),
            PlacePrecision.Building,
            "transfer",
            3
        ),
        new(
            "first-hospital-refuses:12",
            "上砂町三丁目",
            new GeoPoint(35.7235, 139.3905),
            PlacePrecision.Building,
            "sudden-illness",
            2
        ),
        new(
            "cancelled-on-the-way:13",
            "西砂町二丁目",
            new GeoPoint(35.7225, 139.3725),
            PlacePrecision.Landmark,
            "sudden-illness",
            3
        ),
    ];
}
