using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.MedicalInfo.Needs;
using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.MedicalInfo.Sources;
using MinaKyukyu.MedicalInfo.Summaries;
using MinaKyukyu.StandIn.Records;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.MedicalInfo.Tests.StandIn;

/// <summary>Adapter and stand-in over real HTTP on loopback.</summary>
public sealed class FhirOverTheWireTests
{
    [Theory]
    [InlineData(1, false, CareNeeds.Dialysis)]
    [InlineData(2, false, CareNeeds.Obstetrics)]
    [InlineData(3, true, CareNeeds.Neurosurgery)]
    [InlineData(3, false, CareNeeds.None)]
    [InlineData(11, false, CareNeeds.Dialysis)]
    [InlineData(6, true, CareNeeds.None)]
    public async Task A_synthetic_patient_gives_the_care_need_of_its_kind(
        int patient,
        bool hasHeadInjury,
        CareNeeds expected
    )
    {
        List<SummaryEvent> events = await Read(patient);

        Assert.Equal(SummaryOutcome.Complete, events.End().Outcome);
        Assert.All(events.End().Summary.Sections, s => Assert.True(s.IsSimulated));
        IReadOnlyList<CareNeedFinding> findings = CareNeedRules.Evaluate(
            events.End().Summary,
            hasHeadInjury,
            RecordDate.DayInJapan(TimeProvider.System.GetUtcNow())
        );
        Assert.Equal(expected, findings.Aggregate(CareNeeds.None, (all, f) => all | f.Need));
    }

    [Theory]
    // Patient 2 is pregnant; patient 5 is one of the old.
    [InlineData(2, "female", 22, 38)]
    [InlineData(5, "male", 66, 90)]
    public async Task The_holder_is_told_by_sex_and_birth_alone(
        int patient,
        string sex,
        int youngest,
        int oldest
    )
    {
        await using StandInRecords records = await StandInRecords.StartAsync();
        using FhirRecordSource source = records.Source();
        SourceAnswer answer = await source.FetchAsync(
            new RecordQuery(
                RecordKind.Holder,
                Invented.Patient,
                () => FormattableString.Invariant($"handle-{patient}")
            ),
            CancellationToken.None
        );

        SourceRow row = Assert.Single(Assert.IsType<SourceAnswer.Found>(answer).Rows);
        Assert.Equal((RowKind.Holder, sex, sex), (row.Kind, row.Text, row.Code));
        int years =
            RecordDate.DayInJapan(TimeProvider.System.GetUtcNow()).Year - row.On!.Value.Year;
        Assert.InRange(years, youngest, oldest + 1);
        Assert.Equal(("", "", ""), (row.InstitutionName, row.Detail, row.PrescriberInstitution));
    }

    [Fact]
    public async Task Nothing_on_file_is_the_answer_for_the_fourth_patient_and_for_a_stranger()
    {
        Assert.Equal(SummaryOutcome.NoRecord, (await Read(4)).End().Outcome);
        await using StandInRecords records = await StandInRecords.StartAsync();

        List<SummaryEvent> stranger = await Read(records, "not-registered");

        Assert.Equal(SummaryOutcome.NoRecord, stranger.End().Outcome);
        Assert.Equal(8, records.Counted);
    }

    [Fact]
    public async Task What_may_go_to_nobody_is_not_there_and_what_the_patient_was_not_told_is_marked()
    {
        IReadOnlyList<SummaryRow> conditions = (await Read(3)).Section(SectionKind.Conditions).Rows;

        Assert.DoesNotContain(conditions, r => r.Text.Contains("未提供", StringComparison.Ordinal));
        Assert.Single(
            conditions,
            r => r.PatientNotTold && r.Text.Contains("未告知", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task One_prescription_that_arrives_three_times_is_current_once()
    {
        IReadOnlyList<SummaryRow> medicines = (await Read(3)).Section(SectionKind.Medicines).Rows;
        List<SummaryRow> thrice = [.. medicines.Where(r => r.Code == "3339004F1020")];

        Assert.Equal(3, thrice.Count);
        Assert.Equal(RecordOrigin.Claims, Assert.Single(thrice, r => !r.Superseded).Source);
    }

    [Fact]
    public async Task The_same_patient_is_the_same_at_every_reading()
    {
        await using StandInRecords records = await StandInRecords.StartAsync();
        string first = string.Join('\n', Texts(await Read(records, "handle-17", "incident-1")));
        string second = string.Join('\n', Texts(await Read(records, "handle-17", "incident-2")));

        Assert.Equal(first, second);
        Assert.NotEmpty(first);
    }

    [Theory]
    [InlineData(RecordFault.Error, UnavailableReason.Failed)]
    [InlineData(RecordFault.Hang, UnavailableReason.NoAnswer)]
    [InlineData(RecordFault.SlowDrip, UnavailableReason.NoAnswer)]
    [InlineData(RecordFault.Swap, UnavailableReason.Quarantined)]
    [InlineData(RecordFault.Replay, UnavailableReason.Quarantined)]
    public async Task A_fault_of_one_kind_is_told_and_the_rest_is_shown(
        RecordFault fault,
        UnavailableReason reason
    )
    {
        await using StandInRecords records = await StandInRecords.StartAsync(o =>
            o.AnswerWithin = TimeSpan.FromMilliseconds(600)
        );
        records.Faults.Set(fault, patient: 1, "Condition");

        List<SummaryEvent> events = await Read(records, "handle-1");

        Assert.Equal(SummaryOutcome.Partial, events.End().Outcome);
        Assert.Equal(reason, events.Section(SectionKind.Conditions).Reason);
        Assert.Empty(events.Section(SectionKind.Conditions).Rows);
        Assert.Equal(SectionState.Rows, events.Section(SectionKind.Risks).State);
    }

    [Fact]
    public async Task Faults_are_switched_over_the_wire()
    {
        await using StandInRecords records = await StandInRecords.StartAsync();
        using HttpClient admin = new() { BaseAddress = records.Address };

        using HttpResponseMessage on = await admin.PostAsJsonAsync(
            "records/faults",
            new { fault = "error" }
        );
        List<SummaryEvent> broken = await Read(records, "handle-1");
        using HttpResponseMessage off = await admin.PostAsJsonAsync(
            "records/faults",
            new { fault = "none" }
        );
        using HttpResponseMessage nonsense = await admin.PostAsJsonAsync(
            "records/faults",
            new { fault = "explode" }
        );

        Assert.Equal(HttpStatusCode.NoContent, on.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, off.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, nonsense.StatusCode);
        Assert.Equal(SummaryOutcome.Unavailable, broken.End().Outcome);
        Assert.Equal(SummaryOutcome.Complete, (await Read(records, "handle-1")).End().Outcome);
    }

    [Fact]
    public async Task The_handle_stands_in_no_url_and_one_trace_reaches_the_source()
    {
        List<string> tagged = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = s =>
                s.Name is "MinaKyukyu.MedicalInfo" or "System.Net.Http" or "a tap",
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = a =>
            {
                lock (tagged)
                {
                    tagged.AddRange(a.TagObjects.Select(t => $"{t.Key}={t.Value}"));
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using StandInRecords records = await StandInRecords.StartAsync();
        using ActivitySource taps = new("a tap");
        using Activity tap = taps.StartActivity("tap")!;

        await Read(records, "handle-1");

        Assert.Equal(8, records.Seen.Count);
        Assert.All(
            records.Seen,
            seen =>
            {
                Assert.DoesNotContain("handle-1", seen.Path, StringComparison.Ordinal);
                Assert.Contains(
                    tap.TraceId.ToHexString(),
                    seen.TraceParent,
                    StringComparison.Ordinal
                );
            }
        );
        lock (tagged)
        {
            Assert.Contains("mina.patient_ref=patient-1", tagged);
            Assert.DoesNotContain(tagged, t => t.Contains("handle-1", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task After_ten_failures_the_source_rests_and_one_probe_wakes_it()
    {
        await using StandInRecords records = await StandInRecords.StartAsync(o =>
            o.SourceRest = TimeSpan.FromMilliseconds(500)
        );
        records.Faults.Set(RecordFault.Error, null, null);
        using FhirRecordSource source = records.Source();
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(UnavailableReason.Failed, await Ask(source));
        }

        long asked = records.Counted;
        Assert.Equal(UnavailableReason.Resting, await Ask(source));
        Assert.Equal(asked, records.Counted);

        records.Faults.Set(RecordFault.None, null, null);
        long since = TimeProvider.System.GetTimestamp();
        UnavailableReason? answer;
        do
        {
            await Task.Delay(50);
            answer = await Ask(source);
        } while (
            answer is not null
            && TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(10)
        );
        Assert.Null(answer);
    }

    [Fact]
    public async Task An_answer_beyond_the_bound_is_not_read()
    {
        await using StandInRecords records = await StandInRecords.StartAsync(o =>
            o.LargestAnswerBytes = 4_096
        );
        using FhirRecordSource source = records.Source();

        Assert.Equal(UnavailableReason.TooLarge, await Ask(source));
    }

    [Fact]
    public async Task One_more_than_may_wait_is_told_busy_at_once()
    {
        await using StandInRecords records = await StandInRecords.StartAsync(o =>
        {
            o.RequestsUnderWay = 1;
            o.RequestsWaiting = 1;
        });
        records.Faults.Set(RecordFault.Hang, null, null);
        using FhirRecordSource source = records.Source();
        using CancellationTokenSource enough = new();
        Task<SourceAnswer> first = source.FetchAsync(Query(), enough.Token);
        Task<SourceAnswer> waits = source.FetchAsync(Query(), enough.Token);

        Assert.Equal(UnavailableReason.Busy, await Ask(source));

        await enough.CancelAsync();
        Assert.IsType<SourceAnswer.Unavailable>(await first);
        Assert.IsType<SourceAnswer.Unavailable>(await waits);
    }

    [Fact]
    public async Task A_source_that_is_not_there_is_unavailable()
    {
        StandInRecords records = await StandInRecords.StartAsync();
        using FhirRecordSource source = records.Source();
        await records.DisposeAsync();

        Assert.Equal(UnavailableReason.Failed, await Ask(source));
    }

    [Fact]
    public void Everything_that_the_stand_in_writes_is_marked_as_simulated()
    {
        SyntheticRecords records = new(20260401, TimeProvider.System);
        string[] types =
        [
            "Patient",
            "Procedure",
            "MedicationStatement",
            "MedicationDispense",
            "MedicationRequest",
            "AllergyIntolerance",
            "Condition",
            "Observation",
            "Encounter",
        ];
        int written = 0;
        for (int patient = 1; patient <= 60; patient++)
        {
            foreach (JsonObject resource in types.SelectMany(t => records.List(patient, t)))
            {
                written++;
                Assert.Contains(
                    "模擬",
                    resource["meta"]!["tag"]!.ToJsonString(Relaxed),
                    StringComparison.Ordinal
                );
                Assert.StartsWith(
                    "http://jpfhir.jp/fhir/",
                    (string?)resource["meta"]!["profile"]![0],
                    StringComparison.Ordinal
                );
            }
        }

        Assert.True(written > 400, $"{written} resources");
    }

    private static System.Text.Json.JsonSerializerOptions Relaxed { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static IEnumerable<string> Texts(List<SummaryEvent> events) =>
        events
            .End()
            .Summary.Sections.SelectMany(s => s.Rows)
            .Select(r => $"{r.RowId} {r.Text} {r.AsOf}");

    private static RecordQuery Query() =>
        new(RecordKind.Procedures, Invented.Patient, () => "handle-1");

    private static async Task<UnavailableReason?> Ask(FhirRecordSource source) =>
        await source.FetchAsync(Query(), CancellationToken.None)
            is SourceAnswer.Unavailable(var reason)
            ? reason
            : null;

    private static async Task<List<SummaryEvent>> Read(int patient)
    {
        await using StandInRecords records = await StandInRecords.StartAsync();
        return await Read(records, FormattableString.Invariant($"handle-{patient}"));
    }

    private static async Task<List<SummaryEvent>> Read(
        StandInRecords records,
        string handle,
        string incident = "incident-1"
    )
    {
        using FhirRecordSource source = records.Source();
        using MedicalSummaries summaries = Invented.Summaries(
            source,
            TimeProvider.System,
            options: records.Options
        );
        return await summaries.ReadAll(
            new SummaryQuestion(
                new IncidentId(incident),
                Invented.Patient,
                GrantScope.Summary,
                () => handle
            )
        );
    }
}
