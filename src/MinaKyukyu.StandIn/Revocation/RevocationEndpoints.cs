using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.StandIn.Counts;

namespace MinaKyukyu.StandIn.Revocation;

/// <summary>The test authority's OCSP responder and revocation list, the switch that revokes a card, and the switch for faults.</summary>
internal static class RevocationEndpoints
{
    private const string ResponseType = "application/ocsp-response";

    /// <summary>As often as the national responder is said to refresh its data.</summary>
    private static readonly TimeSpan Cadence = TimeSpan.FromMinutes(15);

    /// <summary>The national list appears daily.</summary>
    private static readonly TimeSpan ListCadence = TimeSpan.FromHours(24);

    private static readonly TimeSpan SlowBy = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan DripPause = TimeSpan.FromMilliseconds(250);

    /// <summary>unauthorized (RFC 6960 §2.3): a question about nobody this responder speaks for.</summary>
    private const int Unauthorized = 6;
    private const int MalformedRequest = 1;
    private const int TryLater = 3;

    public static void MapRevocation(this WebApplication app)
    {
        app.MapPost(
            "/ocsp",
            async (
                HttpContext http,
                IssuedCards cards,
                RevocationFaults faults,
                RequestCounts counts,
                TimeProvider time
            ) =>
            {
                counts.Add("ocsp.asked");
                using MemoryStream asked = new();
                await http.Request.Body.CopyToAsync(asked, http.RequestAborted);
                await AnswerAsync(http, asked.ToArray(), cards, faults.Current, time);
            }
        );
        app.MapGet(
            "/ca/authentication.crl",
            (IssuedCards cards, RequestCounts counts, TimeProvider time) =>
            {
                counts.Add("crl.read");
                DateTimeOffset now = time.GetUtcNow();
                return TypedResults.Bytes(
                    cards.Authority.List(cards.RevokedSerials, now, now + ListCadence),
                    "application/pkix-crl"
                );
            }
        );
        app.MapPost(
            "/revocations",
            (RevocationWish wish, IssuedCards cards) =>
                cards.Revoke(wish.Patient, wish.Kind, wish.Revoked)
                    ? Results.NoContent()
                    : Results.NotFound(new RefusalAnswer(Simulated.Word, "NO_SUCH_PATIENT"))
        );
        app.MapPost(
            "/revocations/faults",
            (RevocationFaultWish wish, RevocationFaults faults, IssuedCards cards) =>
            {
                if (RevocationFaults.Parse(wish.Fault) is not { } fault)
                {
                    return Results.BadRequest(
                        "fault: hang, slow, slow-drip, error, try-later, stale, wrong-signer, replay or none"
                    );
                }

                // Its key is made now: within the 800 ms of a question there may be no time.
                _ = fault == RevocationFault.WrongSigner ? cards.Namesake : null;
                faults.Current = fault;
                return Results.NoContent();
            }
        );
    }

    private static async Task AnswerAsync(
        HttpContext http,
        byte[] question,
        IssuedCards cards,
        RevocationFault fault,
        TimeProvider time
    )
    {
        switch (fault)
        {
            case RevocationFault.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, time, http.RequestAborted);
                return;
            case RevocationFault.Error:
                http.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return;
            case RevocationFault.Slow:
                await Task.Delay(SlowBy, time, http.RequestAborted);
                break;
        }

        byte[] answer = AnswerTo(question, cards, fault, time.GetUtcNow());
        http.Response.ContentType = ResponseType;
        int piece = fault == RevocationFault.SlowDrip ? 4 : answer.Length;
        for (int sent = 0; sent < answer.Length; sent += piece)
        {
            await http.Response.Body.WriteAsync(
                answer.AsMemory(sent, Math.Min(piece, answer.Length - sent)),
                http.RequestAborted
            );
            await http.Response.Body.FlushAsync(http.RequestAborted);
            if (fault == RevocationFault.SlowDrip)
            {
                await Task.Delay(DripPause, time, http.RequestAborted);
            }
        }
    }

    private static byte[] AnswerTo(
        byte[] question,
        IssuedCards cards,
        RevocationFault fault,
        DateTimeOffset now
    )
    {
        if (fault == RevocationFault.TryLater)
        {
            return OcspWriting.Error(TryLater);
        }

        if (OcspWriting.ReadQuestion(question) is not { } asked)
        {
            return OcspWriting.Error(MalformedRequest);
        }

        TestSigner authority = cards.Authority.Signer;
        OcspId ours = OcspWriting.IdOf(authority, asked.Id.Serial, asked.Id.Digest);
        if (
            !ours.NameHash.AsSpan().SequenceEqual(asked.Id.NameHash)
            || !ours.KeyHash.AsSpan().SequenceEqual(asked.Id.KeyHash)
        )
        {
            return OcspWriting.Error(Unauthorized);
        }

        long? serial = SerialOf(asked.Id.Serial);
        DateTimeOffset known = fault == RevocationFault.Stale ? now.AddHours(-2) : now;
        OcspWord word =
            serial is not { } number || !cards.Issued(number) ? OcspWord.Unknown
            : cards.IsRevoked(number) ? OcspWord.Revoked
            : OcspWord.Good;
        return OcspWriting.Answer(
            new OcspSpec(
                fault == RevocationFault.WrongSigner ? cards.Namesake.Signer : authority,
                [new OcspSingleSpec(asked.Id, word, known, known + Cadence)]
            )
            {
                ProducedAt = now,
                Nonce =
                    fault == RevocationFault.Replay
                        ? SHA256.HashData("an earlier question"u8)
                        : asked.Nonce,
            }
        );
    }

    /// <summary>Our serial numbers have eight octets and are positive.</summary>
    private static long? SerialOf(ReadOnlySpan<byte> serial) =>
        serial.Length == sizeof(long) ? BinaryPrimitives.ReadInt64BigEndian(serial) : null;
}
