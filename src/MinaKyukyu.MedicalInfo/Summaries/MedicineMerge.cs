using MinaKyukyu.MedicalInfo.Ports;

namespace MinaKyukyu.MedicalInfo.Summaries;

/// <summary>A row with its origin, before it is numbered.</summary>
internal sealed record RankedRow(SourceRow Row, RecordOrigin Origin, bool Superseded = false);

/// <summary>
/// One prescription can arrive three times. Claims beat dispensed beat prescribed; worse rows of the same institution and
/// dispensing date are marked as superseded, and nothing is thrown away.
/// </summary>
internal static class MedicineMerge
{
    public static IReadOnlyList<RankedRow> Merge(IEnumerable<RankedRow> rows)
    {
        List<RankedRow> merged = [];
        Dictionary<(string Institution, RecordDate On), RecordOrigin> best = [];
        HashSet<SeenRow> seen = [];
        List<SourceRow> better = [];
        foreach (
            IGrouping<RecordOrigin, RankedRow> rank in rows.GroupBy(r => r.Origin)
                .OrderBy(g => g.Key)
        )
        {
            foreach (RankedRow ranked in rank)
            {
                merged.Add(
                    ranked with
                    {
                        Superseded =
                            IsDispensedBetter(ranked, best, seen)
                            || IsPrescribedBetter(ranked, better),
                    }
                );
            }

            better.AddRange(rank.Select(r => r.Row));
        }

        return merged;
    }

    /// <summary>The institution that makes the key: the prescriber if it is one, else the other one if it is one; never a pharmacy.</summary>
    /// <remarks>A number of ten digits whose third digit says medical (1) or dental (3).</remarks>
    internal static string? InstitutionOf(SourceRow row) =>
        IsPrescribing(row.PrescriberInstitution) ? row.PrescriberInstitution
        : IsPrescribing(row.OtherInstitution) ? row.OtherInstitution
        : null;

    private static bool IsPrescribing(string number) =>
        number.Length == 10 && number.All(char.IsAsciiDigit) && number[2] is '1' or '3';

    private static bool IsDispensedBetter(
        RankedRow ranked,
        Dictionary<(string, RecordDate), RecordOrigin> best,
        HashSet<SeenRow> seen
    )
    {
        SourceRow row = ranked.Row;
        if (InstitutionOf(row) is not { } institution || row.On is not { IsDay: true } on)
        {
            return false;
        }

        best.TryAdd((institution, on), ranked.Origin);
        bool isFirstOfItsKind = seen.Add(
            new SeenRow(
                institution,
                ranked.Origin,
                row.On,
                row.PrescribedOn,
                row.Code,
                row.Text,
                row.Detail
            )
        );
        return best[(institution, on)] < ranked.Origin || !isFirstOfItsKind;
    }

    /// <summary>Prescribed rows know no dispensing date, so they are matched by prescription date and drug as well.</summary>
    private static bool IsPrescribedBetter(RankedRow ranked, List<SourceRow> better)
    {
        SourceRow row = ranked.Row;
        return ranked.Origin == RecordOrigin.Prescribed
            && row is { PrescribedOn: { IsDay: true }, Code.Length: > 0 }
            && better.Exists(b =>
                b.PrescribedOn == row.PrescribedOn
                && string.Equals(b.Code, row.Code, StringComparison.Ordinal)
                && string.Equals(b.CodeSystem, row.CodeSystem, StringComparison.Ordinal)
                && (
                    InstitutionOf(b) is not { } theirs
                    || InstitutionOf(row) is not { } ours
                    || string.Equals(theirs, ours, StringComparison.Ordinal)
                )
            );
    }

    /// <summary>What makes a row of equal rank a mere repetition.</summary>
    private readonly record struct SeenRow(
        string Institution,
        RecordOrigin Origin,
        RecordDate? On,
        RecordDate? PrescribedOn,
        string Code,
        string Text,
        string Detail
    );
}
