using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MinaKyukyu.Tablet.Cards.Apdus;

/// <summary>One visit to one card, from power to power off: the steps of the public authentication application in their order.</summary>
/// <param name="commandWithin">How long the card may take for one command.</param>
internal sealed class JpkiSession(
    ICardTransport card,
    TimeSpan commandWithin,
    TimeProvider time,
    CancellationToken cancellation
)
{
    /// <summary>A certificate of a card has about 1.6 KiB; a card that claims more is not believed.</summary>
    private const int LargestCertificate = 8 * 1024;

    /// <summary>Answers that one command may be spread over; 256 octets need one or two.</summary>
    private const int MostParts = 16;

    /// <summary>Octets of the file that names the token.</summary>
    private const int TokenNameLength = 0x20;

    /// <summary>Selects the application. What does not have it is not a My Number card.</summary>
    public async Task<TokenKind> EnterAsync()
    {
        if (!(await SendAsync(CardCommand.SelectJpki)).IsDone)
        {
            throw new CardTroubleException(CardState.NotMyNumberCard);
        }

        if (!(await SendAsync(CardCommand.SelectTokenKind)).IsDone)
        {
            return TokenKind.Unknown;
        }

        CardAnswer name = await SendAsync(CardCommand.ReadBinary(0, TokenNameLength));
        return name.HasData ? KindOf(name.Data) : TokenKind.Unknown;
    }

    /// <summary>The user-authentication certificate, DER, checked to be one certificate and nothing behind it.</summary>
    public async Task<byte[]> ReadCertificateAsync()
    {
        await SelectAsync(CardCommand.SelectAuthenticationCertificate);
        byte[] head = await ReadAsync(0, 4);
        // SEQUENCE with a length of two octets: shorter or longer ones are no certificate of a card.
        if (head is not [0x30, 0x82, _, _])
        {
            throw new CardTroubleException(CardState.Unreadable);
        }

        int size = BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2)) + head.Length;
        if (size > LargestCertificate)
        {
            throw new CardTroubleException(CardState.Unreadable);
        }

        byte[] certificate = new byte[size];
        for (int offset = 0; offset < size; )
        {
            int length = Math.Min(CardCommand.MostRead, size - offset);
            byte[] part = await ReadAsync(offset, length);
            part.CopyTo(certificate, offset);
            offset += part.Length;
        }

        return IsCertificate(certificate)
            ? certificate
            : throw new CardTroubleException(CardState.Unreadable);
    }

    /// <summary>
    /// Whether the card's certificate begins as this one does. The serial number stands in the first octets, so two cards never
    /// agree in them; the signature is held against the whole certificate afterwards.
    /// </summary>
    public async Task<bool> HasCertificateAsync(byte[] certificate)
    {
        await SelectAsync(CardCommand.SelectAuthenticationCertificate);
        int length = Math.Min(CardCommand.MostRead, certificate.Length);
        byte[] begin = await ReadAsync(0, length);
        return begin.AsSpan().SequenceEqual(certificate.AsSpan(0, length));
    }

    /// <summary>Tries of the authentication PIN; leaves it selected.</summary>
    public async Task<int> ReadTriesLeftAsync()
    {
        await SelectAsync(CardCommand.SelectAuthenticationPin);
        CardAnswer answer = await SendAsync(CardCommand.AskTriesLeft);
        // "Verified" without a PIN would mean that somebody else's lives on: the card has to be placed again.
        return answer.IsBlocked
            ? 0
            : answer.TriesLeft ?? throw new CardTroubleException(CardState.Unreadable);
    }

    /// <summary>Shows the PIN once to the selected reference.</summary>
    /// <returns>Null when it is right, else how many tries are left.</returns>
    public async Task<int?> VerifyAsync(Pin pin)
    {
        CardAnswer answer = await SendAsync(CardCommand.Verify(pin));
        return answer.IsDone ? null
            : answer.IsBlocked ? 0
            : answer.TriesLeft ?? throw new CardTroubleException(CardState.Unreadable);
    }

    public async Task<byte[]> SignAsync(ReadOnlyMemory<byte> challenge)
    {
        await SelectAsync(CardCommand.SelectAuthenticationKey);
        CardAnswer answer = await SendAsync(CardCommand.Sign(SHA256.HashData(challenge.Span)));
        return answer.IsDone ? answer.Data : throw new CardTroubleException(CardState.Unreadable);
    }

    private static TokenKind KindOf(ReadOnlySpan<byte> name) =>
        Encoding.ASCII.GetString(name).TrimEnd('\0', ' ', '\xFF', '?') switch
        {
            "JPKIAPICCTOKEN2" => TokenKind.MyNumberCard,
            "JPKIAPICCTOKEN" => TokenKind.ResidentCard,
            "JPKIAPGPSETOKEN" => TokenKind.Android,
            "JPKIAPIOSTOKEN" => TokenKind.IPhone,
            _ => TokenKind.Unknown,
        };

    private static bool IsCertificate(byte[] der)
    {
        try
        {
            using X509Certificate2 read = X509CertificateLoader.LoadCertificate(der);
            return read.RawData.AsSpan().SequenceEqual(der);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private async Task SelectAsync(CardCommand select)
    {
        if (!(await SendAsync(select)).IsDone)
        {
            throw new CardTroubleException(CardState.Unreadable);
        }
    }

    private async Task<byte[]> ReadAsync(int offset, int length)
    {
        CardAnswer answer = await SendAsync(CardCommand.ReadBinary(offset, length));
        return answer.HasData && answer.Data.Length > 0 && answer.Data.Length <= length
            ? answer.Data
            : throw new CardTroubleException(CardState.Unreadable);
    }

    /// <summary>One command with all that the card holds back of its answer.</summary>
    private async Task<CardAnswer> SendAsync(CardCommand command)
    {
        List<byte> data = [];
        CardAnswer answer = await SendOnceAsync(command);
        for (int part = 1; part < MostParts; part++)
        {
            data.AddRange(answer.Data);
            byte second = (byte)answer.Status;
            switch (answer.Status >> 8)
            {
                case StatusWord.MoreWaits:
                    answer = await SendOnceAsync(CardCommand.GetResponse(second));
                    break;
                case StatusWord.OtherLength when command.MayBeSentAgain:
                    answer = await SendOnceAsync(command.WithLength(second));
                    break;
                default:
                    return new CardAnswer([.. data], answer.Status);
            }
        }

        throw new CardTroubleException(CardState.Unreadable);
    }

    private async Task<CardAnswer> SendOnceAsync(CardCommand command)
    {
        try
        {
            byte[] raw = await card.TransmitAsync(command, cancellation)
                .WaitAsync(commandWithin, time, cancellation);
            return CardAnswer.Read(raw) ?? throw new CardTroubleException(CardState.Unreadable);
        }
        catch (TimeoutException)
        {
            throw new CardTroubleException(CardState.CardTooSlow);
        }
    }
}
