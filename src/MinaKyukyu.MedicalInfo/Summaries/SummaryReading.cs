using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.MedicalInfo.Ports;

namespace MinaKyukyu.MedicalInfo.Summaries;

/// <summary>One reading in progress: which sections are ready, and what can be shown of those that are not.</summary>
internal sealed class SummaryReading(
    IReadOnlyDictionary<RecordKind, RecordFlight> flights,
    MedicalInfoOptions options,
    TimeProvider time
)
{
    /// <summary>Waits until one of the open sections is ready.</summary>
    /// <returns>False when the reading's time was up first.</returns>
    public async Task<bool> WaitForOneAsync(IReadOnlyList<SectionKind> open, Task late)
    {
        while (!open.Any(IsReady))
        {
            IEnumerable<Task> underWay = open.SelectMany(Sections.RecordsOf)
                .Distinct()
                .Select(kind => (Task)flights[kind].Landing)
                .Where(landing => !landing.IsCompleted);
            await Task.WhenAny([.. underWay, late]);
            if (late.IsCompleted && !open.Any(IsReady))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when everything that the section is made of has landed.</summary>
    public bool IsReady(SectionKind section) =>
        Sections
            .RecordsOf(section)
            .All(kind =>
                !flights.TryGetValue(kind, out RecordFlight? flight) || flight.Landing.IsCompleted
            );

    /// <summary>The section from what has landed; for the rest, what the cache still has, or no answer.</summary>
    public SummarySection Show(SectionKind section, bool isPurged)
    {
        List<RecordReading> readings = [];
        foreach (RecordKind kind in Sections.RecordsOf(section))
        {
            if (isPurged)
            {
                readings.Add(
                    new RecordReading(
                        kind,
                        new SourceAnswer.Unavailable(UnavailableReason.Purged),
                        time.GetUtcNow(),
                        time.GetTimestamp()
                    )
                );
            }
            else if (Landed(kind) is { } reading)
            {
                readings.Add(reading);
            }
        }

        return SectionAssembly.Assemble(
            section,
            readings,
            RecordDate.DayInJapan(time.GetUtcNow()),
            time,
            options.FreshFor
        );
    }

    /// <summary>The card's holder, or null when the source has not said who it is by the time that is given.</summary>
    public async Task<CardHolder?> FindHolderAsync(Task late)
    {
        if (!flights.TryGetValue(RecordKind.Holder, out RecordFlight? flight))
        {
            return null;
        }

        await Task.WhenAny(flight.Landing, late);
        return Landed(RecordKind.Holder)?.Answer is SourceAnswer.Found { Rows: [var row] }
            ? Holders.Of(row)
            : null;
    }

    private RecordReading? Landed(RecordKind kind) =>
        flights.TryGetValue(kind, out RecordFlight? flight)
            ? flight.Landing.IsCompletedSuccessfully
                ? flight.Landing.Result
                : flight.Meanwhile
            : null;
}
