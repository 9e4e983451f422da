using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.MedicalInfo.Summaries;

/// <summary>A row about the card's holder, in the words in which it is compared.</summary>
internal static class Holders
{
    public static CardHolder Of(SourceRow row) =>
        new(
            row.On?.Earliest,
            row.On?.Latest,
            row.Code is "male" or "female" ? new Code(HolderComparison.Sexes, row.Code) : null
        );
}
