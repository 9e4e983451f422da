using Microsoft.AspNetCore.Http;
using MinaKyukyu.Server.Pages.Markup;

namespace MinaKyukyu.Server.Pages.Access;

/// <summary>What a browser gets.</summary>
internal abstract record PageAnswer
{
    private PageAnswer() { }

    public sealed record Page(Html Markup, int Status = StatusCodes.Status200OK) : PageAnswer;

    /// <summary>After a command: look there; a reload repeats nothing.</summary>
    public sealed record SeeOther(string Path) : PageAnswer;
}

/// <summary>A browser's question, with who asks.</summary>
internal sealed record PageCall(HttpContext Http, PageSession Session)
{
    public string Query(string name) => Http.Request.Query[name].ToString();
}
