namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>What was read, left out and guessed while a file is read; <see cref="OsmImportReport"/> tells it.</summary>
internal sealed class OsmCounts
{
    public int WaysRead { get; set; }

    public int RelationsRead { get; set; }

    public int Areas { get; set; }

    public int TooNarrow { get; set; }

    public int TooLow { get; set; }

    public int UnreadableMaxSpeeds { get; set; }

    public int UnreadableOneWays { get; set; }

    public int UnreadableMeasures { get; set; }

    public int UnknownAccessValues { get; set; }

    public int ConditionalWays { get; set; }

    public int RestrictionsLeftOut { get; set; }
}
