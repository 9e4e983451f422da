namespace MinaKyukyu.StandIn.Records;

/// <summary>Which synthetic patient stands behind a record handle.</summary>
public interface IRecordHandles
{
    /// <summary>The number of the synthetic patient, counted from 1; null when no card was issued under this handle.</summary>
    int? FindPatient(string recordHandle);
}
