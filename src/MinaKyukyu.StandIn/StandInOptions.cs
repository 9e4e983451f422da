using System.Globalization;
using System.Net;

namespace MinaKyukyu.StandIn;

/// <summary>How the stand-in is started.</summary>
/// <param name="Listen">Where it listens; loopback only, because it hands out private keys.</param>
/// <param name="Seed">What the synthetic patients follow from.</param>
/// <param name="Patients">How many synthetic patients there are.</param>
/// <param name="RecordDelay">How long each answer about a record takes.</param>
public sealed record StandInOptions(IPEndPoint Listen, int Seed, int Patients, TimeSpan RecordDelay)
{
    public const string Usage =
        "usage: MinaKyukyu.StandIn --listen http://127.0.0.1:0 [--seed N] [--patients 1..5000] [--record-delay-ms 0..60000]";

    private const int MostPatients = 5_000;
    private const int LongestDelayMilliseconds = 60_000;

    public static StandInOptions Default { get; } =
        new(new IPEndPoint(IPAddress.Loopback, 0), 1, 200, TimeSpan.Zero);

    /// <returns>Null when the words are wrong; <paramref name="problem"/> then says which.</returns>
    public static StandInOptions? Parse(ReadOnlySpan<string> words, out string problem)
    {
        StandInOptions options = Default;
        problem = "";
        for (int i = 0; i < words.Length; i += 2)
        {
            string value = i + 1 < words.Length ? words[i + 1] : "";
            StandInOptions? next = words[i] switch
            {
                "--listen" when ParseLoopback(value) is { } at => options with { Listen = at },
                "--seed" when Whole(value, int.MinValue, int.MaxValue) is { } seed => options with
                {
                    Seed = seed,
                },
                "--patients" when Whole(value, 1, MostPatients) is { } count => options with
                {
                    Patients = count,
                },
                "--record-delay-ms" when Whole(value, 0, LongestDelayMilliseconds) is { } delay =>
                    options with
                    {
                        RecordDelay = TimeSpan.FromMilliseconds(delay),
                    },
                _ => null,
            };
            if (next is null)
            {
                problem = $"cannot use: {words[i]} {value}".TrimEnd();
                return null;
            }

            options = next;
        }

        return options;
    }

    private static IPEndPoint? ParseLoopback(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
        && string.Equals(uri.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal)
        && uri.AbsolutePath is "/"
        && IPAddress.TryParse(uri.Host, out IPAddress? address)
        && IPAddress.IsLoopback(address)
            ? new IPEndPoint(address, uri.Port)
            : null;

    private static int? Whole(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int n)
        && n >= least
        && n <= most
            ? n
            : null;
}
