using MinaKyukyu.Benchmarks.Measuring;

namespace MinaKyukyu.Benchmarks.Table;

/// <summary>
/// The promises of the road engine on two cores. They were set before it was written, from what the best engines that we could
/// run reach on such networks, with some room.
/// </summary>
internal static class Targets
{
    public const double MostTimesForManyUnits = 3;
    public const double ImportSeconds = 10;
    public const double ImportMegabytes = 1_073.7;
    public const double PrefectureFileMegabytes = 700;

    private const double Milliseconds = 1_000;
    private const double Seconds = 1_000_000;

    /// <summary>What is promised of that trial, or null.</summary>
    public static Target? Of(string trial, bool isPrefecture) =>
        trial switch
        {
            "300 → 1, standing" => isPrefecture
                ? new Target(30, 90, IsFreeOfGarbage: true)
                : new Target(10, 40, IsFreeOfGarbage: true),
            "1000 → 1, standing" => new Target(null, IsFreeOfGarbage: true),
            "one unit put down, next street" or "one unit put down, anywhere" => new Target(
                isPrefecture ? 12 : 3
            ),
            "one to all nodes" => new Target((isPrefecture ? 12 : 0.5) * Milliseconds),
            "full customization" => new Target((isPrefecture ? 180 : 6) * Milliseconds),
            "closure visible, 300 units" => new Target(null, (isPrefecture ? 5 : 1) * Milliseconds),
            "all other metrics follow" => new Target(50 * Milliseconds),
            "order and contraction" => new Target((isPrefecture ? 45 : 3) * Seconds),
            "file opened" when !isPrefecture => new Target(20 * Milliseconds),
            _ => null,
        };
}
