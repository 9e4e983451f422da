using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Journal;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Storage;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.EndToEnd.Tests.Serve;

/// <summary>A chain of views as the server writes them, four rows each, in a real data directory.</summary>
internal static class ViewChain
{
    public static readonly DepartmentId Department = new("midoritama");

    /// <summary>09:00 in Japan.</summary>
    public static readonly DateTimeOffset Begin = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>View n: minute n, patient n modulo 50, unit and crew n modulo 7.</summary>
    public static async Task WriteAsync(string data, int views, Func<int, bool>? isEmergency = null)
    {
        await using JournalWriter journal = await SqliteJournal.OpenAsync(
            new SqliteJournalParts
            {
                Data = data,
                Time = TimeProvider.System,
                Logger = NullLogger<JournalWriter>.Instance,
            }
        );
        long epoch = await journal.TakeOwnershipAsync(Department, "test", CancellationToken.None);
        List<Task<CommitOutcome>> waiting = [];
        for (int n = 0; n < views; n++)
        {
            CommitPart part = PartOf(n, isEmergency?.Invoke(n) ?? false);
            waiting.Add(
                journal
                    .CommitAsync(new Commit(Department, epoch, null, part), CancellationToken.None)
                    .AsTask()
            );
            if (waiting.Count == 200)
            {
                await EndAsync(waiting);
            }
        }

        await EndAsync(waiting);
    }

    public static string Grant(int n) => string.Create(CultureInfo.InvariantCulture, $"g-{n}");

    public static string Patient(int n) =>
        string.Create(CultureInfo.InvariantCulture, $"patient-{n % 50}");

    private static async Task EndAsync(List<Task<CommitOutcome>> waiting)
    {
        foreach (CommitOutcome outcome in await Task.WhenAll(waiting))
        {
            Assert.IsType<CommitOutcome.Committed>(outcome);
        }

        waiting.Clear();
    }

    private static CommitPart PartOf(int n, bool isEmergency)
    {
        DateTimeOffset at = Begin.AddMinutes(n);
        string who = string.Create(
            CultureInfo.InvariantCulture,
            $"\"grantId\":\"{Grant(n)}\",\"incidentId\":\"i-{n}\",\"patientRef\":\"{Patient(n)}\",\"unitId\":\"u-{n % 7}\",\"crewId\":\"c-{n % 7}\",\"deviceId\":\"d-{n % 7}\""
        );
        string granted = string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{{{{who}}},"patient":1,"challengeId":"ch-{{{n}}}","purpose":"emergency-care/read-medical-summary","level":"SpecialVerifier","scope":"Summary","identityCheck":"photo-matched-by-crew","consent":{"basis":"{{{(isEmergency ? "not-obtainable" : "spoken")}}}"},"legalBasis":"{{{(isEmergency ? "public-duty-necessity" : "consent-spoken")}}}","revocation":"NotChecked","notes":[],"alert":{{{(isEmergency ? "true" : "false")}}},"grantedAt":"{{{at:O}}}","expiresAt":"{{{at.AddHours(2):O}}}"}"""
        );
        string opened = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{{{who}},"level":"B","at":"{{at.AddSeconds(5):O}}"}"""
        );
        string shown = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{{{who}},"shown":["risks","medicines"],"missing":["visits"],"ended":"partial","openedAt":"{{at.AddSeconds(5):O}}","at":"{{at.AddSeconds(7):O}}"}"""
        );
        string purged = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{{{who}},"reason":"attendance-ended","keysDestroyed":true,"at":"{{at.AddMinutes(40):O}}"}"""
        );
        string subject = string.Create(CultureInfo.InvariantCulture, $"incident/i-{n}");
        byte[] grant = Encoding.UTF8.GetBytes(granted);
        return new CommitPart
        {
            Facts = [new Fact("authorization.access-granted", 1, subject, grant)],
            Audit =
            [
                new AuditEntry("access.granted", subject, grant),
                .. isEmergency
                    ? [new AuditEntry("access.emergency", subject, grant)]
                    : Array.Empty<AuditEntry>(),
                Row("summary.opened", opened),
                Row("summary.shown", shown),
                Row("summary.purged", purged),
            ],
        };

        AuditEntry Row(string name, string detail) =>
            new(name, subject, Encoding.UTF8.GetBytes(detail));
    }
}
