using MinaKyukyu.Tablet.Cards.Apdus;

namespace MinaKyukyu.Tablet.Cards;

/// <summary>Below the reader's rules: a place where a card may lie, reached through PC/SC or inside this process.</summary>
internal interface ICardSlot
{
    /// <summary>Waits for a card, powers it and holds it for us alone.</summary>
    /// <exception cref="CardTroubleException">With the state that says why there is none.</exception>
    Task<ICardTransport> OpenAsync(CancellationToken cancellation);
}

/// <summary>A powered card that nobody else can speak to. Disposing takes its power, and with it every verified PIN.</summary>
internal interface ICardTransport : IAsyncDisposable
{
    string Reader { get; }

    /// <summary>Sends one command and forgets it; only what <see cref="CardCommand"/> can express can be sent.</summary>
    /// <returns>Data and the two status bytes.</returns>
    /// <exception cref="CardTroubleException">The card or the reader left, or answers too late.</exception>
    Task<byte[]> TransmitAsync(CardCommand command, CancellationToken cancellation);
}

/// <summary>Trouble below the reader; ends a visit to a card and becomes the reader's own word. Carries a state and nothing of a card.</summary>
internal sealed class CardTroubleException(CardState state) : Exception(state.ToString())
{
    public CardState State { get; } = state;
}
