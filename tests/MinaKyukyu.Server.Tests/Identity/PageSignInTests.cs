using System.Net;
using MinaKyukyu.Server.Identity.Tokens;
using MinaKyukyu.Server.Pages.Access;

namespace MinaKyukyu.Server.Tests.Identity;

/// <summary>Pages are signed in to at the issuer, by this browser, once for each way there.</summary>
public sealed class PageSignInTests(SecureHouse house) : IClassFixture<SecureHouse>
{
    [Fact]
    public async Task A_dispatcher_signs_in_and_sees_the_board()
    {
        using HttpClient browser = house.Browser();
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/board")).StatusCode);
        string home = await (await ComeBackAsync(browser)).Content.ReadAsStringAsync();
        Assert.Contains("url=/board", home, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/board")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/crew")).StatusCode);
    }

    [Fact]
    public async Task An_answer_that_another_browser_asked_for_opens_nothing()
    {
        using HttpClient asking = house.Browser();
        using HttpClient other = house.Browser();
        Uri answer = await AnswerAsync(asking);
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.GetAsync(answer)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.GetAsync("/board")).StatusCode);
    }

    [Fact]
    public async Task An_answer_is_good_once()
    {
        using HttpClient browser = house.Browser();
        Uri answer = await AnswerAsync(browser);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(answer)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync(answer)).StatusCode);
    }

    [Fact]
    public async Task A_code_for_another_question_opens_nothing()
    {
        using HttpClient browser = house.Browser();
        Uri first = await AnswerAsync(browser);
        Uri second = await AnswerAsync(browser);
        string mixed = second.OriginalString.Replace(
            ValueOf(second, "code"),
            ValueOf(first, "code"),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync(mixed)).StatusCode);
    }

    /// <summary>To the issuer, one button there, and the address to which it sends the browser back.</summary>
    private static async Task<Uri> AnswerAsync(HttpClient browser)
    {
        HttpResponseMessage away = await browser.GetAsync("/signin");
        Assert.StartsWith(
            DevelopmentIssuer.AuthorizePath,
            away.Headers.Location!.OriginalString,
            StringComparison.Ordinal
        );
        HttpResponseMessage back = await browser.GetAsync(
            away.Headers.Location.OriginalString + "&as=dispatcher"
        );
        Assert.StartsWith(
            TokenSignIn.CallbackPath,
            back.Headers.Location!.OriginalString,
            StringComparison.Ordinal
        );
        return back.Headers.Location;
    }

    private static async Task<HttpResponseMessage> ComeBackAsync(HttpClient browser) =>
        await browser.GetAsync(await AnswerAsync(browser));

    private static string ValueOf(Uri address, string name) =>
        address
            .OriginalString.Split('?')[1]
            .Split('&')
            .Single(p => p.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];
}
