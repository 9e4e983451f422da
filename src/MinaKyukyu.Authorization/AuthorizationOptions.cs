using System.ComponentModel.DataAnnotations;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Authorization.Revocation;

namespace MinaKyukyu.Authorization;

/// <summary>What a department may set about card checks and grants.</summary>
public sealed class AuthorizationOptions
{
    /// <summary>How long a challenge may be answered.</summary>
    /// <value>60 seconds, which is also the most: time to lay the card on the reader and to type a PIN.</value>
    [Range(typeof(TimeSpan), "00:00:10", "00:01:00")]
    public TimeSpan ChallengeLifetime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Most challenges that wait for a card at once on this node; beyond, a new check is refused.</summary>
    /// <value>4,096: each of the country's 5,415 crews begins a check about once in two hours.</value>
    [Range(1, 65_536)]
    public int MostOpenChallenges { get; set; } = 4_096;

    /// <summary>Most grants that are open at once on this node; beyond, access is refused.</summary>
    [Range(1, 65_536)]
    public int MostOpenGrants { get; set; } = 4_096;

    /// <summary>How long a grant lasts at most.</summary>
    /// <value>2 hours, which is also the most: the longest runs are over by then.</value>
    [Range(typeof(TimeSpan), "00:01:00", "02:00:00")]
    public TimeSpan GrantLifetime { get; set; } = TimeSpan.FromHours(2);

    /// <summary>By how much a special verifier's clock may differ from ours.</summary>
    /// <value>30 seconds: our own guess for a machine of another office; the challenge itself keeps an assertion fresh.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan VerifierClockTolerance { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Opens level B (special verifier and photo); null: closed.</summary>
    public LevelApproval? LevelB { get; set; }

    /// <summary>Opens level A (certificate merely read; emergency items only); null: closed.</summary>
    public LevelApproval? LevelA { get; set; }

    /// <summary>How old what is known about a card's revocation may be.</summary>
    public RevocationOptions Revocation { get; set; } = new();

    /// <exception cref="ValidationException">A value outside its range; names the option.</exception>
    internal AuthorizationOptions RequireValid()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        Validator.ValidateObject(
            Revocation,
            new ValidationContext(Revocation),
            validateAllProperties: true
        );
        return this;
    }
}
