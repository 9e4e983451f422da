using System.Globalization;

namespace MinaKyukyu.GrpcTests.Fuzz;

/// <summary>
/// Where the chance of a run comes from. Each exchange draws from a source of its own, made of the seed and its number, so that one
/// exchange can be replayed without those before it.
/// </summary>
internal static class FuzzSeed
{
    private const string Variable = "MINA_SEED";

    /// <summary>The seed of every ordinary run: what passed yesterday is asked again today.</summary>
    public const int Usual = 20_260_401;

    /// <summary>The seed that the environment asks for, or the usual one.</summary>
    public static int Asked =>
        int.TryParse(
            Environment.GetEnvironmentVariable(Variable),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var seed
        )
            ? seed
            : Usual;

    /// <summary>Multiplies the number of exchanges; for nights.</summary>
    public static int Times =>
        int.TryParse(
            Environment.GetEnvironmentVariable("MINA_FUZZ_TIMES"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var times
        )
            ? Math.Max(times, 1)
            : 1;

    public static Random Of(int seed, int exchange) =>
        new(unchecked((seed * 31) + (exchange * 1_000_003)));

    public static string HowToReplay(int seed) =>
        string.Create(CultureInfo.InvariantCulture, $"replay with {Variable}={seed}");
}

internal static class Draws
{
    public static T One<T>(this Random random, IReadOnlyList<T> from) =>
        from[random.Next(from.Count)];

    public static bool Happens(this Random random, int inPercent) => random.Next(100) < inPercent;

    public static byte[] Bytes(this Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
