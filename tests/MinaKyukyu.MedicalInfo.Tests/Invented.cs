using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.MedicalInfo.Summaries;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.MedicalInfo.Tests;

/// <summary>Invented rows and questions, so that a test shows only what it is about.</summary>
internal static class Invented
{
    public const string Yj = "http://capstandard.jp/iyaku.info/CodeSystem/YJ-code";
    public const string Fee = "urn:mina:fhir:fee-schedule-item";
    public const string Icd = "http://hl7.org/fhir/sid/icd-10";
    public const string Snomed = "http://snomed.info/sct";
    public const string Clinic = "9910000002";
    public const string OtherClinic = "9910000009";
    public const string Pharmacy = "9940000001";

    /// <summary>The day in Japan when <see cref="ManualTime"/> starts.</summary>
    public static readonly DateOnly Today = new(2026, 4, 1);

    public static readonly IncidentId Incident = new("incident-1");
    public static readonly PatientRef Patient = new("patient-1");

    public static SourceRow Row(
        RowKind kind,
        string code = "",
        string system = "",
        int daysAgo = 1,
        string text = "invented"
    ) =>
        new(
            kind,
            text,
            code,
            system,
            RecordDate.From(Today.AddDays(-daysAgo)),
            null,
            "",
            "",
            "",
            "",
            PatientNotTold: false,
            IsKeptLonger: false,
            IsOver: false
        );

    public static SourceRow Medicine(
        string code,
        int? dispensedDaysAgo,
        int prescribedDaysAgo,
        string prescriber = Clinic,
        string other = Pharmacy
    ) =>
        Row(RowKind.Medicine, code, Yj, text: "medicine " + code) with
        {
            On = dispensedDaysAgo is { } d ? RecordDate.From(Today.AddDays(-d)) : null,
            PrescribedOn = RecordDate.From(Today.AddDays(-prescribedDaysAgo)),
            PrescriberInstitution = prescriber,
            OtherInstitution = other,
        };

    public static SourceAnswer.Found Found(params SourceRow[] rows) =>
        new(rows, IsWhole: true, IsSimulated: true);

    public static SummaryQuestion Question(
        GrantScope scope = GrantScope.Summary,
        string incident = "incident-1",
        string patient = "patient-1"
    ) => new(new IncidentId(incident), new PatientRef(patient), scope, () => "invented-handle");

    public static MedicalSummaries Summaries(
        IRecordSource source,
        TimeProvider time,
        IDistributedCache? second = null,
        MedicalInfoOptions? options = null
    ) =>
        MedicalInfoModule.Build(
            source,
            second,
            options ?? new MedicalInfoOptions(),
            time,
            NullLoggerFactory.Instance
        );

    /// <summary>Reads to the end; a reading that never ends fails the test after ten real seconds instead of hanging it.</summary>
    public static Task<List<SummaryEvent>> ReadAll(
        this MedicalSummaries summaries,
        SummaryQuestion question
    ) => ReadAll(summaries.ReadAsync(question, CancellationToken.None));

    /// <inheritdoc cref="ReadAll(MedicalSummaries, SummaryQuestion)"/>
    public static Task<List<SummaryEvent>> ReadAll(
        this MedicalSummaries summaries,
        AccessGrant grant
    ) => ReadAll(summaries.ReadAsync(grant, holderFirst: false, CancellationToken.None));

    private static Task<List<SummaryEvent>> ReadAll(IAsyncEnumerable<SummaryEvent> reading)
    {
        // A clock that a test holds brings no deadline: this patience ends only what would never end.
        return Collect().WaitAsync(TimeSpan.FromMinutes(1));

        async Task<List<SummaryEvent>> Collect()
        {
            List<SummaryEvent> events = [];
            await foreach (SummaryEvent one in reading)
            {
                events.Add(one);
            }

            return events;
        }
    }

    public static SummaryEvent.Ended End(this List<SummaryEvent> events) =>
        Assert.IsType<SummaryEvent.Ended>(events[^1]);

    public static SummarySection Section(this List<SummaryEvent> events, SectionKind kind) =>
        Assert.Single(events.End().Summary.Sections, s => s.Kind == kind);
}

/// <summary>A source whose answers a test decides, and when they come.</summary>
internal sealed class ScriptedSource : IRecordSource
{
    private readonly Dictionary<RecordKind, Func<Task<SourceAnswer>>> _script = [];
    private readonly Lock _gate = new();

    public CardLevel LeastLevel => CardLevel.CertificateRead;

    public List<RecordKind> Asked { get; } = [];

    public ScriptedSource Answers(RecordKind kind, SourceAnswer answer)
    {
        _script[kind] = () => Task.FromResult(answer);
        return this;
    }

    /// <summary>Does not answer until the returned source is completed.</summary>
    public TaskCompletionSource<SourceAnswer> Holds(RecordKind kind)
    {
        TaskCompletionSource<SourceAnswer> held = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        _script[kind] = () => held.Task;
        return held;
    }

    public void HangsWholly()
    {
        foreach (RecordKind kind in Enum.GetValues<RecordKind>())
        {
            Holds(kind);
        }
    }

    public async Task<SourceAnswer> FetchAsync(RecordQuery query, CancellationToken cancellation)
    {
        lock (_gate)
        {
            Asked.Add(query.Kind);
        }

        try
        {
            return _script.TryGetValue(query.Kind, out Func<Task<SourceAnswer>>? answer)
                ? await answer().WaitAsync(cancellation)
                : new SourceAnswer.Nothing(IsSimulated: true);
        }
        catch (OperationCanceledException)
        {
            return new SourceAnswer.Unavailable(UnavailableReason.NoAnswer);
        }
    }
}

/// <summary>A distributed cache in memory that shows a test every byte it was given.</summary>
internal sealed class OpenCache : IDistributedCache
{
    public System.Collections.Concurrent.ConcurrentDictionary<string, byte[]> Entries { get; } =
        new();

    public Exception? Throws { get; set; }

    public bool Hangs { get; set; }

    public int Calls { get; private set; }

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        await TroubleAsync();
        return Entries.GetValueOrDefault(key);
    }

    public async Task SetAsync(
        string key,
        byte[] value,
        DistributedCacheEntryOptions options,
        CancellationToken token = default
    )
    {
        await TroubleAsync();
        Entries[key] = value;
    }

    public async Task RemoveAsync(string key, CancellationToken token = default)
    {
        await TroubleAsync();
        Entries.TryRemove(key, out _);
    }

    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    public byte[]? Get(string key) => throw new NotSupportedException();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) =>
        throw new NotSupportedException();

    public void Refresh(string key) => throw new NotSupportedException();

    public void Remove(string key) => throw new NotSupportedException();

    private Task TroubleAsync()
    {
        Calls++;
        return Throws is not null ? Task.FromException(Throws)
            : Hangs ? new TaskCompletionSource().Task
            : Task.CompletedTask;
    }
}
