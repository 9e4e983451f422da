using MinaKyukyu.Authorization.Grants;

namespace MinaKyukyu.Authorization.Tests.Negatives;

/// <summary>One line of the table.</summary>
/// <param name="Check">The one check that stands between this row and a grant.</param>
/// <param name="Name">Unique, and readable without the code beside it.</param>
/// <param name="Wrong">The attempt with the one thing that is wrong.</param>
/// <param name="Mended">The positive twin: the same with that one thing mended; it is granted.</param>
internal sealed record NegativeRow(
    Check Check,
    string Name,
    RefusalReason Reason,
    Attempt Wrong,
    Attempt Mended
);
