using CsvHelper;

namespace MinaKyukyu.RoadNetwork.Driving;

/// <summary>
/// Road class (OpenStreetMap's <c>highway</c>) → speed in km/h for each profile, read from the embedded <c>speeds.csv</c>.
/// </summary>
/// <remarks>
/// The numbers are our own working values, not measurements: mean speeds over a whole edge, with signals and turns inside,
/// until speeds are learnt from the department's own runs. Ordinary driving never exceeds a posted limit; driving with lights
/// and siren exceeds it by at most the row <c>(over maxspeed)</c>. A class that the table does not name takes the row
/// <c>(other)</c>. Immutable.
/// </remarks>
internal sealed class SpeedTable
{
    private const string OtherClass = "(other)";
    private const string OverLimit = "(over maxspeed)";

    private readonly Dictionary<string, Speeds> _speeds;
    private readonly Speeds _other;
    private readonly Speeds _overLimit;

    private SpeedTable(Dictionary<string, Speeds> speeds)
    {
        _speeds = speeds;
        _other = speeds[OtherClass];
        _overLimit = speeds[OverLimit];
    }

    /// <summary>The table that ships inside this room.</summary>
    public static SpeedTable WorkingValues { get; } = ReadEmbedded();

    public bool Knows(string roadClass) => _speeds.ContainsKey(roadClass);

    /// <summary>Speed in km/h, always above zero.</summary>
    /// <param name="maxSpeedKmh">The posted limit, or 0 where none is known.</param>
    public double KilometresPerHour(string roadClass, int maxSpeedKmh, DrivingProfile profile)
    {
        double usual = (_speeds.TryGetValue(roadClass, out Speeds found) ? found : _other).Of(
            profile
        );
        return maxSpeedKmh > 0 ? Math.Min(usual, maxSpeedKmh + _overLimit.Of(profile)) : usual;
    }

    private static SpeedTable ReadEmbedded()
    {
        using Stream stream = typeof(SpeedTable).Assembly.GetManifestResourceStream("speeds.csv")!;
        using CsvReader csv = CsvReader.Create(stream, new CsvReaderOptions { Separator = ',' });
        var speeds = new Dictionary<string, Speeds>(StringComparer.Ordinal);
        while (csv.Read())
        {
            speeds.Add(
                csv.GetString("highway"),
                new Speeds(csv.Parse<double>("ordinary_kmh"), csv.Parse<double>("emergency_kmh"))
            );
        }

        return new SpeedTable(speeds);
    }

    private readonly record struct Speeds(double Ordinary, double Emergency)
    {
        public double Of(DrivingProfile profile) =>
            profile == DrivingProfile.Emergency ? Emergency : Ordinary;
    }
}
