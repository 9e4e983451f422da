using System.Text;
using Grpc.Core;

namespace MinaKyukyu.GrpcTests.Fuzz;

/// <summary>
/// What looks like personal data and stands in every message, in metadata and in paths: a name, a card's number, a birth date. All
/// invented. Whoever answers a call may give its own message back; none of this may stand in a status, a trailer or a log.
/// </summary>
internal static class Canaries
{
    public const string Name = "クルマバソウ金糸雀子";
    public const string CardNumber = "771520398846";
    public const string BirthDate = "1791-11-27";

    public static readonly IReadOnlyList<string> All = [Name, CardNumber, BirthDate];

    /// <summary>All of them in one text.</summary>
    public static readonly string Text = $"{Name} {CardNumber} {BirthDate}";

    /// <summary>As octets that a header may carry.</summary>
    public static readonly string AsHeader = Encoding.Latin1.GetString(
        Encoding.UTF8.GetBytes(Text)
    );

    public static readonly string AsPercents = Uri.EscapeDataString(Text);

    public static readonly byte[] Bytes = Encoding.UTF8.GetBytes(Text);

    private static readonly string[] Forms =
    [
        .. All.SelectMany(FormsOf).Distinct(StringComparer.Ordinal),
    ];

    /// <returns>Which of them stands there, in whatever form; <see langword="null"/> for none.</returns>
    public static string? FindIn(string? text) =>
        text is null
            ? null
            : Forms.FirstOrDefault(form => text.Contains(form, StringComparison.OrdinalIgnoreCase));

    /// <summary>Metadata with a canary in text and in bytes.</summary>
    public static Metadata Metadata() =>
        new() { { "patient-card", CardNumber }, { "patient-name-bin", Bytes } };

    private static IEnumerable<string> FormsOf(string canary)
    {
        var bytes = Encoding.UTF8.GetBytes(canary);
        yield return canary;
        yield return Encoding.Latin1.GetString(bytes);
        yield return Uri.EscapeDataString(canary);
        yield return Convert.ToHexString(bytes);
        for (var offset = 0; offset < 3; offset++)
        {
            // The middle of base64 says the same wherever the text begins; its edges depend on what stands beside.
            var base64 = Convert.ToBase64String([.. new byte[offset], .. bytes]).TrimEnd('=');
            yield return base64[(offset == 0 ? 0 : 4)..^2];
        }
    }
}
