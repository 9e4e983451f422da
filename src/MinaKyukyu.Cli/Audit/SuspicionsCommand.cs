using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using MinaKyukyu.Authorization.Oversight;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Storage.Sqlite;

namespace MinaKyukyu.Cli.Audit;

/// <summary><c>mina audit suspicions</c>: views that look unlike care for a patient, as questions to the officer.</summary>
internal static class SuspicionsCommand
{
    private static readonly Option<string> Data = AuditWords.Data();
    private static readonly Option<DateTimeOffset?> From = AuditWords.Moment(
        "--from",
        "first view"
    );
    private static readonly Option<DateTimeOffset?> To = AuditWords.Moment("--to", "until before");
    private static readonly Option<bool> Json = AuditWords.Json();

    public static Command Build()
    {
        Command suspicions = new("suspicions", "確認したい閲覧 / views worth a question")
        {
            Data,
            From,
            To,
            Json,
        };
        suspicions.SetAction(
            (words, stop) =>
                AuditReading.RunAsync(
                    "audit suspicions",
                    words.GetValue(Data)!,
                    archive => RunAsync(archive, words, stop),
                    stop
                )
        );
        return suspicions;
    }

    private static async Task<int> RunAsync(
        SqliteAuditArchive archive,
        ParseResult words,
        CancellationToken stop
    )
    {
        ImmutableArray<Suspicion> found = Suspicions.Find(
            await PictureAsync(archive, words.GetValue(From), words.GetValue(To), stop),
            new SuspicionOptions()
        );
        foreach (Suspicion suspicion in found)
        {
            await Console.Out.WriteLineAsync(
                words.GetValue(Json) ? JsonOf(suspicion) : LineOf(suspicion)
            );
        }

        if (!words.GetValue(Json))
        {
            await Console.Out.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"確認したい閲覧 {found.Length} 件(疑いであり、認定ではありません) / {found.Length} questions, not findings"
                )
            );
        }

        return ExitCode.Done;
    }

    /// <summary>Views from the chain; runs and begun checks from the facts beside it.</summary>
    private static async Task<OversightPicture> PictureAsync(
        SqliteAuditArchive archive,
        DateTimeOffset? from,
        DateTimeOffset? to,
        CancellationToken stop
    )
    {
        bool IsWithin(DateTimeOffset at) => (from is null || at >= from) && (to is null || at < to);

        var incidents = new IncidentsProjection();
        List<CheckTrace> checks = [];
        foreach (JournaledFact[] page in archive.ReadFacts().Chunk(4_096))
        {
            incidents.Apply(page);
            checks.AddRange(
                page.Select(f => CheckTrace.Of(f.Fact))
                    .OfType<CheckTrace>()
                    .Where(c => IsWithin(c.BegunAt))
            );
        }

        List<AccessTrail> views =
        [
            .. (await AuditReading.TrailsAsync(archive, stop)).Where(t => IsWithin(t.GrantedAt)),
        ];
        return new OversightPicture(
            views,
            checks,
            views
                .Select(v => v.Incident)
                .Distinct()
                .Select(incidents.Current.Find)
                .OfType<Incident>()
                .ToDictionary(i => i.Id, IncidentTrace.Of)
        );
    }

    private static string LineOf(Suspicion s) =>
        $"{AuditWords.Clock(s.At)}  {SuspicionWords.JaOf(s.Pattern)} / {SuspicionWords.EnOf(s.Pattern)}  {string.Create(CultureInfo.InvariantCulture, $"{s.Amount}")}  {string.Join(' ', new[] { s.Incident?.Value, s.Crew?.Value, s.Device?.Value }.OfType<string>())}  {string.Join(' ', s.Grants)}";

    private static string JsonOf(Suspicion s) =>
        JsonLine.Of(json =>
        {
            json.WriteString("pattern", SuspicionWords.CodeOf(s.Pattern));
            json.WriteString("ja", SuspicionWords.JaOf(s.Pattern));
            json.WriteString("at", s.At);
            json.WriteNumber("amount", s.Amount);
            json.WriteString("incident_id", s.Incident?.Value);
            json.WriteString("crew_id", s.Crew?.Value);
            json.WriteString("device_id", s.Device?.Value);
            json.WriteString("patient_ref", s.PatientRef?.Value);
            json.WriteNames("grant_ids", s.Grants.Select(g => g.Value));
            json.WriteNames("challenge_ids", s.Checks);
        });
}
