namespace MinaKyukyu.Vocabulary.Patients;

/// <summary>Which patient of an incident, counted from 1 in the order in which they were found.</summary>
public readonly record struct PatientSlot
{
    /// <summary>Highest slot; a mass-casualty incident is opened as several.</summary>
    public const int Highest = 99;

    public PatientSlot(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Highest);
        Number = number;
    }

    public int Number { get; }

    public static PatientSlot First { get; } = new(1);

    public override string ToString() =>
        Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
