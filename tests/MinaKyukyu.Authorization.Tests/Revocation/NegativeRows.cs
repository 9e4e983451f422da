using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Ports;
using MinaKyukyu.Authorization.Revocation;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.StandIn.Revocation;

namespace MinaKyukyu.Authorization.Tests.Revocation;

/// <summary>An answer with one thing wrong in it, and what must come of it.</summary>
/// <param name="Problem">Null: a genuine answer that says no.</param>
internal sealed record NegativeRow(
    Func<Asked, OcspReply> Answer,
    RefusalReason Reason,
    OcspProblem? Problem
)
{
    /// <summary>The list that the server holds beside it, if any.</summary>
    public Func<IReadOnlyCollection<long>>? Listed { get; init; }

    public bool RequireNonce { get; init; }
}

/// <summary>
/// Every row is the right answer but for one thing, so that only the one check that looks at this thing stands in its way: without
/// that check the row is accepted and the table fails.
/// </summary>
internal static class NegativeRows
{
    public static Dictionary<string, NegativeRow> All { get; } =
        new(StringComparer.Ordinal)
        {
            ["revoked, no reason"] = Says(s => s with { Word = OcspWord.Revoked }),
            ["revoked: unspecified"] = Revoked(0),
            ["revoked: keyCompromise"] = Revoked(1),
            ["revoked: cACompromise"] = Revoked(2),
            ["revoked: affiliationChanged"] = Revoked(3),
            ["revoked: superseded"] = Revoked(4),
            ["revoked: cessationOfOperation"] = Revoked(5),
            ["revoked: certificateHold is final"] = Revoked(6),
            ["revoked: removeFromCRL"] = Revoked(8),
            ["revoked: privilegeWithdrawn"] = Revoked(9),
            ["revoked: aACompromise"] = Revoked(10),
            ["revoked, known two hours ago"] = Says(s =>
                s with
                {
                    Word = OcspWord.Revoked,
                    ThisUpdate = s.ThisUpdate.AddHours(-2),
                    NextUpdate = s.ThisUpdate.AddHours(-1),
                }
            ),
            ["revoked, known tomorrow"] = Says(s =>
                s with
                {
                    Word = OcspWord.Revoked,
                    ThisUpdate = s.ThisUpdate.AddDays(1),
                    NextUpdate = null,
                }
            ),
            ["revoked beside a good in one answer"] = Genuine(
                a =>
                    a.Right with
                    {
                        Singles = [a.Single, a.Single with { Word = OcspWord.Revoked }],
                    },
                RefusalReason.Revoked
            ),
            ["revoked, by a responder that the authority named"] = Genuine(
                a =>
                    a.By(Responders.Named) with
                    {
                        Singles = [a.Single with { Word = OcspWord.Revoked }],
                    },
                RefusalReason.Revoked
            ),
            ["revoked on the list, good by the responder"] = Genuine(
                a => a.Right,
                RefusalReason.Revoked
            ) with
            {
                Listed = () => [TestCards.Everyday.Serial],
            },
            ["unknown"] = Genuine(
                a => a.Saying(s => s with { Word = OcspWord.Unknown }),
                RefusalReason.UnknownSerial
            ),
            ["unknown, without a next update"] = Genuine(
                a => a.Saying(s => s with { Word = OcspWord.Unknown, NextUpdate = null }),
                RefusalReason.UnknownSerial
            ),
            ["unknown, although the list does not name it"] = Genuine(
                a => a.Saying(s => s with { Word = OcspWord.Unknown }),
                RefusalReason.UnknownSerial
            ) with
            {
                Listed = () => [],
            },
            // Times.
            ["known a second more than an hour ago"] = Known(-3601, OcspProblem.Stale),
            ["known yesterday"] = Known(-86_400, OcspProblem.Stale),
            ["known six years ago"] = Known(-189_216_000, OcspProblem.Stale),
            ["known four seconds ahead"] = Broken(
                a =>
                    a.Saying(s => s with { ThisUpdate = a.Now.AddSeconds(4) }) with
                    {
                        ProducedAt = a.Now.AddSeconds(2),
                    },
                OcspProblem.FromTheFuture
            ),
            ["known tomorrow"] = Broken(
                a =>
                    a.Saying(s =>
                        s with
                        {
                            ThisUpdate = a.Now.AddDays(1),
                            NextUpdate = a.Now.AddDays(2),
                        }
                    ) with
                    {
                        ProducedAt = a.Now,
                    },
                OcspProblem.FromTheFuture
            ),
            ["made four seconds ahead"] = Broken(
                a => a.Right with { ProducedAt = a.Now.AddSeconds(4) },
                OcspProblem.FromTheFuture
            ),
            ["known after it was made"] = Broken(
                a => a.Right with { ProducedAt = a.Now.AddSeconds(-4) },
                OcspProblem.FromTheFuture
            ),
            ["next update before this one"] = Broken(
                a => a.Saying(s => s with { NextUpdate = a.Now.AddSeconds(-1) }),
                OcspProblem.Malformed
            ),
            ["a time with fractions"] = Patched(
                data => Replace(data, "Z"u8, ".5Z"u8),
                OcspProblem.Malformed
            ),
            ["a time in local time"] = Patched(
                data => Replace(data, "00Z"u8, "000"u8),
                OcspProblem.Malformed
            ),
            // Who signed.
            ["signed by another authority of the same name"] = Forged(
                a => a.Right with { Signer = TestCards.Namesake.Signer },
                OcspProblem.SignatureInvalid
            ),
            ["signed by another authority of the same name, which comes along"] = Forged(
                a => a.By(TestCards.Namesake.Signer),
                OcspProblem.ResponderNotAuthorized
            ),
            ["signed by another authority, named by key"] = Forged(
                a => a.Right with { Signer = TestCards.Namesake.Signer, ByKey = true },
                OcspProblem.ResponderNotAuthorized
            ),
            ["signed by the card itself"] = Forged(
                a => a.By(Responders.TheCardItself()),
                OcspProblem.ResponderNotAuthorized
            ),
            ["signed by nobody that is named"] = Forged(
                a => a.Right with { ClaimedName = new X500DistinguishedName("CN=Nobody").RawData },
                OcspProblem.ResponderNotAuthorized
            ),
            ["signed by a responder whose certificate stays away"] = Forged(
                a => a.By(Responders.Named) with { Certificates = [] },
                OcspProblem.ResponderNotAuthorized
            ),
            ["signed by a responder in another responder's name"] = Forged(
                a =>
                    a.By(Responders.Make(r => r)) with
                    {
                        Certificates = [Responders.Named.Certificate],
                    },
                OcspProblem.SignatureInvalid
            ),
            ["signed by a responder in the authority's name"] = Forged(
                a => a.By(Responders.Named) with { ClaimedName = TestCards.Authority.Signer.Name },
                OcspProblem.SignatureInvalid
            ),
            ["signature of another answer"] = new(
                a => TestResponder.Reply(WithSignatureOf(a.Right, a.Right with { Nonce = null })),
                RefusalReason.RevocationAnswerInvalid,
                OcspProblem.SignatureInvalid
            ),
            ["SHA-1"] = Forged(
                a =>
                    a.Right with
                    {
                        Signer = TestCards.Authority.Signer with
                        {
                            Digest = HashAlgorithmName.SHA1,
                        },
                    },
                OcspProblem.SignatureInvalid
            ),
            // Responders that the authority named wrongly, or did not name.
            ["responder without its purpose"] = Delegated(r => r with { ExtendedKeyUsage = null }),
            ["responder for servers"] = Delegated(r =>
                r with
                {
                    ExtendedKeyUsage = "1.3.6.1.5.5.7.3.1",
                }
            ),
            ["responder for cards"] = Delegated(r =>
                r with
                {
                    ExtendedKeyUsage = TestProfile.ClientAuthOid,
                }
            ),
            ["responder for any purpose"] = Delegated(r =>
                r with
                {
                    ExtendedKeyUsage = "2.5.29.37.0",
                }
            ),
            ["responder whose time is over"] = Delegated(r =>
                r with
                {
                    NotAfter = TestCards.Start.AddSeconds(-1),
                }
            ),
            ["responder whose time is yet to come"] = Delegated(r =>
                r with
                {
                    NotBefore = TestCards.Start.AddSeconds(1),
                }
            ),
            ["responder that is an authority"] = Delegated(r => r with { IsAuthority = true }),
            ["responder that may not sign"] = Delegated(r =>
                r with
                {
                    KeyUsage = X509KeyUsageFlags.KeyEncipherment,
                }
            ),
            ["responder that may sign certificates"] = Delegated(r =>
                r with
                {
                    KeyUsage = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign,
                }
            ),
            ["responder with an unknown critical extension"] = Delegated(r =>
                r with
                {
                    Further = [Responders.UnknownCritical],
                }
            ),
            ["responder with a short key"] = Delegated(r => r with { Key = CardKey.Rsa1024 }),
            ["responder with a key of another curve"] = Delegated(r =>
                r with
                {
                    Key = CardKey.EcdsaP256,
                }
            ),
            ["responder named with SHA-1"] = Delegated(r =>
                r with
                {
                    Digest = HashAlgorithmName.SHA1,
                }
            ),
            ["responder of another authority of the same name"] = Forged(
                a => a.By(TestCards.Namesake.IssueResponder(Responders.Usual)),
                OcspProblem.ResponderNotAuthorized
            ),
            ["responder that names another issuer"] = Delegated(r =>
                r with
                {
                    Issuer = new X500DistinguishedName("CN=Somebody else"),
                }
            ),
            ["responder that nobody vouches for, without a list"] = Delegated(r =>
                r with
                {
                    NoCheck = false,
                }
            ),
            ["responder that is on the list"] = Delegated(r =>
                r with
                {
                    Serial = 0x0600_7777_0000_0001,
                }
            ) with
            {
                Listed = () => [0x0600_7777_0000_0001],
            },
            ["a second responder that is not named comes along"] = Forged(
                a =>
                    a.By(Responders.Named) with
                    {
                        Certificates =
                        [
                            Responders.Named.Certificate,
                            TestCards.Namesake.Signer.Certificate,
                        ],
                    },
                OcspProblem.ResponderNotAuthorized
            ),
            ["five certificates"] = Broken(
                a =>
                    a.By(Responders.Named) with
                    {
                        Certificates = [.. Enumerable.Repeat(Responders.Named.Certificate, 5)],
                    },
                OcspProblem.Malformed
            ),
            ["what comes along is no certificate"] = Forged(
                a =>
                    a.Right with
                    {
                        Certificates =
                        [
                            [0x30, 0x00],
                        ],
                    },
                OcspProblem.ResponderNotAuthorized
            ),
            // Whose question it answers.
            ["another nonce"] = Forged(
                a => a.Right with { Nonce = new byte[32] },
                OcspProblem.NonceMismatch
            ),
            ["an empty nonce"] = Forged(
                a => a.Right with { Nonce = [] },
                OcspProblem.NonceMismatch
            ),
            ["half the nonce"] = Forged(
                a => a.Right with { Nonce = a.Nonce![..16] },
                OcspProblem.NonceMismatch
            ),
            ["the nonce and one octet more"] = Forged(
                a => a.Right with { Nonce = [.. a.Nonce!, 0] },
                OcspProblem.NonceMismatch
            ),
            ["no nonce where one is required"] = Forged(
                a => a.Right with { Nonce = null },
                OcspProblem.NonceMismatch
            ) with
            {
                RequireNonce = true,
            },
            // Which card it is about.
            ["another serial number"] = About(id => id with { Serial = Next(id.Serial) }),
            ["a serial number with an octet less"] = About(id =>
                id with
                {
                    Serial = id.Serial[..^1],
                }
            ),
            ["another issuer's name"] = About(id => id with { NameHash = new byte[20] }),
            ["another issuer's key"] = About(id => id with { KeyHash = new byte[20] }),
            ["another generation of the issuer"] = About(id =>
                OcspWriting.IdOf(TestCards.Namesake.Signer, id.Serial, IdDigest.Sha1)
            ),
            ["the name of another digest"] = About(id => id with { Digest = IdDigest.Sha256 }),
            ["another digest than was asked with"] = About(id =>
                OcspWriting.IdOf(TestCards.Authority.Signer, id.Serial, IdDigest.Sha256)
            ),
            ["about nobody"] = Forged(
                a => a.Right with { Singles = [] },
                OcspProblem.WrongCertificate
            ),
            ["good and unknown in one answer"] = Broken(
                a =>
                    a.Right with
                    {
                        Singles = [a.Single, a.Single with { Word = OcspWord.Unknown }],
                    },
                OcspProblem.Contradictory
            ),
            ["seventeen answers in one"] = Broken(
                a => a.Right with { Singles = [.. Enumerable.Repeat(a.Single, 17)] },
                OcspProblem.Malformed
            ),
            ["one fresh and one too old about this card"] = Broken(
                a =>
                    a.Right with
                    {
                        Singles = [a.Single, a.Single with { ThisUpdate = a.Now.AddHours(-2) }],
                    },
                OcspProblem.Stale
            ),
            // Its shape.
            ["malformedRequest"] = Error(1),
            ["internalError"] = Error(2),
            ["tryLater"] = Error(3),
            ["sigRequired"] = Error(5),
            ["unauthorized"] = Error(6),
            ["tryLater with a good answer inside"] = Broken(
                a => a.Right with { ResponseStatus = 3 },
                OcspProblem.NotSuccessful
            ),
            ["successful and empty"] = Raw(_ => OcspWriting.Error(0), OcspProblem.Malformed),
            ["another type of response"] = Broken(
                a => a.Right with { ResponseType = "1.3.6.1.5.5.7.48.1.2" },
                OcspProblem.Malformed
            ),
            ["its default version written out"] = Broken(
                a => a.Right with { Version = 0 },
                OcspProblem.Malformed
            ),
            ["a version to come"] = Broken(
                a => a.Right with { Version = 1 },
                OcspProblem.Malformed
            ),
            ["an unknown critical extension"] = Broken(
                a => a.Right with { Further = [Responders.UnknownCritical] },
                OcspProblem.UnknownCritical
            ),
            ["an unknown critical extension about the card"] = Broken(
                a => a.Saying(s => s with { Further = [Responders.UnknownCritical] }),
                OcspProblem.UnknownCritical
            ),
            ["an extension twice"] = Broken(
                a => a.Right with { Further = [Responders.UnknownPlain, Responders.UnknownPlain] },
                OcspProblem.Malformed
            ),
            ["not critical, written out"] = Broken(
                a =>
                    a.Right with
                    {
                        Further = [Responders.UnknownCritical],
                        Patch = data => Replace(data, [0x01, 0x01, 0xff], [0x01, 0x01, 0x00]),
                    },
                OcspProblem.Malformed
            ),
            ["a signature that is not whole octets"] = new(
                a => TestResponder.Reply(WithAnUnusedBit(a.Right)),
                RefusalReason.RevocationUnknown,
                OcspProblem.Malformed
            ),
            ["nothing"] = Raw(_ => [], OcspProblem.Malformed),
            ["its last octet missing"] = Raw(der => der[..^1], OcspProblem.Malformed),
            ["its half missing"] = Raw(der => der[..(der.Length / 2)], OcspProblem.Malformed),
            ["an octet too much"] = Raw(der => [.. der, 0], OcspProblem.Malformed),
            ["twice"] = Raw(der => [.. der, .. der], OcspProblem.Malformed),
            ["of indefinite length"] = Raw(
                der => [0x30, 0x80, .. der[4..], 0, 0],
                OcspProblem.Malformed
            ),
            ["a length in more octets than needed"] = Raw(
                der => [0x30, 0x83, 0, .. der[2..]],
                OcspProblem.Malformed
            ),
            ["a length beyond everything"] = Raw(
                _ => [0x30, 0x84, 0x7f, 0xff, 0xff, 0xff],
                OcspProblem.Malformed
            ),
            ["a page"] = Raw(
                _ => Encoding.ASCII.GetBytes("<html>Please sign in</html>"),
                OcspProblem.Malformed
            ),
            ["64 KiB and an octet"] = Raw(
                der => [.. der, .. new byte[(64 * 1024) + 1 - der.Length]],
                OcspProblem.TooLarge
            ),
            ["4 MiB"] = Raw(_ => new byte[4 << 20], OcspProblem.TooLarge),
            // No answer at all.
            ["nobody there"] = Failed(OcspProblem.Unreachable),
            ["nothing in time"] = Failed(OcspProblem.TimedOut),
            ["more than it will read"] = Failed(OcspProblem.TooLarge),
        };

    private static NegativeRow Genuine(Func<Asked, OcspSpec> answer, RefusalReason reason) =>
        new(a => TestResponder.Reply(answer(a)), reason, null);

    private static NegativeRow Says(Func<OcspSingleSpec, OcspSingleSpec> change) =>
        Genuine(a => a.Saying(change), RefusalReason.Revoked);

    private static NegativeRow Revoked(int reason) =>
        Says(s => s with { Word = OcspWord.Revoked, Reason = reason });

    private static NegativeRow Forged(Func<Asked, OcspSpec> answer, OcspProblem problem) =>
        new(a => TestResponder.Reply(answer(a)), RefusalReason.RevocationAnswerInvalid, problem);

    private static NegativeRow Delegated(Func<ResponderSpec, ResponderSpec> change) =>
        Forged(a => a.By(Responders.Make(change)), OcspProblem.ResponderNotAuthorized);

    private static NegativeRow About(Func<OcspId, OcspId> change) =>
        Forged(a => a.Saying(s => s with { Id = change(s.Id) }), OcspProblem.WrongCertificate);

    private static NegativeRow Broken(Func<Asked, OcspSpec> answer, OcspProblem problem) =>
        new(a => TestResponder.Reply(answer(a)), RefusalReason.RevocationUnknown, problem);

    private static NegativeRow Known(int seconds, OcspProblem problem) =>
        Broken(
            a =>
                a.Saying(s =>
                    s with
                    {
                        ThisUpdate = a.Now.AddSeconds(seconds),
                        // Also when it says itself that it is still the latest.
                        NextUpdate = a.Now.AddMinutes(15),
                    }
                ),
            problem
        );

    private static NegativeRow Patched(Func<byte[], byte[]> patch, OcspProblem problem) =>
        Broken(a => a.Right with { Patch = patch }, problem);

    private static NegativeRow Raw(Func<byte[], byte[]> change, OcspProblem problem) =>
        new(
            a => TestResponder.Reply(change(OcspWriting.Answer(a.Right))),
            RefusalReason.RevocationUnknown,
            problem
        );

    private static NegativeRow Error(int status) =>
        Raw(_ => OcspWriting.Error(status), OcspProblem.NotSuccessful);

    private static NegativeRow Failed(OcspProblem problem) =>
        new(_ => new OcspReply.Failed(problem), RefusalReason.RevocationUnknown, problem);

    private static byte[] Next(byte[] serial)
    {
        byte[] next = [.. serial];
        next[^1] ^= 1;
        return next;
    }

    /// <summary>Replaces the first occurrence inside a structure whose outer lengths grow with it.</summary>
    private static byte[] Replace(
        byte[] data,
        ReadOnlySpan<byte> old,
        ReadOnlySpan<byte> replacement
    )
    {
        int at = data.AsSpan().IndexOf(old);
        Assert.True(at > 0);
        byte[] changed = [.. data[..at], .. replacement, .. data[(at + old.Length)..]];
        int more = replacement.Length - old.Length;
        if (more != 0)
        {
            // producedAt stands directly in the signed part: its own length, and the one around it.
            changed[data.AsSpan(0, at).LastIndexOf((byte)0x18) + 1] += (byte)more;
            changed[3] += (byte)more;
        }

        return changed;
    }

    /// <summary>DER demands that an unused bit is zero, so the answer is made until its last one is.</summary>
    private static byte[] WithAnUnusedBit(OcspSpec right)
    {
        for (byte i = 0; ; i++)
        {
            byte[] der = OcspWriting.Answer(
                right with
                {
                    Further =
                    [
                        new X509Extension("1.2.3.4.5", [2, 1, (byte)(i % 128)], critical: false),
                    ],
                }
            );
            if ((der[^1] & 1) == 0)
            {
                // RSA-2048: the octet before the last 256 says how many bits are not used.
                der[^257] = 1;
                return der;
            }
        }
    }

    private static byte[] WithSignatureOf(OcspSpec one, OcspSpec other)
    {
        byte[] der = OcspWriting.Answer(one);
        byte[] foreign = OcspWriting.Answer(other);
        // RSA-2048: the last 256 octets of both are their signatures.
        foreign.AsSpan(^256..).CopyTo(der.AsSpan(^256..));
        return der;
    }
}
