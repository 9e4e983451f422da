using System.Security.Cryptography;
using System.Text;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Journal.Tests;

/// <summary>Small commits for tests; nothing in them is of any room or person.</summary>
internal static class Sample
{
    public static readonly DepartmentId Midori = new("midori");
    public static readonly DepartmentId Aoba = new("aoba");

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static Fact Fact(string subject, string body = "{}") =>
        new("test.happened", 1, subject, Bytes(body));

    public static AuditEntry Entry(string subject, string detail = """{"why":"test"}""") =>
        new("test.noted", subject, Bytes(detail));

    public static Claim Unit(string unit, string holder) => new("unit", unit, holder);

    public static AnsweredCommand Command(
        string request,
        string body,
        string answer,
        string sender = "tablet-1"
    ) =>
        new(
            new CommandKey(sender, new RequestId(request)),
            SHA256.HashData(Bytes(body)),
            Bytes(answer)
        );

    public static Commit Commit(CommitPart part, AnsweredCommand? command = null, long epoch = 1) =>
        new(Midori, epoch, command, part);

    public static Commit FactAbout(string subject, AnsweredCommand? command = null) =>
        Commit(CommitPart.Of(Fact(subject)), command);
}
