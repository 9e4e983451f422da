using MinaKyukyu.Forecasting.Evaluation;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Cli.Model.Card;

/// <summary>Everything that a card tells of.</summary>
/// <param name="Read">What became of the rows of the files.</param>
/// <param name="Note">What whoever made the card wants to have said; null: nothing.</param>
internal sealed record CardSubject(
    StoredModel Model,
    CardFigures Figures,
    RunReport Read,
    int OverlapRows,
    bool IsOnline,
    string? Note
);
