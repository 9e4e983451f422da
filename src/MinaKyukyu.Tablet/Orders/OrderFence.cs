using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Tablet.Orders;

/// <summary>An order as it reaches the tablet; ids and a token only.</summary>
/// <param name="Token">Grows with every order of the department.</param>
/// <param name="IsActive">False: cancelled, replaced or cleared.</param>
public sealed record OrderNews(
    AssignmentId Assignment,
    IncidentId Incident,
    long Token,
    bool IsActive
);

/// <summary>What the tablet does about an order.</summary>
public enum OrderVerdict
{
    /// <summary>A new order: it is the crew's now.</summary>
    Obey,

    /// <summary>The crew's order, told again.</summary>
    Known,

    /// <summary>The crew's order is over.</summary>
    Ended,

    /// <summary>It was over before the tablet ever heard of it.</summary>
    AlreadyOver,

    /// <summary>Its token is not higher than the last one: late or out of order on its way.</summary>
    RefusedOutdated,

    /// <summary>The crew obeys another order, and nobody said that it is over.</summary>
    RefusedSecondOrder,
}

/// <summary>What the fence remembers.</summary>
/// <param name="LastToken">The highest token obeyed or seen to be over; 0: none.</param>
/// <param name="Last">The order of that token; null when only the token is known.</param>
/// <param name="Active">The order that the crew obeys.</param>
public sealed record FenceState(long LastToken, AssignmentId? Last, OrderNews? Active)
{
    public static readonly FenceState Nothing = new(0, null, null);
}

/// <summary>The final fence against two orders at once and against old ones: pure.</summary>
public static class OrderFence
{
    public static (OrderVerdict Verdict, FenceState State) Judge(FenceState state, OrderNews news)
    {
        if (state.Active is { } active && active.Assignment == news.Assignment)
        {
            // An order keeps its token for life; another one under its name is a mistake of somebody's.
            if (active.Token != news.Token)
            {
                return (OrderVerdict.RefusedOutdated, state);
            }

            return news.IsActive
                ? (OrderVerdict.Known, state)
                : (OrderVerdict.Ended, state with { Active = null });
        }

        if (news.Token <= state.LastToken)
        {
            bool isOurOldOne = !news.IsActive && news.Assignment == state.Last;
            return (isOurOldOne ? OrderVerdict.AlreadyOver : OrderVerdict.RefusedOutdated, state);
        }

        if (!news.IsActive)
        {
            FenceState passed = state with { LastToken = news.Token, Last = news.Assignment };
            return (OrderVerdict.AlreadyOver, passed);
        }

        return state.Active is null
            ? (OrderVerdict.Obey, new FenceState(news.Token, news.Assignment, news))
            : (OrderVerdict.RefusedSecondOrder, state);
    }
}
