using System.Collections.Concurrent;

namespace MinaKyukyu.StandIn.Records;

/// <summary>What goes wrong with an answer, on demand.</summary>
public enum RecordFault
{
    None = 0,

    /// <summary>The request is accepted and never answered.</summary>
    Hang = 1,

    /// <summary>500 with an OperationOutcome.</summary>
    Error = 2,

    /// <summary>The right answer, sixteen bytes every quarter of a second.</summary>
    SlowDrip = 3,

    /// <summary>A well-formed answer about somebody else.</summary>
    Swap = 4,

    /// <summary>An answer that carries the nonce of an earlier request.</summary>
    Replay = 5,
}

/// <summary>The faults that are switched on, for all or for one patient, for all or for one resource type; the narrowest wins.</summary>
public sealed class RecordFaults
{
    private const int Everybody = 0;
    private const string EveryResource = "";

    private readonly ConcurrentDictionary<(int Patient, string Resource), RecordFault> _faults =
        new();

    /// <param name="patient">Number of the synthetic patient; null: everybody.</param>
    /// <param name="resource">Resource type; null: all of them.</param>
    public void Set(RecordFault fault, int? patient, string? resource)
    {
        (int, string) key = (patient ?? Everybody, resource ?? EveryResource);
        if (fault == RecordFault.None && patient is null && resource is null)
        {
            _faults.Clear();
        }
        else
        {
            _faults[key] = fault;
        }
    }

    internal RecordFault Of(int patient, string resource)
    {
        (int, string)[] narrowestFirst =
        [
            (patient, resource),
            (patient, EveryResource),
            (Everybody, resource),
            (Everybody, EveryResource),
        ];
        foreach ((int, string) key in narrowestFirst)
        {
            if (_faults.TryGetValue(key, out RecordFault fault))
            {
                return fault;
            }
        }

        return RecordFault.None;
    }

    /// <summary>The word of a fault on the wire: hang, error, slow-drip, swap, replay, none.</summary>
    internal static RecordFault? Parse(string? word) =>
        word switch
        {
            "none" => RecordFault.None,
            "hang" => RecordFault.Hang,
            "error" => RecordFault.Error,
            "slow-drip" => RecordFault.SlowDrip,
            "swap" => RecordFault.Swap,
            "replay" => RecordFault.Replay,
            _ => null,
        };
}
