using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MinaKyukyu.RoadNetwork.Contraction;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Metrics;
using MinaKyukyu.RoadNetwork.Order;
using MinaKyukyu.RoadNetwork.Snapping;

namespace MinaKyukyu.RoadNetwork.Import;

/// <summary>What an import brings, whatever the kind of its files.</summary>
internal sealed record ImportedRoads(
    RoadGraph Graph,
    UsualTimes Usual,
    ImportReport Report,
    string Attribution
)
{
    /// <summary>The map with everything it needs kept in memory; order and shortcuts are made when first asked for.</summary>
    public RoadMap ToMap(SnappingOptions snapping) =>
        new(
            new RoadFrame(
                Graph,
                new MetricSource(Graph, new Lazy<ContractedRoads>(() => Contract()), Usual),
                Report,
                Attribution,
                Fingerprint(),
                snapping
            )
        );

    public ContractedRoads Contract(
        Action<int>? nodesOrdered = null,
        CancellationToken stop = default
    )
    {
        var streets = Streets.Of(Graph.Tail, Graph.Head, Graph.NodeCount);
        int[] order = NestedDissection.Order(streets, Graph.Places, nodesOrdered, stop);
        return Contractor.Contract(Graph, streets, order);
    }

    /// <summary>Eight digits over topology and usual times.</summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(Graph.Tail);
        Add(Graph.Head);
        Add(Graph.Arrays.Junction);
        Add(Graph.Arrays.Arrival);
        Add(Usual.Ordinary.Milliseconds);
        Add(Usual.Emergency.Milliseconds);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(Usual.Rules.Text));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 4));

        void Add(ReadOnlySpan<int> numbers)
        {
            Span<byte> length = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(length, numbers.Length);
            hash.AppendData(length);
            hash.AppendData(MemoryMarshal.AsBytes(numbers));
        }
    }
}
