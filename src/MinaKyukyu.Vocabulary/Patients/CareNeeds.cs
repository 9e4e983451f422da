namespace MinaKyukyu.Vocabulary.Patients;

/// <summary>What care follows from what is known; all that Dispatch ever learns of a record.</summary>
[Flags]
public enum CareNeeds
{
    None = 0,

    /// <summary>Dialysis (透析) must be possible.</summary>
    Dialysis = 1,

    /// <summary>Obstetrics (産科) must be possible.</summary>
    Obstetrics = 2,

    /// <summary>Neurosurgery (脳神経外科) must be possible.</summary>
    Neurosurgery = 4,
}
