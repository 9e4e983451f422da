using MinaKyukyu.Forecasting.Evaluation;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Runs;
using MinaKyukyu.Server.Pages.Markup;

namespace MinaKyukyu.Cli.Model.Card.Sections;

/// <summary>What was left out, and what no figure here says.</summary>
internal static class Limits
{
    public static Html Draw(CardSubject subject)
    {
        ModelManifest manifest = subject.Model.Manifest;
        return Section.Of(
            "limits",
            "限界と除外",
            "Limits, and what was left out",
            Html.Of(
                $"""
                <ul>
                <li>答えは必ず{manifest.LeastSeconds:0}秒から{manifest.MostSeconds
                    / 60:0}分のあいだ。それより短い・長い記録は学習にも採点にも使いません。 <span class="en" lang="en">Answers stay between {manifest.LeastSeconds:0} s and {manifest.MostSeconds
                    / 60:0} min; runs outside are neither learned from nor scored.</span></li>
                <li>採点した期間と違う道路・署所・体制・季節のことは、この数字からは言えません。 <span class="en" lang="en">Other roads, stations, rules or seasons than those scored: these figures do not say.</span></li>
                <li>{CardFigures.LeastRuns}件未満の数字は載せず、ほかと合わせています(群は30件から、多い順に12まで)。 <span class="en" lang="en">No figure rests on fewer than {CardFigures.LeastRuns} runs; smaller ones are put together (own bars from 30 runs, 12 at most).</span></li>
                {Overlap(subject)}
                </ul>
                {Excluded(subject.Read)}
                """
            )
        );
    }

    private static Html Overlap(CardSubject subject) =>
        subject.OverlapRows > 0
            ? Html.Of(
                $"""<li class="warning">⚠ 採点した出動のうち{subject.OverlapRows:N0}件が学習期間内です。 <span class="en" lang="en">{subject.OverlapRows:N0} scored runs lie inside the training window.</span></li>"""
            )
            : Html.Of(
                $"""<li>採点した出動はすべて学習期間の外です。 <span class="en" lang="en">No scored run lies inside the training window.</span></li>"""
            );

    private static Html Excluded(RunReport read) =>
        read.Excluded.Count == 0
            ? Section.Said(
                FormattableString.Invariant($"読んだ{read.Total:N0}行から除いた行はありません。"),
                "No row of the files was left out."
            )
            : Html.Of(
                $"""
                <table><caption>読んだ行のうち使えなかったもの <span class="en" lang="en">rows of the files that could not be used</span></caption>
                <tr><th>理由 <span class="en" lang="en">reason</span></th><th>行数 <span class="en" lang="en">rows</span></th></tr>
                {read.Excluded.Select(reason =>
                    Html.Of(
                        $"<tr><td>{CardWords.OfReason(reason.Key)}</td><td>{Count(reason.Value.Rows)}</td></tr>"
                    )
                )}
                </table>
                """
            );

    private static string Count(int rows) =>
        rows < CardFigures.LeastRuns
            ? $"{CardFigures.LeastRuns}未満 fewer than {CardFigures.LeastRuns}"
            : FormattableString.Invariant($"{rows:N0}");
}
