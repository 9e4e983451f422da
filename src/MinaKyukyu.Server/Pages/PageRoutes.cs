using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Pages.Access;
using MinaKyukyu.Server.Pages.Forms;
using MinaKyukyu.Server.Wire;

namespace MinaKyukyu.Server.Pages;

/// <summary>The one way from a path to a page: right listener, known session, right role, an end to every wait.</summary>
internal sealed class PageRoutes(WebApplication app)
{
    private readonly PageGate _gate = app.Services.GetRequiredService<PageGate>();
    private readonly RefusalPage _refusals = app.Services.GetRequiredService<RefusalPage>();

    public void Get(
        string path,
        CallerRole[] roles,
        Func<PageCall, CancellationToken, Task<PageAnswer>> answer
    ) => app.MapGet(path, (RequestDelegate)(http => RunAsync(http, roles, answer)));

    public void Get(string path, CallerRole[] roles, Func<PageCall, PageAnswer> answer) =>
        Get(path, roles, (call, _) => Task.FromResult(answer(call)));

    public void Post(
        string path,
        CallerRole[] roles,
        Func<PageCall, PageForm, CancellationToken, Task<PageAnswer>> answer
    )
    {
        Func<PageCall, CancellationToken, Task<PageAnswer>> take = (call, stop) =>
            TakeFormAsync(call, answer, stop);
        app.MapPost(path, (RequestDelegate)(http => RunAsync(http, roles, take)));
    }

    /// <summary>Something that needs no session and holds nothing of anybody: stylesheet, sign-in, the way in.</summary>
    public void Open(string path, Func<HttpContext, Task> answer) =>
        app.MapGet(
            path,
            (RequestDelegate)(
                http =>
                {
                    if (!PageGate.IsOnWebListener(app, http))
                    {
                        http.Response.StatusCode = StatusCodes.Status404NotFound;
                        return Task.CompletedTask;
                    }

                    PageGate.Harden(http.Response);
                    return answer(http);
                }
            )
        );

    public Task StrangerAsync(HttpContext http) => WriteAsync(http, _gate.Stranger());

    private async Task RunAsync(
        HttpContext http,
        CallerRole[] roles,
        Func<PageCall, CancellationToken, Task<PageAnswer>> answer
    )
    {
        if (!PageGate.IsOnWebListener(app, http))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        PageGate.Harden(http.Response);
        if (_gate.FindSession(http.Request, roles) is not { } session)
        {
            await StrangerAsync(http);
            return;
        }

        using var cap = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        cap.CancelAfter(CallLimit.Cap);
        await WriteAsync(http, await AnswerAsync(new PageCall(http, session), answer, cap.Token));
    }

    private async Task<PageAnswer> AnswerAsync(
        PageCall call,
        Func<PageCall, CancellationToken, Task<PageAnswer>> answer,
        CancellationToken stop
    )
    {
        string back = "/" + call.Http.Request.Path.ToString().Split('/')[1];
        try
        {
            return await answer(call, stop);
        }
        catch (InvalidRequestException malformed)
        {
            return _refusals.Of(malformed.Why, back);
        }
        catch (Exception tooMuch) when (tooMuch is InvalidDataException or BadHttpRequestException)
        {
            // The form is larger, or has more fields, than any of ours.
            return _refusals.Of(new Refusal(InvalidRequestException.FieldMalformed), back);
        }
        catch (OperationCanceledException) when (!call.Http.RequestAborted.IsCancellationRequested)
        {
            return _refusals.Of(new Refusal(CommandDesk.OutcomeUnknown), back);
        }
    }

    private async Task<PageAnswer> TakeFormAsync(
        PageCall call,
        Func<PageCall, PageForm, CancellationToken, Task<PageAnswer>> answer,
        CancellationToken stop
    )
    {
        if (!call.Http.Request.HasFormContentType)
        {
            return _refusals.Of(new Refusal(InvalidRequestException.FieldMalformed), "/");
        }

        var form = new PageForm(await call.Http.Request.ReadFormAsync(stop));
        return form.IsFrom(call.Session)
            ? await answer(call, form, stop)
            : _refusals.Of(new Refusal("ROLE_NOT_ALLOWED"), "/");
    }

    private static Task WriteAsync(HttpContext http, PageAnswer answer)
    {
        switch (answer)
        {
            case PageAnswer.SeeOther(var path):
                http.Response.StatusCode = StatusCodes.Status303SeeOther;
                http.Response.Headers.Location = path;
                return Task.CompletedTask;
            case PageAnswer.Page(var markup, var status):
                http.Response.StatusCode = status;
                http.Response.ContentType = "text/html; charset=utf-8";
                return http.Response.WriteAsync(
                    markup.ToString(),
                    Encoding.UTF8,
                    http.RequestAborted
                );
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
