using MinaKyukyu.Journal.Commits;

namespace MinaKyukyu.Fleet;

/// <summary>A change of a register (devices, members): the same bytes stand as a fact and in the audit chain.</summary>
internal static class RegisterEntry
{
    /// <param name="subject">Such as <c>device/tablet-1</c>.</param>
    public static CommitPart Write(string kind, string auditEvent, string subject, byte[] body) =>
        new()
        {
            Facts = [new Fact(kind, 1, subject, body)],
            Audit = [new AuditEntry(auditEvent, subject, body)],
        };
}
