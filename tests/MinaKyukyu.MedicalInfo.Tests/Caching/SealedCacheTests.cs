using System.Text;
using MinaKyukyu.MedicalInfo.Caching;
using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.MedicalInfo.Summaries;
using MinaKyukyu.TestKit;
using static MinaKyukyu.MedicalInfo.Tests.Invented;

namespace MinaKyukyu.MedicalInfo.Tests.Caching;

public sealed class SealedCacheTests : IDisposable
{
    private const string Canary = "invented-canary";

    private readonly ManualTime _time = new();
    private readonly OpenCache _second = new();
    private readonly ScriptedSource _source = new();
    private readonly MedicalSummaries _summaries;

    public SealedCacheTests()
    {
        _source.Answers(RecordKind.Visits, Found(Row(RowKind.Visit, text: Canary)));
        _source.Answers(RecordKind.Conditions, Found(Row(RowKind.Condition, text: Canary)));
        // One entry in the first level, so that the second level has work.
        _summaries = Invented.Summaries(
            _source,
            _time,
            _second,
            new MedicalInfoOptions { FirstLevelEntries = 1 }
        );
    }

    public void Dispose() => _summaries.Dispose();

    [Fact]
    public async Task No_plain_medical_text_reaches_the_cache_port()
    {
        await _summaries.ReadAll(Question());

        Assert.Equal(8, _second.Entries.Count);
        foreach ((string name, byte[] entry) in _second.Entries)
        {
            string seen = name + Encoding.Latin1.GetString(entry);
            Assert.DoesNotContain(Canary, seen, StringComparison.Ordinal);
            Assert.DoesNotContain("patient-1", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("incident-1", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("invented-handle", seen, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_second_level_saves_the_request()
    {
        await _summaries.ReadAll(Question());
        List<SummaryEvent> again = await _summaries.ReadAll(Question());

        Assert.Equal(8, _source.Asked.Count);
        Assert.Equal(Canary, Assert.Single(again.Section(SectionKind.Visits).Rows).Text);
    }

    [Fact]
    public async Task A_cache_entry_moved_to_another_incident_is_a_miss()
    {
        await _summaries.ReadAll(Question(incident: "incident-1"));
        List<string> first = [.. _second.Entries.Keys];
        await _summaries.ReadAll(Question(incident: "incident-2"));
        byte[] foreign = _second.Entries[first[0]];
        foreach (string name in _second.Entries.Keys.Except(first))
        {
            _second.Entries[name] = foreign;
        }

        List<SummaryEvent> again = await _summaries.ReadAll(Question(incident: "incident-2"));

        Assert.Equal(8 + 8 + 8, _source.Asked.Count);
        Assert.Equal(SummaryOutcome.Complete, again.End().Outcome);
    }

    [Fact]
    public async Task A_tampered_cache_entry_is_a_miss()
    {
        await _summaries.ReadAll(Question());
        foreach (byte[] entry in _second.Entries.Values)
        {
            entry[^1] ^= 0x40;
        }

        List<SummaryEvent> again = await _summaries.ReadAll(Question());

        Assert.True(_source.Asked.Count > 8);
        Assert.Equal(Canary, Assert.Single(again.Section(SectionKind.Visits).Rows).Text);
        Assert.Equal(SummaryOutcome.Complete, again.End().Outcome);
    }

    [Fact]
    public async Task An_entry_that_a_rolled_back_cache_brings_back_shows_its_true_age()
    {
        await _summaries.ReadAll(Question());
        Dictionary<string, byte[]> dump = new(_second.Entries);
        _time.Advance(TimeSpan.FromMinutes(20));
        await _summaries.ReadAll(Question());
        foreach ((string name, byte[] entry) in dump)
        {
            _second.Entries[name] = entry;
        }

        _source.HangsWholly();
        Task<List<SummaryEvent>> reading = _summaries.ReadAll(Question());
        _time.Advance(TimeSpan.FromSeconds(2));
        SummarySection conditions = (await reading).Section(SectionKind.Conditions);

        Assert.Equal(Freshness.Stale, conditions.Freshness);
        Assert.Equal(TimeSpan.FromMinutes(20) + TimeSpan.FromSeconds(1.9), conditions.Age);
    }

    [Fact]
    public async Task An_entry_past_its_life_is_a_miss_though_the_cache_still_has_it()
    {
        await _summaries.ReadAll(Question());
        _time.Advance(TimeSpan.FromHours(2));
        _source.HangsWholly();

        Task<List<SummaryEvent>> reading = _summaries.ReadAll(Question());
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(SummaryOutcome.Unavailable, (await reading).End().Outcome);
    }

    [Fact]
    public async Task Purging_removes_the_entries_and_what_a_dump_still_holds_never_opens()
    {
        await _summaries.ReadAll(Question());
        Dictionary<string, byte[]> dump = new(_second.Entries);

        await _summaries.ForgetAsync(Incident, CancellationToken.None);
        Assert.Empty(_second.Entries);
        foreach ((string name, byte[] entry) in dump)
        {
            _second.Entries[name] = entry;
        }

        Assert.Equal(
            SummaryOutcome.Unavailable,
            (await _summaries.ReadAll(Question())).End().Outcome
        );
    }

    [Fact]
    public async Task A_second_level_that_throws_changes_nothing_but_speed()
    {
        _second.Throws = new InvalidOperationException("invented");

        List<SummaryEvent> events = await _summaries.ReadAll(Question());

        Assert.Equal(SummaryOutcome.Complete, events.End().Outcome);
        await _summaries.ForgetAsync(Incident, CancellationToken.None);
    }

    [Fact]
    public async Task A_second_level_that_hangs_costs_fifty_milliseconds_and_then_nothing()
    {
        _second.Hangs = true;
        Task<List<SummaryEvent>> first = _summaries.ReadAll(Question());
        await AdvanceUntil(first);
        Assert.Equal(SummaryOutcome.Complete, (await first).End().Outcome);
        Task<List<SummaryEvent>> other = _summaries.ReadAll(Question(incident: "incident-2"));
        await AdvanceUntil(other);
        Assert.Equal(SummaryOutcome.Complete, (await other).End().Outcome);
        int calls = _second.Calls;

        // More than ten failures in a row: for five seconds it is not even asked.
        List<SummaryEvent> rested = await _summaries.ReadAll(Question(incident: "incident-3"));

        Assert.Equal(SummaryOutcome.Complete, rested.End().Outcome);
        Assert.Equal(calls, _second.Calls);

        _second.Hangs = false;
        _time.Advance(TimeSpan.FromSeconds(6));
        await _summaries.ReadAll(Question(incident: "incident-4"));
        Assert.True(_second.Calls > calls);
    }

    [Fact]
    public void The_first_level_drops_the_least_recently_used_first()
    {
        FirstLevel level = new(mostEntries: 2, mostBytes: 1_000, _time);
        level.Keep("a", [1], TimeSpan.FromHours(1));
        level.Keep("b", [2], TimeSpan.FromHours(1));
        Assert.NotNull(level.Find("a"));
        level.Keep("c", [3], TimeSpan.FromHours(1));

        Assert.Null(level.Find("b"));
        Assert.NotNull(level.Find("a"));
    }

    [Fact]
    public void The_first_level_is_bounded_in_bytes_and_in_time()
    {
        FirstLevel level = new(mostEntries: 100, mostBytes: 10, _time);
        level.Keep("a", new byte[6], TimeSpan.FromMinutes(1));
        level.Keep("b", new byte[6], TimeSpan.FromMinutes(1));
        Assert.Equal(1, level.Count);

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(level.Find("b"));
        Assert.Equal(0, level.Count);
    }

    /// <summary>Moves time on in steps of the cache's patience until the reading is done; the source itself answers at once.</summary>
    private async Task AdvanceUntil(Task reading)
    {
        for (int step = 0; step < 30 && !reading.IsCompleted; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.WhenAny(reading, Task.Delay(20));
        }
    }
}
