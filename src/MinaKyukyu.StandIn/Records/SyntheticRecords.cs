using System.Text.Json.Nodes;
using static MinaKyukyu.StandIn.Records.FhirResources;

namespace MinaKyukyu.StandIn.Records;

/// <summary>Invents what is on file about a synthetic patient: drawn from a seed, never copied from anybody.</summary>
/// <remarks>
/// The last digit of the patient's number chooses the kind: 1 dialysis within three months, 2 pregnancy, 3 an anticoagulant,
/// 4 nothing on file, all others an ordinary mix. Dates are relative to today, so that the windows always hold something.
/// </remarks>
public sealed class SyntheticRecords(int seed, TimeProvider time)
{
    private static readonly TimeSpan JapanStandardTime = TimeSpan.FromHours(9);

    private static readonly Institution Hospital = new("9910000001", "模擬第一病院(架空)");
    private static readonly Institution Clinic = new("9910000002", "模擬内科クリニック(架空)");
    private static readonly Institution DialysisClinic = new(
        "9910000003",
        "模擬透析クリニック(架空)"
    );
    private static readonly Institution MaternityClinic = new("9910000004", "模擬産婦人科(架空)");
    private static readonly Institution Pharmacy = new("9940000001", "模擬薬局(架空)");

    private static readonly Drug Warfarin = new(
        "3332001F1024",
        "ワルファリンカリウム錠1mg",
        "1日1回 夕食後"
    );
    private static readonly Drug Apixaban = new(
        "3339004F1020",
        "アピキサバン錠2.5mg",
        "1日2回 朝夕食後"
    );

    private static readonly Drug[] Ordinary =
    [
        new("2171022F1029", "アムロジピン錠2.5mg", "1日1回 朝食後"),
        new("2189015F1023", "アトルバスタチン錠5mg", "1日1回 夕食後"),
        new("3961008F1020", "メトホルミン錠250mg", "1日2回 朝夕食後"),
        new("2325003F1020", "ファモチジン錠10mg", "1日2回 朝夕食後"),
        new("1141007F1020", "アセトアミノフェン錠200mg", "疼痛時"),
    ];

    /// <summary>All resources of one type that are on file; empty when there is nothing, or no such type.</summary>
    /// <param name="patient">Number of the synthetic patient, counted from 1.</param>
    public IReadOnlyList<JsonObject> List(int patient, string resource) =>
        [.. Write(patient).Where(r => (string?)r["resourceType"] == resource)];

    private DateOnly Today =>
        DateOnly.FromDateTime(time.GetUtcNow().ToOffset(JapanStandardTime).DateTime);

    private List<JsonObject> Write(int patient)
    {
        FhirResources write = new(patient);
        // One source for each patient, so that a patient stays the same whoever else was asked about before.
        Random chance = new(HashCode(patient));
        return
        [
            Person(write, patient),
            .. (patient % 10) switch
            {
                1 => OnDialysis(write),
                2 => Pregnant(write),
                3 => Anticoagulated(write),
                4 => [],
                _ => OrdinaryMix(write, chance),
            },
        ];
    }

    /// <summary>Even numbers are women. The pregnant are in their twenties and thirties, all others between 66 and 90.</summary>
    private JsonObject Person(FhirResources write, int patient)
    {
        int age = patient % 10 == 2 ? 22 + (patient / 10 % 17) : 66 + (patient * 7 % 25);
        return write.Patient(isFemale: patient % 2 == 0, Today.AddYears(-age).AddDays(-100));
    }

    private int HashCode(int patient) => unchecked((seed * 397) ^ patient);

    private IEnumerable<JsonObject> OnDialysis(FhirResources write)
    {
        for (int days = 2; days <= 30; days += 2)
        {
            yield return write.Procedure(
                "J038",
                "人工腎臓(慢性維持透析)",
                Today.AddDays(-days),
                DialysisClinic,
                surgical: false
            );
        }

        yield return write.Procedure(
            "K6121",
            "末梢動静脈瘻造設術(内シャント造設術)",
            Today.AddMonths(-30),
            Hospital,
            surgical: true
        );
        yield return write.Condition(
            "N185",
            "慢性腎臓病ステージ5",
            Today.AddMonths(-30),
            DialysisClinic
        );
        yield return write.Claimed(
            Ordinary[0],
            Today.AddDays(-40),
            Today.AddDays(-40),
            DialysisClinic,
            Pharmacy
        );
        yield return write.Visit("AMB", "外来", Today.AddDays(-2), DialysisClinic);
    }

    private IEnumerable<JsonObject> Pregnant(FhirResources write)
    {
        yield return write.Condition("Z34", "妊娠経過の観察", Today.AddDays(-150), MaternityClinic);
        yield return write.PregnancyStatus(isPregnant: true, Today.AddDays(-14));
        yield return write.Allergy(
            "simulated-penicillin",
            "ペニシリン系抗菌薬",
            Today.AddMonths(-20),
            isHigh: true
        );
        yield return write.Visit("AMB", "外来", Today.AddDays(-14), MaternityClinic);
    }

    private IEnumerable<JsonObject> Anticoagulated(FhirResources write)
    {
        yield return write.Claimed(
            Warfarin,
            Today.AddDays(-50),
            Today.AddDays(-50),
            Clinic,
            Pharmacy
        );
        foreach (
            JsonObject thrice in OnePrescriptionThreeTimes(write, Apixaban, Today.AddDays(-20))
        )
        {
            yield return thrice;
        }

        yield return write.Condition("I48", "心房細動", Today.AddMonths(-14), Clinic);
        yield return write.Condition(
            "C349",
            "模擬の未告知病名",
            Today.AddMonths(-2),
            Hospital,
            "UNINFORMED"
        );
        yield return write.Condition(
            "F000",
            "模擬の未提供病名",
            Today.AddMonths(-3),
            Hospital,
            "UNDELIVERED",
            "UNINFORMED"
        );
        yield return write.Visit("AMB", "外来", Today.AddDays(-20), Clinic);
    }

    private IEnumerable<JsonObject> OrdinaryMix(FhirResources write, Random chance)
    {
        int first = chance.Next(Ordinary.Length);
        foreach (
            JsonObject thrice in OnePrescriptionThreeTimes(
                write,
                Ordinary[first],
                Today.AddDays(-chance.Next(5, 40))
            )
        )
        {
            yield return thrice;
        }

        Drug second = Ordinary[(first + 1) % Ordinary.Length];
        yield return write.Prescribed(second, Today.AddDays(-chance.Next(1, 5)), Clinic);
        if (chance.Next(2) == 0)
        {
            yield return write.Procedure(
                "K6335",
                "鼠径ヘルニア手術",
                Today.AddMonths(-chance.Next(6, 55)),
                Hospital,
                surgical: true
            );
        }

        yield return write.Procedure(
            "D208",
            "心電図検査",
            Today.AddDays(-chance.Next(3, 80)),
            Clinic,
            surgical: false
        );
        yield return write.Condition(
            "I10",
            "本態性高血圧",
            Today.AddMonths(-chance.Next(2, 50)),
            Clinic,
            "LTS"
        );
        if (chance.Next(3) == 0)
        {
            yield return write.Allergy(
                "simulated-iodine",
                "ヨード造影剤",
                Today.AddMonths(-chance.Next(1, 40)),
                isHigh: true
            );
        }

        yield return write.Visit("AMB", "外来", Today.AddDays(-chance.Next(3, 80)), Clinic);
    }

    /// <summary>The same prescription as it arrives from three sides: ordered, handed over, claimed.</summary>
    private static IEnumerable<JsonObject> OnePrescriptionThreeTimes(
        FhirResources write,
        Drug drug,
        DateOnly on
    ) =>
        [
            write.Prescribed(drug, on, Clinic),
            write.Dispensed(drug, on, on, Clinic, Pharmacy),
            write.Claimed(drug, on, on, Clinic, Pharmacy),
        ];
}
