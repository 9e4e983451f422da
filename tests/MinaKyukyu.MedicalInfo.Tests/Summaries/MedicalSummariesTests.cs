using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.MedicalInfo.Summaries;
using MinaKyukyu.TestKit;
using static MinaKyukyu.MedicalInfo.Tests.Invented;

namespace MinaKyukyu.MedicalInfo.Tests.Summaries;

public sealed class MedicalSummariesTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly ScriptedSource _source = new();
    private MedicalSummaries? _made;

    private MedicalSummaries Summaries => _made ??= Invented.Summaries(_source, _time);

    public void Dispose() => _made?.Dispose();

    [Fact]
    public async Task Says_nothing_on_file_when_the_source_answers_without_rows()
    {
        List<SummaryEvent> events = await Summaries.ReadAll(Question());

        Assert.Equal(SummaryOutcome.NoRecord, events.End().Outcome);
        Assert.Equal(6, events.End().Summary.Sections.Count);
        Assert.All(
            events.End().Summary.Sections,
            s => Assert.Equal(SectionState.NothingOnFile, s.State)
        );
        Assert.All(events.End().Summary.Sections, s => Assert.Equal(Freshness.Fresh, s.Freshness));
    }

    [Fact]
    public async Task Ends_with_a_definite_word_when_the_source_hangs()
    {
        _source.HangsWholly();
        long asked = _time.GetTimestamp();
        Task<List<SummaryEvent>> reading = Summaries.ReadAll(Question());
        Assert.False(reading.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(1.9));

        List<SummaryEvent> events = await reading;
        Assert.True(_time.GetElapsedTime(asked) <= TimeSpan.FromSeconds(2));
        Assert.Equal(SummaryOutcome.Unavailable, events.End().Outcome);
        Assert.All(
            events.End().Summary.Sections,
            s =>
            {
                Assert.Equal(SectionState.Unavailable, s.State);
                Assert.Equal(UnavailableReason.NoAnswer, s.Reason);
                Assert.Equal(Freshness.Unknown, s.Freshness);
            }
        );
    }

    [Fact]
    public async Task Shows_what_arrived_when_one_kind_hangs_and_says_what_is_missing()
    {
        _source.Answers(RecordKind.ClaimedMedicines, Found(Medicine("3332001F1024", 10, 10)));
        _source.Holds(RecordKind.DispensedMedicines);
        Task<List<SummaryEvent>> reading = Summaries.ReadAll(Question());

        _time.Advance(TimeSpan.FromSeconds(2));

        List<SummaryEvent> events = await reading;
        SummarySection medicines = events.Section(SectionKind.Medicines);
        Assert.Equal(SummaryOutcome.Partial, events.End().Outcome);
        Assert.Equal(SectionState.Rows, medicines.State);
        Assert.Equal(Freshness.Unknown, medicines.Freshness);
        Assert.Equal([RecordKind.DispensedMedicines], medicines.Missing);
        Assert.IsType<SummaryEvent.SectionArrived>(events[0]);
        Assert.Equal(SectionKind.Medicines, ((SummaryEvent.SectionArrived)events[^2]).Section.Kind);
    }

    [Fact]
    public async Task Shows_a_section_as_soon_as_it_is_there()
    {
        _source.HangsWholly();
        TaskCompletionSource<SourceAnswer> allergies = _source.Holds(RecordKind.Allergies);
        await using IAsyncEnumerator<SummaryEvent> reading = Summaries
            .ReadAsync(Question(), CancellationToken.None)
            .GetAsyncEnumerator();
        ValueTask<bool> first = reading.MoveNextAsync();
        Assert.False(first.IsCompleted);

        allergies.SetResult(Found(Row(RowKind.Allergy, text: "latex")));

        Assert.True(await first.AsTask().WaitAsync(TimeSpan.FromSeconds(10)));
        SummarySection arrived = Assert
            .IsType<SummaryEvent.SectionArrived>(reading.Current)
            .Section;
        Assert.Equal(SectionKind.Allergies, arrived.Kind);
        Assert.Equal("latex", Assert.Single(arrived.Rows).Text);
    }

    [Fact]
    public async Task What_arrives_after_the_word_is_there_at_the_second_reading()
    {
        TaskCompletionSource<SourceAnswer> late = _source.Holds(RecordKind.Allergies);
        Task<List<SummaryEvent>> first = Summaries.ReadAll(Question());
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(SectionState.Unavailable, (await first).Section(SectionKind.Allergies).State);

        _time.Advance(TimeSpan.FromSeconds(3));
        late.SetResult(Found(Row(RowKind.Allergy, text: "latex")));
        List<SummaryEvent> second = await Summaries.ReadAll(Question());

        Assert.Equal("latex", Assert.Single(second.Section(SectionKind.Allergies).Rows).Text);
        Assert.Equal(1, _source.Asked.Count(k => k == RecordKind.Allergies));
    }

    [Fact]
    public async Task The_fetch_is_given_up_after_eight_seconds()
    {
        _source.Holds(RecordKind.Allergies);
        Task<List<SummaryEvent>> first = Summaries.ReadAll(Question());
        _time.Advance(TimeSpan.FromSeconds(2));
        await first;

        _time.Advance(TimeSpan.FromSeconds(6));
        _source.Answers(RecordKind.Allergies, Found(Row(RowKind.Allergy)));
        List<SummaryEvent> second = await ReadUntil(SectionKind.Allergies, SectionState.Rows);

        Assert.Equal(SectionState.Rows, second.Section(SectionKind.Allergies).State);
        Assert.Equal(2, _source.Asked.Count(k => k == RecordKind.Allergies));
    }

    [Fact]
    public async Task Two_readers_at_once_cost_one_request_of_each_kind()
    {
        _source.Holds(RecordKind.Visits).TrySetResult(Found(Row(RowKind.Visit)));
        TaskCompletionSource<SourceAnswer> held = _source.Holds(RecordKind.Conditions);
        Task<List<SummaryEvent>> one = Summaries.ReadAll(Question());
        Task<List<SummaryEvent>> two = Summaries.ReadAll(Question());

        held.SetResult(Found(Row(RowKind.Condition)));
        await Task.WhenAll(one, two);

        Assert.Equal(8, _source.Asked.Count);
        Assert.Equal(8, _source.Asked.Distinct().Count());
    }

    [Fact]
    public async Task Two_incidents_of_one_patient_share_nothing()
    {
        await Summaries.ReadAll(Question(incident: "incident-1"));
        await Summaries.ReadAll(Question(incident: "incident-2"));

        Assert.Equal(16, _source.Asked.Count);
    }

    [Fact]
    public async Task A_second_reading_comes_from_the_cache_with_its_true_age()
    {
        _source.Answers(RecordKind.Visits, Found(Row(RowKind.Visit)));
        DateTimeOffset asked = _time.GetUtcNow();
        await Summaries.ReadAll(Question());
        _time.Advance(TimeSpan.FromMinutes(7));

        SummarySection visits = (await Summaries.ReadAll(Question())).Section(SectionKind.Visits);

        Assert.Equal(8, _source.Asked.Count);
        Assert.Equal(TimeSpan.FromMinutes(7), visits.Age);
        Assert.Equal(asked, visits.AsOf);
        Assert.Equal(Freshness.Fresh, visits.Freshness);
    }

    [Fact]
    public async Task The_age_stays_true_when_the_wall_clock_jumps()
    {
        await Summaries.ReadAll(Question());
        _time.Advance(TimeSpan.FromMinutes(3));
        _time.JumpWall(TimeSpan.FromHours(-5));

        SummarySection visits = (await Summaries.ReadAll(Question())).Section(SectionKind.Visits);

        Assert.Equal(TimeSpan.FromMinutes(3), visits.Age);
    }

    [Fact]
    public async Task An_old_answer_is_shown_as_stale_when_the_source_hangs_now()
    {
        _source.Answers(RecordKind.Visits, Found(Row(RowKind.Visit)));
        await Summaries.ReadAll(Question());
        _time.Advance(TimeSpan.FromMinutes(30));
        _source.HangsWholly();

        Task<List<SummaryEvent>> reading = Summaries.ReadAll(Question());
        _time.Advance(TimeSpan.FromSeconds(2));
        List<SummaryEvent> events = await reading;

        SummarySection visits = events.Section(SectionKind.Visits);
        Assert.Equal(SectionState.Rows, visits.State);
        Assert.Equal(Freshness.Stale, visits.Freshness);
        Assert.Equal(TimeSpan.FromMinutes(30) + TimeSpan.FromSeconds(1.9), visits.Age);
        Assert.Equal(SummaryOutcome.Partial, events.End().Outcome);
    }

    [Fact]
    public async Task An_old_answer_is_replaced_when_the_source_answers_now()
    {
        _source.Answers(RecordKind.Visits, Found(Row(RowKind.Visit, text: "old")));
        await Summaries.ReadAll(Question());
        _time.Advance(TimeSpan.FromMinutes(30));
        _source.Answers(RecordKind.Visits, Found(Row(RowKind.Visit, text: "new")));

        SummarySection visits = (await Summaries.ReadAll(Question())).Section(SectionKind.Visits);

        Assert.Equal("new", Assert.Single(visits.Rows).Text);
        Assert.Equal(Freshness.Fresh, visits.Freshness);
    }

    [Fact]
    public async Task An_emergency_read_opens_allergies_medicines_dialysis_and_surgery_alone()
    {
        _source.Answers(
            RecordKind.Procedures,
            Found(Row(RowKind.Dialysis), Row(RowKind.Surgery), Row(RowKind.Treatment))
        );
        List<SummaryEvent> events = await Summaries.ReadAll(Question(GrantScope.EmergencyItems));

        Assert.Equal(
            [SectionKind.Risks, SectionKind.Medicines, SectionKind.Allergies],
            events.End().Summary.Sections.Select(s => s.Kind)
        );
        Assert.Equal(
            [RowKind.Dialysis, RowKind.Surgery],
            events.Section(SectionKind.Risks).Rows.Select(r => r.Kind)
        );
        Assert.DoesNotContain(RecordKind.Conditions, _source.Asked);
        Assert.DoesNotContain(RecordKind.Visits, _source.Asked);
    }

    [Fact]
    public async Task A_quarantined_answer_is_not_shown_and_not_kept()
    {
        _source.Answers(RecordKind.Conditions, new SourceAnswer.Mismatch());
        List<SummaryEvent> events = await Summaries.ReadAll(Question());
        await Summaries.ReadAll(Question());

        SummarySection conditions = events.Section(SectionKind.Conditions);
        Assert.Equal(SectionState.Unavailable, conditions.State);
        Assert.Equal(UnavailableReason.Quarantined, conditions.Reason);
        Assert.Equal(2, _source.Asked.Count(k => k == RecordKind.Conditions));
    }

    [Fact]
    public async Task After_handover_nothing_can_be_read_and_nothing_is_asked()
    {
        _source.Answers(RecordKind.Visits, Found(Row(RowKind.Visit)));
        await Summaries.ReadAll(Question());
        await Summaries.ForgetAsync(Incident, CancellationToken.None);

        List<SummaryEvent> events = await Summaries.ReadAll(Question());

        Assert.Equal(SummaryOutcome.Unavailable, events.End().Outcome);
        Assert.Equal(UnavailableReason.Purged, events.Section(SectionKind.Visits).Reason);
        Assert.Equal(8, _source.Asked.Count);
    }

    [Fact]
    public async Task Purging_one_patient_leaves_the_other_of_the_same_incident()
    {
        await Summaries.ReadAll(Question(patient: "patient-1"));
        await Summaries.ReadAll(Question(patient: "patient-2"));

        await Summaries.ForgetAsync(Incident, Patient, CancellationToken.None);

        List<SummaryEvent> purged = await Summaries.ReadAll(Question(patient: "patient-1"));
        List<SummaryEvent> other = await Summaries.ReadAll(Question(patient: "patient-2"));
        Assert.Equal(SummaryOutcome.Unavailable, purged.End().Outcome);
        Assert.Equal(SummaryOutcome.NoRecord, other.End().Outcome);
        Assert.Equal(16, _source.Asked.Count);
    }

    [Fact]
    public async Task A_fetch_that_lands_after_the_purge_leaves_nothing_behind()
    {
        OpenCache second = new();
        using MedicalSummaries summaries = Invented.Summaries(_source, _time, second);
        _source.HangsWholly();
        TaskCompletionSource<SourceAnswer> late = _source.Holds(RecordKind.Visits);
        Task<List<SummaryEvent>> reading = summaries.ReadAll(Question());
        await summaries.ForgetAsync(Incident, CancellationToken.None);
        late.TrySetResult(Found(Row(RowKind.Visit)));
        _time.Advance(TimeSpan.FromSeconds(2));

        List<SummaryEvent> events = await reading;

        Assert.Equal(SummaryOutcome.Unavailable, events.End().Outcome);
        Assert.Empty(second.Entries);
    }

    [Fact]
    public async Task A_reader_that_leaves_does_not_break_off_the_fetch()
    {
        TaskCompletionSource<SourceAnswer> held = _source.Holds(RecordKind.Visits);
        using CancellationTokenSource leaves = new();
        Task reading = Task.Run(async () =>
        {
            await foreach (SummaryEvent _ in Summaries.ReadAsync(Question(), leaves.Token)) { }
        });
        while (!_source.Asked.Contains(RecordKind.Visits))
        {
            await Task.Yield();
        }

        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            reading.WaitAsync(TimeSpan.FromSeconds(10))
        );
        held.SetResult(Found(Row(RowKind.Visit)));
        await ReadUntil(SectionKind.Visits, SectionState.Rows);

        Assert.Equal(1, _source.Asked.Count(k => k == RecordKind.Visits));
    }

    [Fact]
    public async Task The_rows_of_the_end_are_the_rows_that_arrived()
    {
        _source.Answers(RecordKind.Visits, Found(Row(RowKind.Visit)));
        List<SummaryEvent> events = await Summaries.ReadAll(Question());

        Assert.Equal(
            events
                .OfType<SummaryEvent.SectionArrived>()
                .Select(e => e.Section)
                .OrderBy(s => s.Kind),
            events.End().Summary.Sections
        );
    }

    private async Task<List<SummaryEvent>> ReadUntil(SectionKind section, SectionState state)
    {
        while (true)
        {
            List<SummaryEvent> events = await Summaries.ReadAll(Question());
            if (events.Section(section).State == state)
            {
                return events;
            }
        }
    }
}
