namespace MinaKyukyu.Authorization.Cards;

/// <summary>The time of a card's certificate, in Japanese time where the calendar matters.</summary>
internal static class CardValidity
{
    /// <summary>Japan standard time, without summer time.</summary>
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    /// <summary>How near the end is said to be soon: the three months in which a certificate may be renewed.</summary>
    private const int SoonMonths = 3;

    /// <returns>Null while it is valid. The last second itself is valid (RFC 5280 §4.1.2.5).</returns>
    public static CardRefusal? Check(
        DateTimeOffset notBefore,
        DateTimeOffset notAfter,
        DateTimeOffset now
    )
    {
        if (now < notBefore)
        {
            return CardRefusal.NotYetValid;
        }

        if (now.AddSeconds(-1) < notAfter)
        {
            return null;
        }

        return now < GraceEnd(notAfter) ? CardRefusal.ExpiredGrace : CardRefusal.Expired;
    }

    public static bool EndsSoon(DateTimeOffset notAfter, DateTimeOffset now) =>
        notAfter <= now.ToOffset(Japan).AddMonths(SoonMonths);

    /// <summary>The first moment after the grace, which lasts to the end of the third month after the month of expiry in Japan.</summary>
    public static DateTimeOffset GraceEnd(DateTimeOffset notAfter)
    {
        DateTimeOffset local = notAfter.ToOffset(Japan);
        return new DateTimeOffset(local.Year, local.Month, 1, 0, 0, 0, Japan).AddMonths(4);
    }
}
