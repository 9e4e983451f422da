using System.Text;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Pages.Access;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Sentences;

namespace MinaKyukyu.Server.Pages.Oversight;

/// <summary>閲覧通知書 for the printer: what the patient is later handed. The name is written by hand.</summary>
internal sealed class NoticePage(PageFrame frame, DepartmentPlan plan)
{
    private const char BetweenParagraphs = '\n';
    private const char BetweenLanguages = '\u001f';

    /// <summary>The words as they were printed, so that a repeat shows the same.</summary>
    public byte[] Encode(NoticeOfRead notice) =>
        Encoding.UTF8.GetBytes(
            string.Join(
                BetweenParagraphs,
                OversightSentences
                    .NoticeOf(notice, plan.Name)
                    .Select(p => p.Ja + BetweenLanguages + p.En)
            )
        );

    public PageAnswer Show(ReadOnlyMemory<byte> printed)
    {
        IEnumerable<Html> paragraphs = Encoding
            .UTF8.GetString(printed.Span)
            .Split(BetweenParagraphs)
            .Select(p => p.Split(BetweenLanguages))
            .Select(p => Html.Of($"""<p>{p[0]}<br><span lang="en">{p[^1]}</span></p>"""));
        return new PageAnswer.Page(
            frame.Around(
                new PageHead("閲覧通知書", "Notice of a view", "notice"),
                Html.Of(
                    $"""
                    <main class="notice-text">{Html.Join(paragraphs)}
                    <p class="hint">印刷して本人に渡してください。氏名は手書きします。 <span lang="en">Print it; the name is written by hand.</span> <a href="{OversightPage.Path}">戻る</a></p></main>
                    """
                )
            )
        );
    }
}
