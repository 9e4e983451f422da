namespace MinaKyukyu.Authorization.Levels;

/// <summary>Who allowed a level below C, and when.</summary>
/// <param name="ApprovalId">Number of the approval; those that begin with <see cref="SimulatedPrefix"/> are nobody's.</param>
/// <param name="Date">From this day on, in Japan.</param>
/// <param name="Approver">The office that approved, such as <c>fire-chief</c>; not a person's name.</param>
public sealed record LevelApproval(string ApprovalId, DateOnly Date, string Approver)
{
    public const string SimulatedPrefix = "SIMULATED-";

    public bool IsSimulated =>
        ApprovalId.StartsWith(SimulatedPrefix, StringComparison.OrdinalIgnoreCase);
}
