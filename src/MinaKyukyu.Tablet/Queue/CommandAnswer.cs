using MinaKyukyu.Tablet.Link;

namespace MinaKyukyu.Tablet.Queue;

/// <summary>How a queued command ended. The closed set is <see cref="Done"/>, <see cref="Refused"/> and <see cref="SetAside"/>.</summary>
/// <param name="RequestId">Minted before the first try.</param>
/// <param name="Tries">How often it was sent.</param>
/// <param name="Waited">From the tap to the answer.</param>
public abstract record CommandAnswer<TResponse>(string RequestId, int Tries, TimeSpan Waited)
{
    /// <summary>The server did it, now or at an earlier try.</summary>
    public sealed record Done(string RequestId, TResponse Response, int Tries, TimeSpan Waited)
        : CommandAnswer<TResponse>(RequestId, Tries, Waited);

    /// <summary>The server said a definite no; nothing changed there.</summary>
    public sealed record Refused(string RequestId, Refusal Why, int Tries, TimeSpan Waited)
        : CommandAnswer<TResponse>(RequestId, Tries, Waited);

    /// <summary>
    /// The server failed at it again and again without saying no. It stays in the file and is tried again at the next start; until
    /// then the crew tells it by voice, and what comes behind it is not held up.
    /// </summary>
    public sealed record SetAside(string RequestId, Refusal Last, int Tries, TimeSpan Waited)
        : CommandAnswer<TResponse>(RequestId, Tries, Waited);
}

/// <summary>What became of a command that was given to the queue.</summary>
public abstract record Offer<TResponse>
{
    private Offer() { }

    /// <summary>It is on the disk and will be sent.</summary>
    /// <param name="Answer">Ends when the server has answered; never fails, is cancelled only when the queue is disposed.</param>
    public sealed record Queued(string RequestId, Task<CommandAnswer<TResponse>> Answer)
        : Offer<TResponse>;

    /// <summary>The queue holds as many commands as it may: nothing was taken. Tell it by voice.</summary>
    public sealed record Full(int Capacity) : Offer<TResponse>
    {
        public const string Ja = "送信待ちが一杯です。無線で伝えてください";
        public const string En = "The waiting list is full. Tell it by radio";
    }

    /// <summary>The disk did not keep it: nothing was taken, and nothing more will be until the tablet starts again.</summary>
    public sealed record NotKept : Offer<TResponse>
    {
        public const string Ja = "端末に保存できません。無線で伝えてください";
        public const string En = "The tablet cannot keep it. Tell it by radio";
    }
}
