using MinaKyukyu.Authorization.Cards;

namespace MinaKyukyu.Authorization.Ports;

/// <summary>What is known about a card's revocation.</summary>
public enum RevocationStatus
{
    /// <summary>Nobody was asked.</summary>
    NotChecked = 1,

    Good = 2,

    Revoked = 3,
}

/// <summary>Says from what is at hand, without waiting, whether a card is revoked; whoever fills it fetches beforehand.</summary>
public interface IRevocationSource
{
    RevocationStatus StatusOf(CardIdentity card, DateTimeOffset now);
}

/// <summary>Asks nobody and says so; each grant then carries a note.</summary>
public sealed class NoRevocationSource : IRevocationSource
{
    public RevocationStatus StatusOf(CardIdentity card, DateTimeOffset now) =>
        RevocationStatus.NotChecked;
}
