using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>What an OpenStreetMap file says of itself; every part may be missing.</summary>
/// <param name="WritingProgram">The program that wrote the file; empty where it does not say.</param>
/// <param name="Source">Where the data come from, as the file words it; empty where it does not say.</param>
/// <param name="DataOf">The moment whose map this is (<c>osmosis_replication_timestamp</c>).</param>
/// <param name="Bounds">The rectangle that was cut out; ways may lead out of it.</param>
public sealed record OsmHeader(
    string WritingProgram,
    string Source,
    DateTimeOffset? DataOf,
    GeoBounds? Bounds
)
{
    /// <summary>What must stand beside every picture drawn from these roads (ODbL 1.0 §4.3).</summary>
    public const string Attribution = "© OpenStreetMap contributors";

    private static readonly string[] KnownFeatures = ["OsmSchema-V0.6", "DenseNodes"];

    /// <exception cref="InvalidDataException">It is damaged, or needs a reader that knows more.</exception>
    internal static OsmHeader Read(PbfSlice block)
    {
        var header = new OsmHeader("", "", null, null);
        var message = new PbfMessage(block);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    header = header with { Bounds = BoundsIn(message.Bytes()) };
                    break;
                case 4:
                    Check(message.Text());
                    break;
                case 16:
                    header = header with { WritingProgram = message.Text() };
                    break;
                case 17:
                    header = header with { Source = message.Text() };
                    break;
                case 32:
                    header = header with { DataOf = Moment(message.Int64()) };
                    break;
                default:
                    message.Skip();
                    break;
            }
        }

        return header;
    }

    private static void Check(string feature)
    {
        if (!KnownFeatures.Contains(feature, StringComparer.Ordinal))
        {
            throw new InvalidDataException($"it needs a reader that knows '{feature}'");
        }
    }

    private static DateTimeOffset Moment(long unixSeconds) =>
        // Before the year 10000, which is as far as a calendar date reaches.
        unixSeconds is >= 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(unixSeconds)
            : throw new InvalidDataException("its date is no date");

    private static GeoBounds BoundsIn(PbfSlice box)
    {
        // Left, right, top, bottom in billionths of a degree.
        Span<long> sides = stackalloc long[5];
        var message = new PbfMessage(box);
        while (message.Next())
        {
            if (message.Field is >= 1 and <= 4)
            {
                sides[message.Field] = message.SInt64();
            }
            else
            {
                message.Skip();
            }
        }

        return new GeoBounds(Corner(sides[4], sides[1]), Corner(sides[3], sides[2]));
    }

    private static GeoPoint Corner(long latitude, long longitude) =>
        GeoPoint.IsValid(latitude / 1e9, longitude / 1e9)
            ? new GeoPoint(latitude / 1e9, longitude / 1e9)
            : throw new InvalidDataException("its bounds lie outside ±90 and ±180 degrees");
}
