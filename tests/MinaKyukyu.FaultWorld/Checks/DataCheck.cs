using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.FaultWorld.Crews;
using MinaKyukyu.Journal;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Storage;
using MinaKyukyu.Storage.Sqlite;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.FaultWorld.Checks;

/// <summary>Reads a data directory that no server has open.</summary>
internal static class DataCheck
{
    private static readonly DepartmentId Department = new("midoritama");

    /// <summary>Every promise of the ledger against what the directory holds.</summary>
    /// <param name="broken">Told of each command whose answer is gone.</param>
    /// <param name="fail">Told of everything else that is not as it was promised.</param>
    public static async Task CompareAsync(
        string data,
        IReadOnlyList<Promise> ledger,
        Action<Command, string> broken,
        Action<string> fail,
        CancellationToken stop
    )
    {
        var expected = Expectations.Of(ledger);
        await using JournalWriter journal = await OpenAsync(data, stop);
        await CompareAnswersAsync(journal, ledger, broken, stop);
        await CompareFactsAsync(journal, expected, fail, stop);
        await CompareAuditAsync(data, expected, fail, stop);
    }

    /// <summary>Which of these commands have had their effect.</summary>
    public static async Task<IReadOnlyList<bool>> FindAsync(
        string data,
        IReadOnlyList<Command> commands,
        CancellationToken stop
    )
    {
        await using JournalWriter journal = await OpenAsync(data, stop);
        List<bool> found = [];
        foreach (Command command in commands)
        {
            found.Add(await FindAsync(journal, command, stop) is not EarlierAnswer.None);
        }

        return found;
    }

    private static Task<JournalWriter> OpenAsync(string data, CancellationToken stop) =>
        SqliteJournal.OpenAsync(
            new SqliteJournalParts { Data = data, Logger = NullLogger<JournalWriter>.Instance },
            stop
        );

    private static ValueTask<EarlierAnswer> FindAsync(
        JournalWriter journal,
        Command command,
        CancellationToken stop
    ) =>
        journal.FindAnswerAsync(
            Department,
            new CommandKey(command.By.Device, new RequestId(command.RequestId)),
            command.Hash(),
            stop
        );

    private static async Task CompareAnswersAsync(
        JournalWriter journal,
        IReadOnlyList<Promise> ledger,
        Action<Command, string> broken,
        CancellationToken stop
    )
    {
        foreach (Promise promise in ledger)
        {
            EarlierAnswer kept = await FindAsync(journal, promise.Asked, stop);
            if (
                kept is not EarlierAnswer.Same(var answer)
                || !answer.Span.SequenceEqual(promise.Answer)
            )
            {
                broken(
                    promise.Asked,
                    "was acknowledged, and its answer is not in the data directory"
                );
            }
        }
    }

    private static async Task CompareFactsAsync(
        JournalWriter journal,
        Expectations expected,
        Action<string> fail,
        CancellationToken stop
    )
    {
        Dictionary<string, int> found = new(StringComparer.Ordinal);
        var units = new UnitWatch(fail);
        await foreach (JournaledFact journaled in journal.ReadFactsAsync(0, stop))
        {
            units.See(journaled.Fact);
            if (FactNames.Find(journaled.Fact) is { } name)
            {
                found[name] = found.GetValueOrDefault(name) + 1;
            }
        }

        foreach (string name in expected.Facts.Keys.Union(found.Keys))
        {
            int promised = expected.Facts.GetValueOrDefault(name);
            int kept = found.GetValueOrDefault(name);
            if (promised != kept)
            {
                fail(
                    $"'{name}' was promised {promised} times and stands in the journal {kept} times"
                );
            }
        }
    }

    private static async Task CompareAuditAsync(
        string data,
        Expectations expected,
        Action<string> fail,
        CancellationToken stop
    )
    {
        await using SqliteAuditArchive archive = SqliteAuditArchive.OpenReadOnly(data);
        IReadOnlyList<AuditVerdict> verdicts = await AuditVerifier.VerifyAsync(archive, null, stop);
        foreach (AuditVerdict verdict in verdicts.Where(v => !v.IsSound))
        {
            fail($"the audit chain does not verify: {verdict.Flaw!.Sentence}");
        }

        long rows = verdicts.Sum(v => v.VerifiedRows);
        if (rows != expected.AuditRows)
        {
            fail($"{expected.AuditRows} audit rows were promised and {rows} verify");
        }
    }
}
