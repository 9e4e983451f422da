using System.Text.Json;
using MinaKyukyu.RoadNetwork.Contraction;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Import;
using MinaKyukyu.RoadNetwork.Metrics;
using MinaKyukyu.RoadNetwork.Snapping;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.Files;

/// <summary>
/// A map in one file: roads, contraction order, shortcuts, and every metric ready to answer. Roads, order and shortcuts are
/// read and checked on opening, a metric before its first answer.
/// </summary>
internal static class RoadFile
{
    /// <summary>Longest edge in metres: half the earth's circumference. Anything longer is damage.</summary>
    private const double LongestMeters = 20_100_000;

    private static readonly string[] Fixed =
    [
        RoadFileFormat.Info,
        RoadFileFormat.Nodes,
        RoadFileFormat.Edges,
        RoadFileFormat.Weights,
        RoadFileFormat.Order,
        RoadFileFormat.Topology,
    ];

    /// <summary>Writes the file, each metric as soon as it is reckoned. A file of that name is replaced when the new one is whole.</summary>
    public static void Write(
        string file,
        ImportedRoads imported,
        ContractedRoads roads,
        Action<MetricKey>? metricBegun = null,
        CancellationToken stop = default
    )
    {
        GraphArrays graph = imported.Graph.Arrays;
        UsualTimes usual = imported.Usual;
        using var writer = new RoadFileWriter(
            file,
            [.. Fixed, .. usual.Keys.Select(RoadFileFormat.MetricSection)]
        );
        var info = new RoadFileInfo(
            imported.Attribution,
            usual.Rules.Text,
            imported.Fingerprint(),
            usual.Kinds,
            imported.Report
        );
        writer.Section(
            RoadFileFormat.Info,
            to =>
                to.Write<byte>(
                    JsonSerializer.SerializeToUtf8Bytes(
                        info,
                        RoadFileInfoContext.Default.RoadFileInfo
                    )
                )
        );
        writer.Section(
            RoadFileFormat.Nodes,
            to =>
            {
                to.Write<GeoPoint>(graph.NodePlaces);
                WriteNames(to, graph.NodeNames);
                to.Write<int>(graph.Junction);
                to.Write<int>(graph.Arrival);
            }
        );
        writer.Section(
            RoadFileFormat.Edges,
            to =>
            {
                to.Write<int>(graph.FirstOut);
                to.Write<int>(graph.Head);
                to.Write<double>(graph.LengthMeters);
                to.Write<int>(graph.MaxSpeedKmh);
                to.Write<int>(graph.RoadClass);
                to.Write<int>(graph.StreetName);
                to.Write<int>(graph.Twin);
                to.Write<int>(graph.FirstBend);
                to.Write<GeoPoint>(graph.Bends);
                WriteNames(to, graph.Words);
            }
        );
        writer.Section(
            RoadFileFormat.Weights,
            to =>
            {
                to.Write(usual.Ordinary.Milliseconds);
                to.Write(usual.Emergency.Milliseconds);
            }
        );
        writer.Section(RoadFileFormat.Order, to => to.Write<int>(roads.NodeAt));
        writer.Section(
            RoadFileFormat.Topology,
            to =>
            {
                to.Write<int>(roads.UpFirst);
                to.Write<int>(roads.UpHead);
                to.Write<int>(roads.ArcOfEdge);
            }
        );
        foreach (MetricKey key in usual.Keys)
        {
            stop.ThrowIfCancellationRequested();
            metricBegun?.Invoke(key);
            ArcTimes times = Customization.Of(roads, usual.Weights(key).Milliseconds);
            writer.Section(
                RoadFileFormat.MetricSection(key),
                to =>
                {
                    to.Write(times.Up.Usual);
                    to.Write(times.Down.Usual);
                }
            );
        }

        writer.Finish();
    }

    /// <exception cref="RoadFileException">Missing, not a road file, of another version, or damaged.</exception>
    public static RoadMap Open(string file, SnappingOptions snapping)
    {
        RoadFileReader reader = RoadFileReader.Open(file);
        try
        {
            RoadFileInfo info = ReadInfo(reader);
            RoadGraph graph = ReadGraph(reader);
            UsualTimes usual = ReadUsual(reader, info, graph);
            ContractedRoads roads = ReadRoads(reader, graph);
            var metrics = new MetricSource(
                graph,
                new Lazy<ContractedRoads>(roads),
                usual,
                key => ReadMetric(reader, key, roads)
            );
            return new RoadMap(
                new RoadFrame(
                    graph,
                    metrics,
                    info.Report,
                    info.Attribution,
                    info.Fingerprint,
                    snapping
                )
            );
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public static RoadFileInfo ReadInfo(RoadFileReader reader)
    {
        SectionBytes section = reader.Read(RoadFileFormat.Info);
        byte[] json = section.Read<byte>();
        section.End();
        try
        {
            return JsonSerializer.Deserialize(json, RoadFileInfoContext.Default.RoadFileInfo)
                ?? throw section.Refused("is empty");
        }
        catch (JsonException broken)
        {
            throw new RoadFileException(
                reader.File,
                0,
                "section info cannot be understood",
                broken
            );
        }
    }

    private static RoadGraph ReadGraph(RoadFileReader reader)
    {
        SectionBytes nodes = reader.Read(RoadFileFormat.Nodes);
        GeoPoint[] places = ReadPlaces(nodes);
        NameTable names = ReadNames(nodes, places.Length);
        int[] junction = nodes.ReadBetween(0, places.Length - 1, places.Length);
        int[] arrival = nodes.ReadBetween(0, places.Length - 1, places.Length);
        nodes.End();
        if (!AreCopiesOfJunctions(junction, arrival, places))
        {
            throw nodes.Refused("has copies that belong to no junction");
        }

        SectionBytes section = reader.Read(RoadFileFormat.Edges);
        int[] firstOut = section.ReadFirsts(places.Length);
        int edges = firstOut[^1];
        int[] head = section.ReadBetween(0, places.Length - 1, edges);
        double[] lengths = section.Read<double>(edges);
        if (!Array.TrueForAll(lengths, length => length is >= 0 and <= LongestMeters))
        {
            throw section.Refused("holds an impossible length");
        }

        int[] maxSpeeds = section.ReadBetween(0, int.MaxValue, edges);
        int[] classes = section.ReadBetween(0, int.MaxValue, edges);
        int[] streetNames = section.ReadBetween(0, int.MaxValue, edges);
        int[] twins = section.ReadBetween(-1, edges - 1, edges);
        int[] firstBend = section.ReadFirsts(edges);
        GeoPoint[] bends = ReadPlaces(section);
        NameTable words = ReadNames(section, -1);
        section.End();
        int[] tail = TailsOf(firstOut);
        bool fits =
            firstBend[^1] == bends.Length
            && classes.Concat(streetNames).All(word => word < words.Count)
            && Enumerable
                .Range(0, edges)
                .All(edge => twins[edge] < 0 || AreTwins(edge, twins[edge]));
        return fits
            ? new RoadGraph(
                new GraphArrays
                {
                    NodeNames = names,
                    NodePlaces = places,
                    Junction = junction,
                    Arrival = arrival,
                    FirstOut = firstOut,
                    Head = head,
                    Tail = tail,
                    LengthMeters = lengths,
                    MaxSpeedKmh = maxSpeeds,
                    RoadClass = classes,
                    StreetName = streetNames,
                    Words = words,
                    Twin = twins,
                    FirstBend = firstBend,
                    Bends = bends,
                }
            )
            : throw section.Refused("does not hang together");

        bool AreTwins(int edge, int twin) =>
            twins[twin] == edge
            && junction[tail[edge]] == junction[head[twin]]
            && junction[head[edge]] == junction[tail[twin]];
    }

    /// <summary>Every copy is in the place of a junction that is no copy, and all of them share one arrival.</summary>
    private static bool AreCopiesOfJunctions(int[] junction, int[] arrival, GeoPoint[] places)
    {
        for (int node = 0; node < junction.Length; node++)
        {
            int of = junction[node];
            if (
                junction[of] != of
                || places[of] != places[node]
                || arrival[node] != arrival[of]
                || junction[arrival[of]] != of
            )
            {
                return false;
            }
        }

        return true;
    }

    private static UsualTimes ReadUsual(RoadFileReader reader, RoadFileInfo info, RoadGraph graph)
    {
        SectionBytes section = reader.Read(RoadFileFormat.Weights);
        int[] ordinary = section.ReadBetween(1, EdgeWeights.Infinity, graph.EdgeCount);
        int[] emergency = section.ReadBetween(1, EdgeWeights.Infinity, graph.EdgeCount);
        section.End();
        return new UsualTimes(
            info.Kinds,
            EdgeWeights.Of(ordinary, graph.LengthMeters),
            EdgeWeights.Of(emergency, graph.LengthMeters),
            DrivingRules.Parse(info.Profile, reader.File)
        );
    }

    private static ContractedRoads ReadRoads(RoadFileReader reader, RoadGraph graph)
    {
        SectionBytes order = reader.Read(RoadFileFormat.Order);
        int[] nodeAt = order.ReadBetween(0, graph.NodeCount - 1, graph.NodeCount);
        order.End();
        SectionBytes topology = reader.Read(RoadFileFormat.Topology);
        int[] upFirst = topology.ReadFirsts(graph.NodeCount);
        int[] upHead = topology.ReadBetween(0, graph.NodeCount - 1, upFirst[^1]);
        int[] arcOfEdge = topology.ReadBetween(0, upHead.Length - 1, graph.EdgeCount);
        topology.End();
        return ContractedRoads.FirstFault(graph, nodeAt, upFirst, upHead, arcOfEdge) is { } fault
            ? throw topology.Refused(fault)
            : ContractedRoads.Of(graph, nodeAt, upFirst, upHead, arcOfEdge);
    }

    private static ArcTimes ReadMetric(RoadFileReader reader, MetricKey key, ContractedRoads roads)
    {
        SectionBytes section = reader.Read(RoadFileFormat.MetricSection(key));
        int[] up = section.ReadBetween(1, EdgeWeights.Infinity, roads.ArcCount);
        int[] down = section.ReadBetween(1, EdgeWeights.Infinity, roads.ArcCount);
        section.End();
        return new ArcTimes(new TimesByArc(roads, up), new TimesByArc(roads, down));
    }

    private static GeoPoint[] ReadPlaces(SectionBytes section)
    {
        GeoPoint[] places = section.Read<GeoPoint>();
        return Array.TrueForAll(places, place => GeoPoint.IsValid(place.Latitude, place.Longitude))
            ? places
            : throw section.Refused("holds a place outside the earth");
    }

    private static void WriteNames(RoadFileWriter to, NameTable names)
    {
        to.Write<int>(names.First);
        to.Write<byte>(names.Utf8);
    }

    private static NameTable ReadNames(SectionBytes section, int count)
    {
        int[] first = section.Read<int>(count < 0 ? -1 : count + 1);
        byte[] utf8 = section.Read<byte>();
        bool isSorted = first.Length > 0 && first[0] == 0 && first[^1] == utf8.Length;
        for (int name = 1; isSorted && name < first.Length; name++)
        {
            isSorted = first[name - 1] <= first[name];
        }

        return isSorted ? new NameTable(utf8, first) : throw section.Refused("has broken names");
    }

    private static int[] TailsOf(int[] firstOut)
    {
        var tails = new int[firstOut[^1]];
        for (int node = 0; node < firstOut.Length - 1; node++)
        {
            tails.AsSpan(firstOut[node]..firstOut[node + 1]).Fill(node);
        }

        return tails;
    }
}
