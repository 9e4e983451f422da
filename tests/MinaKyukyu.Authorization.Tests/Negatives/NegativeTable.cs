namespace MinaKyukyu.Authorization.Tests.Negatives;

/// <summary>
/// Everything that must be refused, one line a row. What concerns revocation stands beside its own tests; what the wire refuses
/// before this room is asked stands in the tests of the server.
/// </summary>
internal static class NegativeTable
{
    /// <summary>From which the sampled rows are drawn; their names say what was drawn.</summary>
    public const int Seed = 20_260_401;

    public static IReadOnlyList<NegativeRow> Rows { get; } =
    [
        .. SignatureRows.All(Seed),
        .. AssertionRows.All(Seed),
        .. CertificateRows.All(Seed),
        .. ChallengeRows.All(),
        .. ConsentRows.All(),
        .. LevelRows.All(),
    ];

    private static readonly Dictionary<string, NegativeRow> ByName = Rows.GroupBy(
            r => r.Name,
            StringComparer.Ordinal
        )
        .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    public static NegativeRow Find(string name) => ByName[name];
}
