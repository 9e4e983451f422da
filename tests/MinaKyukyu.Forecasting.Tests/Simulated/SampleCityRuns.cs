using MinaKyukyu.Forecasting.Simulated;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Forecasting.Tests.Simulated;

/// <summary>The sample city's roads and towns with four stations of its own, and runs on them; read once for all tests.</summary>
public sealed class SampleCityRuns
{
    private static readonly string Sample = Path.Combine(
        AppContext.BaseDirectory,
        "samples",
        "tachikawa"
    );

    private readonly Lazy<SimulatedCity> _city = new(Read);
    private readonly Lazy<IReadOnlyList<SimulatedRun>> _runs;

    public SampleCityRuns() => _runs = new(() => Generate(weeks: 26, seed: 7));

    /// <summary>26 weeks, seed 7.</summary>
    public IReadOnlyList<SimulatedRun> Runs => _runs.Value;

    public IReadOnlyList<SimulatedRun> Generate(int weeks, long seed, int? regimeChange = null) =>
        SimulatedRuns.Generate(
            _city.Value,
            new SimulatedRunsOptions
            {
                Weeks = weeks,
                Seed = seed,
                RegimeChangeWeek = regimeChange,
            }
        );

    private static SimulatedCity Read() =>
        new(
            "test",
            RoadNetworkLoader.Load(Path.Combine(Sample, "roads")),
            [
                Place("kita", 35.726906, 139.402478),
                Place("nishi", 35.730529, 139.382258),
                Place("higashi", 35.715814, 139.42825),
                Place("minami", 35.692585, 139.418446),
            ],
            [.. Enumerable.Range(0, 12).Select(unit => new SimulatedUnit("ambulance", unit % 4))],
            [
                .. File.ReadLines(Path.Combine(Sample, "towns.csv"))
                    .Skip(1)
                    .Select(line => line.Split(','))
                    .Select(cells => Place(cells[2], Degrees(cells[4]), Degrees(cells[5]))),
            ],
            [Place("hospital", 35.7005, 139.4157)]
        );

    private static SimulatedPlace Place(string name, double latitude, double longitude) =>
        new(name, new GeoPoint(latitude, longitude));

    private static double Degrees(string cell) =>
        double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture);
}
