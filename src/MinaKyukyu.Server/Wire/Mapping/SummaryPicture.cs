using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.MedicalInfo.Needs;
using MinaKyukyu.MedicalInfo.Summaries;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Vocabulary.Incidents;
using V1 = MinaKyukyu.Contracts.MedicalInfo.V1;

namespace MinaKyukyu.Server.Wire.Mapping;

/// <summary>One summary as the wire tells it, step by step; what did not go through is not called complete at its end.</summary>
internal sealed class SummaryPicture(CodeBook codes)
{
    /// <summary>
    /// What the rows of one section may take on the wire: most important and newest first, so that what is left out is what a crew
    /// reads last. 48 KiB, so that title, window and note fit beside them into the 64 KiB that a message may have.
    /// </summary>
    private const int MostRowBytes = 48 * 1024;

    /// <summary>Tag and length before a row.</summary>
    private const int MostFieldOverhead = 4;

    private bool _isCut;

    public V1.StreamSummaryResponse Of(SummaryStep step) =>
        step switch
        {
            SummaryStep.Section(var section) => new V1.StreamSummaryResponse
            {
                Section = Of(section),
            },
            SummaryStep.End end => new V1.StreamSummaryResponse { End = Of(end) },
            SummaryStep.HolderDiffers(var differences) => new V1.StreamSummaryResponse
            {
                HolderDiffers = Of(differences),
            },
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private V1.SummarySection Of(SummarySection section)
    {
        var picture = new V1.SummarySection
        {
            Kind = Sections.NameOf(section.Kind),
            Title = SummarySentences.TitleOf(section.Kind).ToWire(),
            State = (V1.SectionState)section.State,
            Freshness = (V1.Freshness)section.Freshness,
            Age = section.Age is { } age ? Duration.FromTimeSpan(age) : null,
            Window = SummarySentences.WindowsOf(section.Windows).ToWire(),
            Note = SummarySentences.NoteOn(section)?.ToWire(),
        };
        int left = MostRowBytes;
        foreach (V1.SummaryRow row in section.Rows.Select(Of))
        {
            left -= row.CalculateSize() + MostFieldOverhead;
            if (left < 0)
            {
                _isCut = true;
                picture.Note = SummarySentences.NotAllOf(picture.Rows.Count, section).ToWire();
                break;
            }

            picture.Rows.Add(row);
        }

        return picture;
    }

    private static V1.SummaryRow Of(SummaryRow row) =>
        new()
        {
            RowId = row.RowId,
            Text = row.Text,
            AsOf = row.AsOf?.ToString() ?? "",
            Source = SummarySentences.SourceOf(row.Source),
            PatientNotTold = row.PatientNotTold,
            Superseded = row.Superseded,
            Code = row.Code,
        };

    private V1.HolderDiffers Of(ImmutableArray<HolderDifference> differences)
    {
        var picture = new V1.HolderDiffers
        {
            Words = HolderSentences.Of(differences, codes).ToWire(),
        };
        picture.Differences.Add(
            differences.Select(d => new V1.HolderDifference
            {
                Heard = IncidentPicture.Of(d.Heard),
                OfCard = IncidentPicture.Of(d.OfCard),
            })
        );
        return picture;
    }

    private V1.SummaryEnd Of(SummaryStep.End end)
    {
        SummaryOutcome outcome =
            _isCut && end.Outcome == SummaryOutcome.Complete ? SummaryOutcome.Partial : end.Outcome;
        var picture = new V1.SummaryEnd
        {
            Outcome = (V1.SummaryOutcome)outcome,
            Words = SummarySentences.Of(outcome).ToWire(),
            HolderNote = end.IsHolderUnknown ? HolderSentences.NotCompared.ToWire() : null,
        };
        picture.CareNeeds.Add(
            end.Findings.Select(f => new V1.CareNeedFinding
            {
                Need = Refusal.CodeOf(f.Need.ToString()),
                Rule = f.Rule,
                SectionKind = Sections.NameOf(f.Section),
                RowId = f.RowId,
                Words = SummarySentences.Of(f).ToWire(),
            })
        );
        return picture;
    }
}
