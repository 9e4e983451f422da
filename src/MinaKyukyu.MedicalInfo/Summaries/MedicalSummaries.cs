using System.Diagnostics;
using System.Runtime.CompilerServices;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.MedicalInfo.Caching;
using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.MedicalInfo.Sealing;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.MedicalInfo.Summaries;

/// <summary>What is known about this person (救急サマリー)? Opens only to a grant.</summary>
/// <remarks>Safe for use by several threads; one object for each node.</remarks>
public sealed class MedicalSummaries : IDisposable
{
    private readonly RecordFlights _flights;
    private readonly SummaryCache _cache;
    private readonly IncidentKeys _keys;
    private readonly MedicalInfoOptions _options;
    private readonly TimeProvider _time;

    internal MedicalSummaries(
        RecordFlights flights,
        SummaryCache cache,
        IncidentKeys keys,
        MedicalInfoOptions options,
        TimeProvider time
    )
    {
        _flights = flights;
        _cache = cache;
        _keys = keys;
        _options = options;
        _time = time;
    }

    /// <summary>Reads the sections that the grant opens, as they arrive, and then ends with a definite word.</summary>
    /// <param name="grant">Valid now: whoever calls has it checked by Authorization with each message; this room does not repeat that.</param>
    /// <param name="holderFirst">Whether the card's holder is asked for, and awaited for a while before anything is shown.</param>
    /// <param name="cancellation">Ends the reading, not the fetch behind it.</param>
    /// <returns>
    /// When asked for, one <see cref="SummaryEvent.HolderKnown"/>; then one <see cref="SummaryEvent.SectionArrived"/> for each section, then one <see cref="SummaryEvent.Ended"/>, within
    /// <see cref="MedicalInfoOptions.AnswerWithin"/>. What arrives later fills the cache and is there at the next reading.
    /// </returns>
    public IAsyncEnumerable<SummaryEvent> ReadAsync(
        AccessGrant grant,
        bool holderFirst,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(grant);
        return ReadAsync(
            new SummaryQuestion(
                grant.Incident,
                grant.PatientRef,
                grant.Scope,
                grant.Record.Reveal,
                holderFirst
            ),
            cancellation
        );
    }

    /// <summary>A new grant begins anew: what was purged before stays gone, and what is read from now on may be kept again.</summary>
    public void Begin(AccessGrant grant)
    {
        ArgumentNullException.ThrowIfNull(grant);
        _keys.Reopen(grant.Incident, grant.PatientRef);
    }

    /// <summary>Purges everything about an incident: keys destroyed, entries removed, fetches broken off (引継ぎ・事案終了).</summary>
    /// <remarks>The keys are destroyed before this returns, whether or not any cache can be reached.</remarks>
    public ValueTask ForgetAsync(IncidentId incident, CancellationToken cancellation) =>
        PurgeAsync(incident, patient: null, cancellation);

    /// <summary>Purges one patient of an incident that goes on for others.</summary>
    public ValueTask ForgetAsync(
        IncidentId incident,
        PatientRef patient,
        CancellationToken cancellation
    ) => PurgeAsync(incident, patient, cancellation);

    public void Dispose() => _flights.Dispose();

    internal async IAsyncEnumerable<SummaryEvent> ReadAsync(
        SummaryQuestion question,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        long start = _time.GetTimestamp();
        using Activity? activity = MedicalInfoTelemetry.Source.StartActivity("ReadSummary");
        activity?.SetTag("mina.patient_ref", question.Patient.Value);
        using CancellationTokenSource leaving = CancellationTokenSource.CreateLinkedTokenSource(
            cancellation
        );
        Task late = Task.Delay(_options.AnswerWithin, _time, leaving.Token);
        SummaryReading reading = new(Board(question), _options, _time);

        if (question.HolderFirst)
        {
            yield return new SummaryEvent.HolderKnown(
                await reading.FindHolderAsync(
                    Task.Delay(_options.HolderWithin, _time, leaving.Token)
                )
            );
        }

        List<SummarySection> shown = [];
        List<SectionKind> open = [.. Sections.Of(question.Scope)];
        while (open.Count > 0)
        {
            bool isLate = !await reading.WaitForOneAsync(open, late);
            cancellation.ThrowIfCancellationRequested();
            foreach (SectionKind kind in open.Where(k => isLate || reading.IsReady(k)).ToList())
            {
                open.Remove(kind);
                SummarySection section = reading.Show(
                    kind,
                    _keys.IsPurged(question.Incident, question.Patient)
                );
                MedicalInfoTelemetry.CountSection(Sections.NameOf(kind), section.State.ToString());
                shown.Add(section);
                yield return new SummaryEvent.SectionArrived(section);
            }
        }

        await leaving.CancelAsync();
        MedicalSummary summary = new([.. shown.OrderBy(s => s.Kind)]);
        SummaryOutcome outcome = Outcomes.Of(summary);
        activity?.SetTag("mina.outcome", outcome.ToString());
        MedicalInfoTelemetry.CountSummary(outcome.ToString(), _time.GetElapsedTime(start));
        yield return new SummaryEvent.Ended(outcome, summary);
    }

    /// <summary>Joins or starts one fetch for each kind of record that the scope needs; none when the data were purged.</summary>
    private Dictionary<RecordKind, RecordFlight> Board(SummaryQuestion question) =>
        _keys.IsPurged(question.Incident, question.Patient)
            ? []
            : RecordsOf(question)
                .ToDictionary(
                    kind => kind,
                    kind =>
                        _flights.Join(question.Incident, question.Patient, kind, question.Reveal)
                );

    private static IEnumerable<RecordKind> RecordsOf(SummaryQuestion question)
    {
        IEnumerable<RecordKind> ofSections = Sections
            .Of(question.Scope)
            .SelectMany(Sections.RecordsOf)
            .Distinct();
        return question.HolderFirst ? ofSections.Prepend(RecordKind.Holder) : ofSections;
    }

    private ValueTask PurgeAsync(
        IncidentId incident,
        PatientRef? patient,
        CancellationToken cancellation
    )
    {
        ValueTask forgetting = _cache.ForgetAsync(incident, patient, cancellation);
        _flights.Cancel(incident, patient);
        return forgetting;
    }
}

/// <summary>What a grant comes down to for this room.</summary>
internal sealed record SummaryQuestion(
    IncidentId Incident,
    PatientRef Patient,
    GrantScope Scope,
    Func<string> Reveal,
    bool HolderFirst = false
);
