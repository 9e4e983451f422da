using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace MinaKyukyu.Tablet.VirtualCards;

/// <summary>
/// Lays a card into a virtual reader of the PC/SC service (vsmartcard's vpcd): each message is two octets of length, the higher
/// first, and that many octets; a single octet is a control, anything longer a command. Speaks over the loopback only.
/// </summary>
public static class VpcdWire
{
    private const int LengthOctets = 2;

    /// <summary>Goes to a reader that waits for cards.</summary>
    /// <returns>When the reader ends the connection, or when cancelled: then the card is lifted.</returns>
    /// <exception cref="ArgumentException">The address is not of the loopback.</exception>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static async Task ConnectAsync(
        IPEndPoint reader,
        IApduCard card,
        CancellationToken cancellation
    )
    {
        RefuseAllButLoopback(reader);
        using var client = new TcpClient(reader.AddressFamily) { NoDelay = true };
        await client.ConnectAsync(reader, cancellation);
        await SpeakAsync(client.GetStream(), card, cancellation);
    }

    /// <summary>
    /// Waits to be called by a reader in reversed mode (its <c>DEVICENAME</c> is our address): then nothing of the reader listens.
    /// Called again, the card lies there again.
    /// </summary>
    /// <param name="at">Port 0: any.</param>
    /// <param name="listening">Told where, once a reader can call.</param>
    /// <returns>When cancelled: then the card is lifted.</returns>
    /// <exception cref="ArgumentException">The address is not of the loopback.</exception>
    /// <exception cref="SocketException">The port is taken.</exception>
    public static async Task ListenAsync(
        IPEndPoint at,
        IApduCard card,
        Action<IPEndPoint> listening,
        CancellationToken cancellation
    )
    {
        RefuseAllButLoopback(at);
        using var listener = new TcpListener(at);
        listener.Start(backlog: 1);
        listening((IPEndPoint)listener.LocalEndpoint);
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                // One reader at a time: a card lies in one place.
                using TcpClient reader = await listener.AcceptTcpClientAsync(cancellation);
                reader.NoDelay = true;
                await SpeakAsync(reader.GetStream(), card, cancellation);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static void RefuseAllButLoopback(IPEndPoint address)
    {
        if (!IPAddress.IsLoopback(address.Address))
        {
            throw new ArgumentException(
                "A virtual card speaks over the loopback only.",
                nameof(address)
            );
        }
    }

    /// <summary>Until the reader hangs up or the card is lifted; either way the card has no power afterwards.</summary>
    internal static async Task SpeakAsync(
        Stream reader,
        IApduCard card,
        CancellationToken cancellation
    )
    {
        try
        {
            byte[] length = new byte[LengthOctets];
            while (true)
            {
                await reader.ReadExactlyAsync(length, cancellation);
                byte[] message = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
                await reader.ReadExactlyAsync(message, cancellation);
                if (AnswerTo(message, card) is { } answer)
                {
                    byte[] framed = new byte[LengthOctets + answer.Length];
                    BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)answer.Length);
                    answer.CopyTo(framed.AsMemory(LengthOctets));
                    await reader.WriteAsync(framed, cancellation);
                }
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException)
        {
            // The reader hung up, or the card is lifted.
        }
        finally
        {
            card.PowerOff();
        }
    }

    private static byte[]? AnswerTo(byte[] message, IApduCard card)
    {
        switch (message)
        {
            case [0]:
                card.PowerOff();
                return null;
            case [1]:
                card.PowerOn();
                return null;
            case [2]:
                card.Reset();
                return null;
            case [4]:
                return card.Atr.ToArray();
            case { Length: <= 1 }:
                return null;
            default:
                return card.Transmit(message);
        }
    }
}
