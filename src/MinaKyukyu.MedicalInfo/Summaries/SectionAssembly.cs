using MinaKyukyu.MedicalInfo.Ports;

namespace MinaKyukyu.MedicalInfo.Summaries;

/// <summary>Puts a section together from what has arrived: pure, so that every rule of it can be tested with a table.</summary>
internal static class SectionAssembly
{
    /// <param name="readings">What has arrived of the section's kinds of record; what is absent counts as no answer.</param>
    /// <param name="today">The day in Japan.</param>
    public static SummarySection Assemble(
        SectionKind section,
        IReadOnlyCollection<RecordReading> readings,
        DateOnly today,
        TimeProvider time,
        TimeSpan freshFor
    )
    {
        IReadOnlyList<RecordKind> wanted = Sections.RecordsOf(section);
        List<RankedRow> rows = [];
        List<RecordKind> missing = [];
        UnavailableReason? reason = null;
        List<RecordReading> answered = [];
        bool isSimulated = false;
        foreach (RecordKind kind in wanted)
        {
            RecordReading? reading = readings.FirstOrDefault(r => r.Kind == kind);
            UnavailableReason? gap = GapIn(reading);
            if (gap is not null)
            {
                missing.Add(kind);
                reason ??= gap;
            }

            if (reading is { IsAnswered: true })
            {
                answered.Add(reading);
                isSimulated |=
                    reading.Answer
                        is SourceAnswer.Found { IsSimulated: true }
                            or SourceAnswer.Nothing { IsSimulated: true };
                rows.AddRange(RowsOf(section, reading, today));
            }
        }

        IReadOnlyList<RankedRow> merged =
            section == SectionKind.Medicines ? MedicineMerge.Merge(rows) : rows;
        TimeSpan? age =
            answered.Count == 0
                ? null
                : answered.Max(r => time.GetElapsedTime(r.ReceivedTimestamp));
        return new SummarySection(
            section,
            StateOf(merged.Count, missing.Count),
            FreshnessOf(age, missing.Count, freshFor),
            answered.Count == 0 ? null : answered.Min(r => r.ReceivedAt),
            age,
            WindowsOf(section),
            Number(section, merged),
            missing,
            reason,
            isSimulated
        );
    }

    private static UnavailableReason? GapIn(RecordReading? reading) =>
        reading?.Answer switch
        {
            null => UnavailableReason.NoAnswer,
            SourceAnswer.Unavailable(UnavailableReason why) => why,
            SourceAnswer.Mismatch => UnavailableReason.Quarantined,
            SourceAnswer.Found { IsWhole: false } => UnavailableReason.Malformed,
            _ => null,
        };

    private static IEnumerable<RankedRow> RowsOf(
        SectionKind section,
        RecordReading reading,
        DateOnly today
    )
    {
        if (reading.Answer is not SourceAnswer.Found found)
        {
            yield break;
        }

        RecordOrigin origin = OriginOf(reading.Kind);
        int outside = 0;
        foreach (SourceRow row in found.Rows.Where(r => Sections.Holds(section, r.Kind)))
        {
            if (IsInside(row, origin, today))
            {
                yield return new RankedRow(row, origin);
            }
            else
            {
                outside++;
            }
        }

        MedicalInfoTelemetry.CountWithheld("outside_window", outside);
    }

    /// <summary>A row without a date is shown: nobody can say that it lies outside.</summary>
    private static bool IsInside(SourceRow row, RecordOrigin origin, DateOnly today)
    {
        RecordDate? on = row.On ?? row.PrescribedOn;
        return row.IsKeptLonger
            || on is not { } known
            || known.Latest >= LookBack.Of(row.Kind, origin).From(today);
    }

    private static SectionState StateOf(int rows, int missing) =>
        rows > 0 ? SectionState.Rows
        : missing > 0 ? SectionState.Unavailable
        : SectionState.NothingOnFile;

    private static Freshness FreshnessOf(TimeSpan? age, int missing, TimeSpan freshFor) =>
        age is not { } known || missing > 0 ? Freshness.Unknown
        : known > freshFor ? Freshness.Stale
        : Freshness.Fresh;

    private static List<SummaryRow> Number(SectionKind section, IReadOnlyList<RankedRow> rows)
    {
        // Dialysis before surgery, current before superseded, newest first; then by text, so that the numbering is stable.
        IOrderedEnumerable<RankedRow> ordered = rows.OrderBy(r => r.Row.Kind)
            .ThenBy(r => r.Superseded)
            .ThenBy(r => r.Row.IsOver)
            .ThenByDescending(r => (r.Row.On ?? r.Row.PrescribedOn)?.Latest)
            .ThenBy(r => r.Origin)
            .ThenBy(r => r.Row.Code, StringComparer.Ordinal)
            .ThenBy(r => r.Row.Text, StringComparer.Ordinal);
        string name = Sections.NameOf(section);
        return
        [
            .. ordered.Select((r, i) => ToRow(FormattableString.Invariant($"{name}-{i + 1}"), r)),
        ];
    }

    private static SummaryRow ToRow(string id, RankedRow ranked) =>
        new(
            id,
            ranked.Row.Kind,
            ranked.Row.Text,
            ranked.Row.Code,
            ranked.Row.CodeSystem,
            ranked.Origin,
            ranked.Row.On ?? ranked.Row.PrescribedOn,
            LookBack.Of(ranked.Row.Kind, ranked.Origin),
            ranked.Row.InstitutionName,
            ranked.Row.Detail,
            ranked.Row.PatientNotTold,
            ranked.Superseded,
            ranked.Row.IsOver
        );

    private static RecordOrigin OriginOf(RecordKind kind) =>
        kind switch
        {
            RecordKind.Procedures or RecordKind.ClaimedMedicines or RecordKind.Visits =>
                RecordOrigin.Claims,
            RecordKind.DispensedMedicines => RecordOrigin.Dispensed,
            RecordKind.PrescribedMedicines => RecordOrigin.Prescribed,
            _ => RecordOrigin.Chart,
        };

    private static IReadOnlyList<LookBack> WindowsOf(SectionKind section) =>
        section switch
        {
            SectionKind.Risks =>
            [
                LookBack.Of(RowKind.Dialysis, RecordOrigin.Claims),
                LookBack.Of(RowKind.Surgery, RecordOrigin.Claims),
            ],
            SectionKind.Medicines =>
            [
                LookBack.Of(RowKind.Medicine, RecordOrigin.Claims),
                LookBack.Of(RowKind.Medicine, RecordOrigin.Dispensed),
            ],
            SectionKind.Treatments => [LookBack.Of(RowKind.Treatment, RecordOrigin.Claims)],
            SectionKind.Visits => [LookBack.Of(RowKind.Visit, RecordOrigin.Claims)],
            _ => [LookBack.Of(RowKind.Condition, RecordOrigin.Chart)],
        };
}
