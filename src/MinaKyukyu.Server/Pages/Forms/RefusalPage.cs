using Grpc.Core;
using Microsoft.AspNetCore.Http;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Pages.Access;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Sentences;

namespace MinaKyukyu.Server.Pages.Forms;

/// <summary>A command that was refused changed nothing; the page says why, in the words that a tablet would say it.</summary>
internal sealed class RefusalPage(PageFrame frame)
{
    public PageAnswer Of(Refusal why, string backTo)
    {
        RefusalSentence sentence = RefusalSentences.Get(why.Reason);
        Html body = Html.Of(
            $"""
            <main class="notice-text">
            <p class="big">{sentence.Ja}</p>
            <p lang="en">{sentence.En} <code>{sentence.Reason}</code></p>
            <p><a class="button" href="{backTo}">戻る <span lang="en">Back</span></a></p>
            </main>
            """
        );
        return new PageAnswer.Page(
            frame.Around(new PageHead("受け付けられませんでした", "Not accepted", "notice"), body),
            StatusOf(sentence.Status)
        );
    }

    /// <summary>The answer to a command: where to look now, or why not.</summary>
    public PageAnswer After<T>(CommandAnswer<T> answer, string lookAt, string backTo) =>
        answer is CommandAnswer<T>.Refused(var why)
            ? Of(why, backTo)
            : new PageAnswer.SeeOther(lookAt);

    private static int StatusOf(StatusCode code) =>
        code switch
        {
            StatusCode.InvalidArgument => StatusCodes.Status400BadRequest,
            StatusCode.NotFound => StatusCodes.Status404NotFound,
            StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
            StatusCode.Unavailable or StatusCode.ResourceExhausted =>
                StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status409Conflict,
        };
}
