using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.StandIn;

namespace MinaKyukyu.Authorization.Tests.NationalSide;

/// <summary>One stand-in for the whole class, because its authority's key takes a tenth of a second.</summary>
public sealed class RunningStandIn : IAsyncLifetime
{
    private readonly WebApplication _app = StandInApp.Build(
        StandInOptions.Default,
        TimeProvider.System
    );

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public async Task InitializeAsync()
    {
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First());
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();
}

public sealed class StandInTests(RunningStandIn standIn)
    : IClassFixture<RunningStandIn>,
        IDisposable
{
    private readonly HttpClient _client = new()
    {
        BaseAddress = standIn.Address,
        Timeout = TimeSpan.FromSeconds(60),
    };

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Every_answer_says_that_it_is_simulated()
    {
        foreach (
            string path in new[]
            {
                "/",
                "/ca/authentication.pem",
                "/verifier",
                "/verifier/key.pem",
                "/cards/1",
                "/cards/9999",
                "/counts",
            }
        )
        {
            using HttpResponseMessage answer = await _client.GetAsync(
                new Uri(path, UriKind.Relative)
            );
            Assert.True(answer.Headers.Contains("X-Mina-Simulated"), path);
            if (answer.Content.Headers.ContentType?.MediaType == "application/json")
            {
                using JsonDocument body = JsonDocument.Parse(
                    await answer.Content.ReadAsStringAsync()
                );
                Assert.Equal("模擬", body.RootElement.GetProperty("simulated").GetString());
            }
        }
    }

    [Fact]
    public async Task Its_authority_and_its_verifier_are_what_the_server_expects()
    {
        string root = await _client.GetStringAsync(
            new Uri("/ca/authentication.pem", UriKind.Relative)
        );
        string key = await _client.GetStringAsync(new Uri("/verifier/key.pem", UriKind.Relative));
        JsonElement about = await GetAsync("/verifier");
        Assert.Equal(AnchorKind.Test, TrustAnchors.Load([root], []).Kind);
        TrustedVerifier verifier = TrustedVerifier.FromPem(
            key,
            about.GetProperty("approvalId").GetString()!
        );
        Assert.Equal(about.GetProperty("keyId").GetString(), verifier.KeyId);
        Assert.True(verifier.IsSimulated);
        // As on the national side: no name in the subject, and one OU after the other in the issuer.
        using X509Certificate2 authority = X509Certificate2.CreateFromPem(root);
        Assert.StartsWith(
            "C=JP, O=JPKI-TEST, OU=",
            authority.SubjectName.Decode(X500DistinguishedNameFlags.None),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_patients_card_is_the_same_each_time_and_another_patients_is_another()
    {
        JsonElement one = await GetAsync("/cards/5");
        JsonElement again = await GetAsync("/cards/5");
        JsonElement other = await GetAsync("/cards/6");
        Assert.Equal(
            one.GetProperty("certificate").GetString(),
            again.GetProperty("certificate").GetString()
        );
        Assert.NotEqual(
            one.GetProperty("certificate").GetString(),
            other.GetProperty("certificate").GetString()
        );
        Assert.Matches("^[0-9]{4}$", one.GetProperty("pin").GetString());
        Assert.True(one.GetProperty("registered").GetBoolean());
        Assert.False((await GetAsync("/cards/8")).GetProperty("registered").GetBoolean());
        using HttpResponseMessage none = await _client.GetAsync(
            new Uri("/cards/0", UriKind.Relative)
        );
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Theory]
    [InlineData("valid", null)]
    [InlineData("expired", "CARD_NOT_VALID")]
    [InlineData("expired-grace", "CARD_NOT_VALID")]
    [InlineData("not-yet-valid", "CARD_NOT_VALID")]
    [InlineData("other-ca", "CARD_UNKNOWN")]
    [InlineData("not-registered", "NOT_REGISTERED")]
    public async Task The_verifier_asserts_what_is_there_and_refuses_the_rest(
        string kind,
        string? reason
    )
    {
        JsonElement card = await PostAsync("/cards", new { patient = 3, kind });
        byte[] challenge = "a challenge"u8.ToArray();
        JsonElement answer = await PostAsync(
            "/verifier/assertions",
            new
            {
                challenge,
                certificate = card.GetProperty("certificate").GetBytesFromBase64(),
                presenceProof = Prove(card, challenge),
                terminal = "reader-1",
            }
        );
        Assert.Equal(
            reason is null ? "ASSERTED" : "REFUSED",
            answer.GetProperty("outcome").GetString()
        );
        Assert.Equal(reason, answer.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task The_verifier_refuses_a_card_that_did_not_prove_its_presence()
    {
        JsonElement card = await GetAsync("/cards/3");
        byte[] challenge = "a challenge"u8.ToArray();
        foreach (
            byte[] proof in new byte[][]
            {
                [],
                new byte[64],
                Prove(card, "another"u8.ToArray()),
                Prove(await GetAsync("/cards/4"), challenge),
            }
        )
        {
            JsonElement answer = await PostAsync(
                "/verifier/assertions",
                new
                {
                    challenge,
                    certificate = card.GetProperty("certificate").GetBytesFromBase64(),
                    presenceProof = proof,
                    terminal = "reader-1",
                }
            );
            Assert.Equal("PRESENCE_NOT_PROVED", answer.GetProperty("reason").GetString());
            Assert.Equal(JsonValueKind.Null, answer.GetProperty("assertion").ValueKind);
        }
    }

    [Fact]
    public async Task Nonsense_is_refused()
    {
        foreach (
            string body in new[]
            {
                "",
                "{}",
                "[]",
                "{\"patient\":\"x\"}",
                "{\"patient\":1,\"kind\":\"free\"}",
                "{\"patient\":1,\"more\":1}",
            }
        )
        {
            using StringContent content = new(body, Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await _client.PostAsync(
                new Uri("/cards", UriKind.Relative),
                content
            );
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        using StringContent huge = new(new string(' ', 70_000), Encoding.UTF8, "application/json");
        using HttpResponseMessage tooLarge = await _client.PostAsync(
            new Uri("/cards", UriKind.Relative),
            huge
        );
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge.StatusCode);
    }

    [Fact]
    public async Task It_counts_what_it_answers()
    {
        long before = await IssuedAsync();
        await GetAsync("/cards/1");
        await GetAsync("/cards/2");
        Assert.Equal(before + 2, await IssuedAsync());
    }

    private static byte[] Prove(JsonElement card, byte[] challenge)
    {
        using ECDsa key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(card.GetProperty("presenceKey").GetBytesFromBase64(), out _);
        return key.SignData(
            [.. "MINA-KYUKYU/SIMULATED-PRESENCE/1\0"u8, .. challenge],
            HashAlgorithmName.SHA256
        );
    }

    private async Task<long> IssuedAsync() =>
        (await GetAsync("/counts"))
            .GetProperty("counts")
            .TryGetProperty("cards.issued", out JsonElement n)
            ? n.GetInt64()
            : 0;

    private async Task<JsonElement> GetAsync(string path) =>
        await _client.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using HttpResponseMessage answer = await _client.PostAsJsonAsync(
            new Uri(path, UriKind.Relative),
            body
        );
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
