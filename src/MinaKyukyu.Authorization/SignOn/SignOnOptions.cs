using System.ComponentModel.DataAnnotations;

namespace MinaKyukyu.Authorization.SignOn;

/// <summary>What a department may set about personal sign-on.</summary>
public sealed class SignOnOptions
{
    /// <summary>How often a wrong PIN or code may be typed before the member is locked until registered anew.</summary>
    /// <value>5: chance of a guess against six digits 5 in a million.</value>
    [Range(3, 10)]
    public int MostWrongTries { get; set; } = 5;

    /// <summary>How long a proof is good for signing on.</summary>
    /// <value>10 minutes: three members type one after the other, with bad radio in between.</value>
    [Range(typeof(TimeSpan), "00:01:00", "00:30:00")]
    public TimeSpan TicketLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a personal sign-on counts. After it the crew goes on being dispatched and no longer opens records.</summary>
    /// <value>26 hours: a duty of 24 and a run that ends late.</value>
    [Range(typeof(TimeSpan), "01:00:00", "48:00:00")]
    public TimeSpan ShiftLifetime { get; set; } = TimeSpan.FromHours(26);

    /// <summary>Most proofs that wait for their sign-on at once on this node.</summary>
    [Range(1, 65_536)]
    public int MostOpenTickets { get; set; } = 4_096;
}
