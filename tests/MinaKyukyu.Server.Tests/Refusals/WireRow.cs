using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Tests.Identity;
using MinaKyukyu.Server.Tests.Wire;

namespace MinaKyukyu.Server.Tests.Refusals;

/// <summary>One line of the wire's negative table, derived from the contract: a new method has its rows as soon as it exists.</summary>
/// <param name="How">The role, the token's flaw or the tablet's.</param>
internal sealed record WireRow(string Name, WireMethod Method, string How, string Reason)
{
    public const string NoConnection = "(no connection)";

    /// <summary>What may be wrong with a tablet's certificate, and what it is told.</summary>
    private static readonly (string How, string Reason)[] TabletFlaws =
    [
        ("no certificate", NoConnection),
        ("a certificate of another authority", NoConnection),
        ("a certificate that nobody enrolled", "UNAUTHENTICATED"),
        ("a certificate that was revoked", "UNAUTHENTICATED"),
    ];

    /// <summary>Every method by every role that may not call it.</summary>
    public static IReadOnlyList<WireRow> Roles { get; } =
    [
        .. WireMethod.All.SelectMany(m =>
            Enum.GetValues<CallerRole>()
                .Where(role => !m.Allows(role))
                .Select(role => new WireRow(
                    $"{m.Path} as {RoleWords.Of(role)}",
                    m,
                    RoleWords.Of(role),
                    role == CallerRole.CrewMember && m.Allows(CallerRole.CrewLeader)
                        ? "VIEWING_OFFICER_NOT_SIGNED_ON"
                        : "ROLE_NOT_ALLOWED"
                ))
        ),
    ];

    /// <summary>Pairs of service and flaw, all of them, laid over the methods so that each has three or more.</summary>
    public static IReadOnlyList<WireRow> Tokens { get; } =
    [
        .. WireMethod
            .All.GroupBy(m => m.Descriptor.Service.FullName, StringComparer.Ordinal)
            .Select(g => g.ToList())
            .SelectMany(methods =>
                Enumerable
                    .Range(0, Math.Max(TokenMint.Flaws.Count, 3 * methods.Count))
                    .Select(i =>
                        (
                            Method: methods[i % methods.Count],
                            Flaw: TokenMint.Flaws[i % TokenMint.Flaws.Count]
                        )
                    )
            )
            .Distinct()
            .Select(p => new WireRow(
                $"{p.Method.Path} with a token: {p.Flaw}",
                p.Method,
                p.Flaw,
                "UNAUTHENTICATED"
            )),
    ];

    /// <summary>Every method by every kind of tablet that is not the department's.</summary>
    public static IReadOnlyList<WireRow> Tablets { get; } =
    [
        .. WireMethod.All.SelectMany(m =>
            TabletFlaws.Select(f => new WireRow($"{m.Path} with {f.How}", m, f.How, f.Reason))
        ),
    ];

    public static IEnumerable<WireRow> All => Roles.Concat(Tokens).Concat(Tablets);

    public static WireRow Find(string name) =>
        All.First(r => string.Equals(r.Name, name, StringComparison.Ordinal));
}
