using System.Collections.Concurrent;
using System.Security.Cryptography;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Pages.Access;

/// <summary>
/// The sessions of browsers, and one-time links into them for demonstrations: whoever starts the server hands those out, each opens
/// one session and is worth nothing afterwards. Nothing of it is ever written to disk.
/// </summary>
internal sealed class SignInLinks(TimeProvider time)
{
    /// <summary>How long an unused link stays good, and a session open.</summary>
    /// <value>12 hours: half a duty of 24.</value>
    private static readonly TimeSpan GoodFor = TimeSpan.FromHours(12);

    /// <summary>Most links, and most sessions; beyond it nobody else comes in until one has run out.</summary>
    private const int Most = 256;

    /// <summary>Most sessions of one person in one role: as many desks as one can look after.</summary>
    private const int MostOfOne = 4;

    private readonly ConcurrentDictionary<string, Invitation> _links = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, PageSession> _sessions = new(
        StringComparer.Ordinal
    );

    /// <summary>Path and query of a new link.</summary>
    /// <param name="unit">The crew's unit; null with <see cref="CallerRole.CrewLeader"/> lets a demonstration look at any unit.</param>
    /// <exception cref="InvalidOperationException">There are too many unused links.</exception>
    public string Mint(CallerRole role, UnitId? unit = null)
    {
        DropOld();
        if (_links.Count >= Most)
        {
            throw new InvalidOperationException("Too many sign-in links are unused.");
        }

        string token = Secret();
        _links[token] = new Invitation(role, unit, time.GetUtcNow() + GoodFor);
        return $"/signin?token={token}";
    }

    /// <summary>Uses up a link; null when it is none, was used, or is too old.</summary>
    /// <returns>The session and the secret that its cookie carries.</returns>
    public (PageSession Session, string Secret)? Redeem(string token)
    {
        DropOld();
        if (_sessions.Count >= Most || !_links.TryRemove(token, out Invitation? link))
        {
            return null;
        }

        return Open(link.Role, new DeviceId($"page-{Secret()[..16]}"), link.Unit);
    }

    /// <summary>A session for somebody who proved who he is; null when there are too many. A person's earlier ones give way to it.</summary>
    public (PageSession Session, string Secret)? Open(
        CallerRole role,
        DeviceId device,
        UnitId? unit = null
    )
    {
        DropOld();
        foreach (
            (string earlier, _) in _sessions
                .Where(s => s.Value.Role == role && s.Value.Device == device)
                .OrderByDescending(s => s.Value.EndsAt)
                .Skip(MostOfOne - 1)
        )
        {
            _sessions.TryRemove(earlier, out _);
        }

        if (_sessions.Count >= Most)
        {
            return null;
        }

        string secret = Secret();
        var session = new PageSession(role, device, unit, Secret(), time.GetUtcNow() + GoodFor);
        _sessions[secret] = session;
        return (session, secret);
    }

    public PageSession? Find(string? secret) =>
        secret is not null
        && _sessions.TryGetValue(secret, out PageSession? session)
        && session.EndsAt > time.GetUtcNow()
            ? session
            : null;

    private void DropOld()
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach ((string token, Invitation link) in _links)
        {
            if (link.EndsAt <= now)
            {
                _links.TryRemove(token, out _);
            }
        }

        foreach ((string secret, PageSession session) in _sessions)
        {
            if (session.EndsAt <= now)
            {
                _sessions.TryRemove(secret, out _);
            }
        }
    }

    /// <summary>128 random bits, in letters that a link and a cookie carry as they are.</summary>
    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private sealed record Invitation(CallerRole Role, UnitId? Unit, DateTimeOffset EndsAt);
}
