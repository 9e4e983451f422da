using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Authorization.Ports;
using MinaKyukyu.Authorization.Revocation;
using MinaKyukyu.StandIn;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.StandIn.Revocation;

namespace MinaKyukyu.Authorization.Tests.NationalSide;

/// <summary>The stand-in's responder and list over real HTTP, with every fault that it can show.</summary>
public sealed class RevocationTests : IAsyncLifetime
{
    /// <summary>
    /// How much later than the deadline its end may be seen on a machine that does many things at once; the deadline itself is held
    /// on a clock of its own by <c>Nobody_waits_longer_than_the_deadline_for_a_responder_that_hangs</c>.
    /// </summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);

    private readonly WebApplication _national = StandInApp.Build(
        StandInOptions.Default,
        TimeProvider.System
    );

    private CardVerifier _verifier = null!;
    private CardStatuses _statuses = null!;
    private CrlBook _lists = null!;
    private Uri _address = null!;

    private IssuedCards Cards => _national.Services.GetRequiredService<IssuedCards>();

    private RevocationFaults Faults => _national.Services.GetRequiredService<RevocationFaults>();

    public async Task InitializeAsync()
    {
        await _national.StartAsync();
        Uri address = new(_national.Urls.First());
        _address = address;
        TrustAnchors anchors = TrustAnchors.Load(
            [Cards.Authority.Certificate.ExportCertificatePem()],
            []
        );
        RevocationOptions options = new() { RequireNonce = true };
        _lists = new CrlBook(
            [new HttpCrlSource(new Uri(address, "ca/authentication.crl"))],
            anchors,
            options,
            TimeProvider.System,
            NullLogger<CrlBook>.Instance
        );
        _statuses = new CardStatuses(
            new HttpOcspResponder(new Uri(address, "ocsp")),
            _lists,
            options,
            new SystemNonceSource(),
            TimeProvider.System,
            NullLogger<CardStatuses>.Instance
        );
        _verifier = new CardVerifier(
            anchors,
            verifier: null,
            new LevelGates(AnchorKind.Test, levelB: null, levelA: null),
            _statuses,
            new AuthorizationOptions()
        );
    }

    public async Task DisposeAsync() => await _national.DisposeAsync();

    [Fact]
    public async Task Its_cards_are_good_its_revoked_cards_are_revoked_and_a_switch_revokes_more()
    {
        Assert.Equal(RevocationTier.OcspFresh, await TierAsync(1, CardKind.Valid));
        Assert.Equal(RevocationTier.Revoked, await TierAsync(1, CardKind.Revoked));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync("revocations", new { patient = 2 }));
        Assert.Equal(RevocationTier.Revoked, await TierAsync(2, CardKind.Valid));
        Assert.Equal(
            HttpStatusCode.NotFound,
            await PostAsync("revocations", new { patient = 99_999 })
        );
    }

    [Fact]
    public async Task Its_list_names_what_is_revoked()
    {
        Cards.Revoke(3, CardKind.Valid);
        Faults.Current = RevocationFault.Error;
        Assert.Equal(1, await _lists.RefreshAsync(CancellationToken.None));
        Assert.Equal(RevocationTier.Revoked, await TierAsync(3, CardKind.Valid));
        Assert.Equal(RevocationTier.CrlOnly, await TierAsync(4, CardKind.Valid));
    }

    [Theory]
    [InlineData("none", RevocationTier.OcspFresh)]
    [InlineData("error", RevocationTier.NothingFresh)]
    [InlineData("try-later", RevocationTier.NothingFresh)]
    [InlineData("stale", RevocationTier.NothingFresh)]
    [InlineData("wrong-signer", RevocationTier.AnswerForged)]
    [InlineData("replay", RevocationTier.AnswerForged)]
    public async Task Each_fault_leads_to_its_row(string fault, RevocationTier expected)
    {
        Assert.Equal(
            HttpStatusCode.NoContent,
            await PostAsync("revocations/faults", new { fault })
        );
        Assert.Equal(expected, await TierAsync(5, CardKind.Valid));
    }

    /// <summary>However it dawdles, a crew waits 800 ms; the answer would take minutes, or never come.</summary>
    [Theory]
    [InlineData("hang")]
    [InlineData("slow-drip")]
    public async Task A_responder_that_dawdles_costs_the_deadline_and_no_more(string fault)
    {
        await PostAsync("revocations/faults", new { fault });
        // A card is made when it is first asked for.
        Assert.NotNull(Cards.Find(6, CardKind.Valid));
        long began = TimeProvider.System.GetTimestamp();
        Assert.Equal(RevocationTier.NothingFresh, await TierAsync(6, CardKind.Valid));
        Assert.InRange(
            TimeProvider.System.GetElapsedTime(began),
            TimeSpan.FromMilliseconds(700),
            TimeSpan.FromMilliseconds(800) + Margin
        );
    }

    [Theory]
    [InlineData("/redirect")]
    [InlineData("/page")]
    [InlineData("/huge")]
    public async Task Nothing_but_an_answer_from_the_configured_address_is_read(string path)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using WebApplication other = builder.Build();
        int followed = 0;
        other.MapPost(
            "/redirect",
            () => Results.Redirect("/followed", permanent: false, preserveMethod: true)
        );
        other.MapPost(
            "/followed",
            () =>
            {
                followed++;
                return Results.Bytes([0x30, 0], "application/ocsp-response");
            }
        );
        other.MapPost("/page", () => Results.Text("<html>", "text/html"));
        other.MapPost(
            "/huge",
            () => Results.Bytes(new byte[(64 * 1024) + 1], "application/ocsp-response")
        );
        await other.StartAsync();
        using HttpOcspResponder responder = new(new Uri(new Uri(other.Urls.First()), path));
        OcspReply reply = await responder.AskAsync(new byte[10], CancellationToken.None);
        Assert.Equal(
            path == "/huge" ? OcspProblem.TooLarge : OcspProblem.Unreachable,
            Assert.IsType<OcspReply.Failed>(reply).Problem
        );
        Assert.Equal(0, followed);
    }

    [Fact]
    public async Task A_word_that_is_no_fault_is_refused() =>
        Assert.Equal(
            HttpStatusCode.BadRequest,
            await PostAsync("revocations/faults", new { fault = "flood" })
        );

    private async Task<HttpStatusCode> PostAsync(string path, object body)
    {
        using HttpClient http = new()
        {
            BaseAddress = _address,
            Timeout = TimeSpan.FromSeconds(30),
        };
        using HttpResponseMessage answer = await http.PostAsJsonAsync(
            new Uri(path, UriKind.Relative),
            body
        );
        return answer.StatusCode;
    }

    private async Task<RevocationTier> TierAsync(int patient, CardKind kind)
    {
        StatusQuestion question = _verifier.FindQuestion(
            new CardEvidence.PinChallenge(Cards.Find(patient, kind)!.Card.Certificate, new byte[1]),
            TimeProvider.System.GetUtcNow()
        )!;
        return _statuses
            .Decide(question, await _statuses.LookUpAsync(question, CancellationToken.None))
            .Tier;
    }
}
