using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.MedicalInfo.Summaries;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Incidents;
using static MinaKyukyu.MedicalInfo.Tests.Invented;

namespace MinaKyukyu.MedicalInfo.Tests.Summaries;

/// <summary>Who the card's holder is comes before the first section when it is asked for, and holds nothing up for long.</summary>
public sealed class HolderTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly ScriptedSource _source = new();
    private MedicalSummaries? _made;

    private MedicalSummaries Summaries => _made ??= Invented.Summaries(_source, _time);

    private static SummaryQuestion Asking => Question() with { HolderFirst = true };

    public void Dispose() => _made?.Dispose();

    [Fact]
    public async Task The_holder_comes_first_and_is_no_part_of_the_summary()
    {
        _source.Answers(RecordKind.Holder, Found(Holder("female", "1950-02-03")));
        List<SummaryEvent> events = await Summaries.ReadAll(Asking);
        DateOnly born = new(1950, 2, 3);
        Assert.Equal(
            new SummaryEvent.HolderKnown(
                new CardHolder(born, born, new Code(HolderComparison.Sexes, "female"))
            ),
            events[0]
        );
        Assert.Single(events.OfType<SummaryEvent.HolderKnown>());
        Assert.DoesNotContain(
            events.End().Summary.Sections.SelectMany(s => s.Rows),
            r => r.Kind == RowKind.Holder
        );
    }

    [Fact]
    public async Task Nobody_is_asked_about_the_holder_who_need_not_be_compared()
    {
        List<SummaryEvent> events = await Summaries.ReadAll(Question());
        Assert.DoesNotContain(RecordKind.Holder, _source.Asked);
        Assert.Empty(events.OfType<SummaryEvent.HolderKnown>());
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("unavailable")]
    [InlineData("two people")]
    public async Task A_holder_whom_the_source_does_not_tell_is_unknown(string what)
    {
        _source.Answers(
            RecordKind.Holder,
            what switch
            {
                "nothing" => new SourceAnswer.Nothing(IsSimulated: true),
                "unavailable" => new SourceAnswer.Unavailable(UnavailableReason.Failed),
                _ => Found(Holder("female", "1950-02-03"), Holder("male", "1980-02-03")),
            }
        );
        List<SummaryEvent> events = await Summaries.ReadAll(Asking);
        Assert.Equal(new SummaryEvent.HolderKnown(null), events[0]);
        Assert.Equal(6, events.End().Summary.Sections.Count);
    }

    [Fact]
    public async Task A_late_holder_holds_the_sections_up_for_a_second_and_a_half_and_no_longer()
    {
        _source.Holds(RecordKind.Holder);
        long asked = _time.GetTimestamp();
        Task<List<SummaryEvent>> reading = Summaries.ReadAll(Asking);
        _time.Advance(TimeSpan.FromMilliseconds(1499));
        Assert.False(reading.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        List<SummaryEvent> events = await reading;
        Assert.Equal(TimeSpan.FromMilliseconds(1500), _time.GetElapsedTime(asked));
        Assert.Equal(new SummaryEvent.HolderKnown(null), events[0]);
        Assert.Equal(SummaryOutcome.NoRecord, events.End().Outcome);
    }

    [Fact]
    public async Task When_everything_hangs_the_definite_word_comes_as_early_as_without()
    {
        _source.HangsWholly();
        Task<List<SummaryEvent>> reading = Summaries.ReadAll(Asking);
        _time.Advance(TimeSpan.FromMilliseconds(1899));
        Assert.False(reading.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(SummaryOutcome.Unavailable, (await reading).End().Outcome);
    }

    private static SourceRow Holder(string sex, string born) =>
        Row(RowKind.Holder, sex, "http://hl7.org/fhir/administrative-gender") with
        {
            On = RecordDate.Parse(born),
        };
}
