using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Tablet.Cards.Apdus;
using MinaKyukyu.Tablet.Cards.Pcsc;
using MinaKyukyu.Tablet.VirtualCards;

namespace MinaKyukyu.Tablet.Cards;

/// <summary>
/// Reads the public authentication application (JPKI) of a My Number card, over PC/SC or of a virtual card: the same lines in an
/// ambulance and in the demonstration. Each visit powers the card, holds it alone and takes its power again.
/// </summary>
public sealed class JpkiCardReader : ICardReader
{
    /// <summary>Tries of the authentication PIN of a card whose last one was right.</summary>
    internal const int MostPinTries = 3;

    private readonly ICardSlot _slot;
    private readonly CardReaderOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal JpkiCardReader(
        ICardSlot slot,
        CardReaderOptions options,
        TimeProvider time,
        ILogger logger
    )
    {
        _slot = slot;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>A reader of this machine, through the platform's smart-card service.</summary>
    public static JpkiCardReader OverPcsc(
        CardReaderOptions options,
        TimeProvider time,
        ILogger logger
    ) => new(new PcscSlot(PcscLibrary.OfThisPlatform(), options, time), options, time, logger);

    /// <summary>A card of software that always lies in its place.</summary>
    public static JpkiCardReader OverVirtualCard(
        IApduCard card,
        TimeProvider time,
        ILogger logger
    ) => new(new VirtualCardSlot(card), new CardReaderOptions(), time, logger);

    public Task<CardRead> ReadAsync(CancellationToken cancellation) =>
        VisitAsync(
            async (card, reader) =>
            {
                TokenKind token = await card.EnterAsync();
                if (TroubleWith(token) is { } trouble)
                {
                    return new CardRead(trouble, Token: token, Reader: reader);
                }

                byte[] certificate = await card.ReadCertificateAsync();
                int tries = await card.ReadTriesLeftAsync();
                return new CardRead(CardState.Ready, certificate, tries, token, reader);
            },
            (state, reader) => new CardRead(state, Reader: reader),
            cancellation
        );

    public async Task<PinSigning> SignAsync(
        CardRead read,
        Pin pin,
        ReadOnlyMemory<byte> challenge,
        CancellationToken cancellation
    )
    {
        if (read is not { State: CardState.Ready, Certificate: { } certificate })
        {
            throw new ArgumentException("The card is read before it signs.", nameof(read));
        }

        using RSA? key = KeyOf(certificate);
        return key is null
            // How the next generation's keys are asked is not published; better no try than one in vain.
            ? new PinSigning(CardState.KeyNotSupported, read.PinTriesLeft)
            : await VisitAsync(
                (card, _) => SignAsync(card, certificate, key, pin, challenge),
                (state, _) => new PinSigning(state),
                cancellation
            );
    }

    private static async Task<PinSigning> SignAsync(
        JpkiSession card,
        byte[] certificate,
        RSA key,
        Pin pin,
        ReadOnlyMemory<byte> challenge
    )
    {
        if (
            TroubleWith(await card.EnterAsync()) is not null
            || !await card.HasCertificateAsync(certificate)
        )
        {
            return new(CardState.CardChanged);
        }

        // Asked again, because the card may have been elsewhere meanwhile; a locked PIN is not shown to it.
        if (await card.ReadTriesLeftAsync() == 0)
        {
            return new(CardState.PinLocked, 0);
        }

        if (await card.VerifyAsync(pin) is { } left)
        {
            return new(left == 0 ? CardState.PinLocked : CardState.PinWrong, left);
        }

        byte[] signature = await card.SignAsync(challenge);
        // A card whose key does not fit its certificate carries a copy of somebody's certificate.
        return key.VerifyData(
            challenge.Span,
            signature,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        )
            ? new(CardState.Ready, MostPinTries, signature)
            : new(CardState.Untrusted, MostPinTries);
    }

    /// <summary>Null when it is no RSA key, or none at all.</summary>
    private static RSA? KeyOf(byte[] certificate)
    {
        try
        {
            using X509Certificate2 holder = X509CertificateLoader.LoadCertificate(certificate);
            return holder.GetRSAPublicKey();
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static CardState? TroubleWith(TokenKind token) =>
        token switch
        {
            TokenKind.MyNumberCard => null,
            TokenKind.Android or TokenKind.IPhone => CardState.SmartphoneToken,
            _ => CardState.NotMyNumberCard,
        };

    private async Task<T> VisitAsync<T>(
        Func<JpkiSession, string, Task<T>> act,
        Func<CardState, string?, T> inTrouble,
        CancellationToken cancellation
    )
    {
        string? reader = null;
        try
        {
            await using ICardTransport card = await _slot.OpenAsync(cancellation);
            reader = card.Reader;
            return await act(
                new JpkiSession(card, _options.CommandWithin, _time, cancellation),
                reader
            );
        }
        catch (CardTroubleException trouble)
        {
            TabletLog.CardTrouble(_logger, trouble.State);
            return inTrouble(trouble.State, reader);
        }
    }
}
