using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MinaKyukyu.Tablet.Simulation;

namespace MinaKyukyu.EndToEnd.Tests.Canaries;

/// <summary>The stand-in's cards; everything that a card gives away is a canary from then on.</summary>
internal sealed class CardHolders(Uri standIn, CanaryFlock flock) : IDisposable
{
    /// <summary>18 octets are 24 letters of base64, which no line of a PEM file breaks everywhere.</summary>
    private const int SliceBytes = 18;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new() { BaseAddress = standIn, Timeout = Deadline };
    private readonly Dictionary<int, HeldCard> _cards = [];

    /// <summary>The patient's card, the same each time.</summary>
    public async Task<HeldCard> CardOfAsync(int patient)
    {
        if (_cards.TryGetValue(patient, out HeldCard? known))
        {
            return known;
        }

        JsonObject given = await AskAsync(
            "cards",
            new JsonObject { ["patient"] = patient, ["kind"] = "valid" }
        );
        byte[] certificate = Bytes(given, "certificate");
        Mark(certificate);
        return _cards[patient] = new HeldCard(
            certificate,
            Bytes(given, "privateKey"),
            Bytes(given, "presenceKey")
        );
    }

    /// <summary>What the special verifier says of a card that is there.</summary>
    public async Task<byte[]> AssertAsync(HeldCard card, byte[] challenge)
    {
        JsonObject word = await AskAsync(
            "verifier/assertions",
            new JsonObject
            {
                ["challenge"] = Convert.ToBase64String(challenge),
                ["certificate"] = Convert.ToBase64String(card.Certificate),
                ["presenceProof"] = Convert.ToBase64String(card.Prove(challenge)),
                ["terminal"] = "reader-1",
            }
        );
        return Bytes(word, "assertion");
    }

    public void Dispose()
    {
        foreach (HeldCard card in _cards.Values)
        {
            card.Dispose();
        }

        _http.Dispose();
    }

    private void Mark(byte[] certificate)
    {
        using X509Certificate2 read = X509CertificateLoader.LoadCertificate(certificate);
        flock.AddBytes(CanaryKind.CardSerial, read.SerialNumberBytes.ToArray());
        flock.AddText(CanaryKind.CardSubject, read.GetNameInfo(X509NameType.SimpleName, false));
        byte[] handle = SHA256.HashData([
            .. read.IssuerName.RawData,
            .. read.SerialNumberBytes.Span,
        ]);
        flock.AddBytes(CanaryKind.RecordHandle, handle);
        flock.AddText(CanaryKind.RecordHandle, Convert.ToHexStringLower(handle));
        // The holder's own key and the signature over it; what all certificates have in common proves nothing.
        byte[] key = read.GetPublicKey();
        int at = certificate.AsSpan().IndexOf(key.AsSpan(16, SliceBytes));
        foreach (
            int start in new[]
            {
                at,
                at + 50,
                at + 101,
                certificate.Length - 60,
                certificate.Length - 25,
            }
        )
        {
            flock.AddBytes(CanaryKind.CardCertificate, certificate[start..(start + SliceBytes)]);
        }
    }

    private async Task<JsonObject> AskAsync(string path, JsonObject question)
    {
        using var body = new StringContent(
            question.ToJsonString(),
            Encoding.UTF8,
            "application/json"
        );
        using HttpResponseMessage answer = await _http.PostAsync(
            new Uri(path, UriKind.Relative),
            body
        );
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private static byte[] Bytes(JsonObject answer, string field) =>
        Convert.FromBase64String((string)answer[field]!);
}

/// <summary>A card in its holder's hand: it signs as after the right PIN, and proves that it is there.</summary>
internal sealed class HeldCard : IDisposable
{
    private readonly RSA _key = RSA.Create();
    private readonly SimulatedPresence _presence;

    public HeldCard(byte[] certificate, byte[] privateKey, byte[] presenceKey)
    {
        Certificate = certificate;
        _key.ImportPkcs8PrivateKey(privateKey, out _);
        _presence = new SimulatedPresence(presenceKey);
    }

    public byte[] Certificate { get; }

    public byte[] Sign(ReadOnlySpan<byte> challenge) =>
        _key.SignData(challenge, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public byte[] Prove(ReadOnlySpan<byte> challenge) => _presence.Prove(challenge);

    public void Dispose()
    {
        _key.Dispose();
        _presence.Dispose();
    }
}
