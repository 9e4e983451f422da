using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.Cards.Apdus;

namespace MinaKyukyu.Tablet.VirtualCards;

/// <summary>A reader inside this process, with a virtual card that always lies in it.</summary>
internal sealed class VirtualCardSlot(IApduCard card) : ICardSlot
{
    public const string Name = "virtual reader (TEST)";

    public Task<ICardTransport> OpenAsync(CancellationToken cancellation)
    {
        card.PowerOn();
        return Task.FromResult<ICardTransport>(new Transport(card));
    }

    private sealed class Transport(IApduCard card) : ICardTransport
    {
        public string Reader => Name;

        public Task<byte[]> TransmitAsync(CardCommand command, CancellationToken cancellation)
        {
            byte[] answer = card.Transmit(command.Bytes);
            command.Forget();
            return Task.FromResult(answer);
        }

        public ValueTask DisposeAsync()
        {
            card.PowerOff();
            return ValueTask.CompletedTask;
        }
    }
}
