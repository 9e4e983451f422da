using MinaKyukyu.MedicalInfo.Ports;

namespace MinaKyukyu.MedicalInfo.Summaries;

/// <summary>Unit of a look-back.</summary>
public enum LookBackUnit
{
    Days = 1,
    Months = 2,
    Years = 3,
}

/// <summary>How far back a row's source looks; shown beside the row, because outside of it nothing is known.</summary>
public readonly record struct LookBack(int Amount, LookBackUnit Unit)
{
    /// <summary>First day inside.</summary>
    public DateOnly From(DateOnly today) =>
        Unit switch
        {
            LookBackUnit.Days => today.AddDays(-Amount),
            LookBackUnit.Months => today.AddMonths(-Amount),
            LookBackUnit.Years => today.AddYears(-Amount),
            _ => throw new InvalidOperationException("A look-back has a unit."),
        };

    /// <summary>
    /// The windows of the emergency summary (救急用サマリー): claims three months, surgery five years, e-prescriptions 45 days;
    /// allergies, diagnoses five years from registration.
    /// </summary>
    internal static LookBack Of(RowKind row, RecordOrigin origin) =>
        (row, origin) switch
        {
            (RowKind.Surgery, _) => new(5, LookBackUnit.Years),
            (RowKind.Medicine, RecordOrigin.Dispensed or RecordOrigin.Prescribed) => new(
                45,
                LookBackUnit.Days
            ),
            (_, RecordOrigin.Chart) => new(5, LookBackUnit.Years),
            _ => new(3, LookBackUnit.Months),
        };
}
