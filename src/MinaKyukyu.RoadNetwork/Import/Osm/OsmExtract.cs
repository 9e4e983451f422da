using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Metrics;

namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>An OpenStreetMap extract on the disk, as a source of roads.</summary>
internal static class OsmExtract
{
    public const string Ending = ".osm.pbf";

    /// <exception cref="RoadFileException">It cannot be opened, is damaged, foreign, or holds no road.</exception>
    public static ImportedRoads Read(
        string file,
        DrivingRules rules,
        Action<RoadBuildProgress>? progress,
        CancellationToken stop
    )
    {
        var builder = new RoadGraphBuilder();
        OsmImportReport report;
        try
        {
            using FileStream stream = File.OpenRead(file);
            report = OsmImport.Read(stream, file, builder, rules, progress, stop);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new RoadFileException(file, 0, "the file cannot be opened", denied);
        }

        (RoadGraph graph, int[] ordinary, int[] emergency) = builder.Build();
        return new ImportedRoads(
            graph,
            new UsualTimes(
                MetricKinds.ByProfileAndTime,
                EdgeWeights.Of(ordinary, graph.LengthMeters),
                EdgeWeights.Of(emergency, graph.LengthMeters),
                rules
            ),
            ImportReport.Of(graph, builder, report.EdgeRows) with
            {
                UnreadableMaxSpeeds = report.UnreadableMaxSpeeds,
                Further = Counts(report, builder.SplitJunctions),
            },
            Attribution(report.Header)
        );
    }

    private static string Attribution(OsmHeader header)
    {
        string date = header.DataOf is { } moment ? $", {moment:yyyy-MM-dd}" : "";
        return $"{OsmHeader.Attribution}, ODbL 1.0{date}";
    }

    private static ImportCount[] Counts(OsmImportReport report, int splitJunctions) =>
        [
            .. new ImportCount[]
            {
                new("nodes of ways that the extract lacks, cut there", report.MissingNodes),
                new("rings cut at their middle", report.RingsCut),
                new("squares and other areas left out", report.Areas),
                new("barriers", report.Barriers),
                new("ways too narrow for an ambulance, on foot", report.TooNarrow),
                new("ways too low for an ambulance, on foot", report.TooLow),
                new("unreadable one-ways ignored", report.UnreadableOneWays),
                new("unreadable widths and heights ignored", report.UnreadableMeasures),
                new("unknown values of access ignored", report.UnknownAccessValues),
                new("ways with rules for certain hours, ignored", report.ConditionalWays),
                new(
                    "turn restrictions over a way or for certain hours, left out",
                    report.RestrictionsLeftOut
                ),
                new(
                    "turn restrictions whose ways do not meet that way, left out",
                    report.RestrictionsWithoutTurn
                ),
                new(
                    "turn restrictions kept",
                    report.Restrictions.Count - report.RestrictionsWithoutTurn
                ),
                new("junctions with forbidden turns", splitJunctions),
            }.Where(one => one.Count > 0),
        ];
}
