using MinaKyukyu.Authorization.Grants;

namespace MinaKyukyu.MedicalInfo.Ports;

/// <summary>A source of medical records: the national side, or its stand-in.</summary>
public interface IRecordSource
{
    /// <summary>The least level of card evidence that this source answers; a rule of the source, which no exemption overrides.</summary>
    CardLevel LeastLevel { get; }

    /// <summary>Asks once for one kind of record.</summary>
    /// <param name="cancellation">Carries the deadline of the fetch; when it fires the answer is Unavailable(NoAnswer).</param>
    /// <remarks>Never throws for what the outside does, and never repeats: exactly one layer repeats, and it is not this one.</remarks>
    Task<SourceAnswer> FetchAsync(RecordQuery query, CancellationToken cancellation);
}
