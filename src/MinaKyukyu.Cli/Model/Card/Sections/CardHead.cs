using System.Globalization;
using MinaKyukyu.Forecasting.Evaluation;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Server.Pages.Markup;

namespace MinaKyukyu.Cli.Model.Card.Sections;

/// <summary>Which model, what it is for, and what it is not for.</summary>
internal static class CardHead
{
    /// <summary>Enough of a hash to compare by eye.</summary>
    private const int ShortHash = 16;

    public static Html Draw(CardSubject subject)
    {
        ModelManifest manifest = subject.Model.Manifest;
        (DateOnly first, DateOnly last) = subject.Figures.Days;
        return Html.Of(
            $"""
            <header id="head">
            <p class="kind">モデルカード <span class="en" lang="en">Model card</span></p>
            <h1>{manifest.Name} <small>第{manifest.Version}版 version {manifest.Version}</small></h1>
            {Overlap(subject)}{Note(subject.Note)}
            <dl>
            {Fact(
                "学習期間",
                "trained on",
                FormattableString.Invariant(
                    $"{Day(subject, manifest.Window.From)} – {Day(subject, manifest.Window.Until)}({manifest.Runs:N0}件 runs)"
                )
            )}
            {Fact(
                "採点期間",
                "scored on",
                FormattableString.Invariant(
                    $"{first:yyyy-MM-dd} – {last:yyyy-MM-dd}({subject.Figures.All.Runs:N0}件 runs{(subject.IsOnline ? "、到着ごとに区間を調整 intervals follow arrivals" : "")})"
                )
            )}
            {Fact("学習器", "provider", manifest.Provider)}
            {Fact("モデル", "model SHA-256", manifest.ModelSha256[..ShortHash] + "…")}
            {Fact("署名者", "signer SHA-256", subject.Model.SignerFingerprint[..ShortHash] + "…")}
            </dl>
            <div class="purpose">
            <div><h3>用途 <span class="en" lang="en">What it is for</span></h3>
            {Section.Said(
                "出動指令の前に、隊が現場に着くまでの時間を幅(P10・P50・P90)で見込み、指令員の判断の助けにします。",
                "Says, before an order, how long a unit will take to the scene, as a range; advice to a dispatcher, never an order."
            )}</div>
            <div><h3>用途でないもの <span class="en" lang="en">What it is not for</span></h3>
            {Section.Said(
                "職員・隊は採点しません。出動所要は署所・時間帯・車種ごとに見るだけで、人や隊の編成では見ません。",
                "Nobody is scored: turnout is told by station, hour and kind of vehicle, never by person or crew."
            )}
            {Abroad(subject)}</div>
            </div>
            <p class="features">入力({manifest.Features.Length}項目) <span class="en" lang="en">What it looks at, and nothing else:</span> {string.Join(
                "、",
                manifest.Features
            )}</p>
            </header>
            """
        );
    }

    private static Html Fact(string ja, string en, string value) =>
        Html.Of(
            $"""<div><dt>{ja} <span class="en" lang="en">{en}</span></dt><dd>{value}</dd></div>"""
        );

    private static Html Note(string? note) =>
        note is null ? Html.Nothing : Html.Of($"""<p class="note">ご注意 Note: {note}</p>""");

    private static Html Overlap(CardSubject subject) =>
        subject.OverlapRows == 0
            ? Html.Nothing
            : Html.Of(
                $"""<p class="warning" id="overlap"><strong>⚠ この採点は信用できません</strong> <span class="en" lang="en">Do not trust this score.</span> 採点した出動のうち{subject.OverlapRows:N0}件が学習期間内です。 <span class="en" lang="en">{subject.OverlapRows:N0} of the scored runs lie inside the training window: their score says nothing about new runs.</span></p>"""
            );

    /// <summary>Roads, crews and rules of another country: measured there, unknown here.</summary>
    private static Html Abroad(CardSubject subject) =>
        subject.Model.Schema.TimeZone == "Asia/Tokyo"
            ? Html.Nothing
            : Section.Said(
                $"日本の市の既定のモデルにはなりません({subject.Model.Schema.TimeZone} の出動記録で学習)。",
                $"No default for a Japanese city: it learned from runs by the clocks of {subject.Model.Schema.TimeZone}."
            );

    private static string Day(CardSubject subject, DateTimeOffset moment) =>
        TimeZoneInfo
            .ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById(subject.Model.Schema.TimeZone))
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
