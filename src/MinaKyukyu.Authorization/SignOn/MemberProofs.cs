using System.Collections.Concurrent;
using MinaKyukyu.Authorization.Ports;
using MinaKyukyu.Fleet.Devices;
using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Fleet.Members;

namespace MinaKyukyu.Authorization.SignOn;

/// <summary>A member proved to be there: good for a sign-on with the same device key, for a short while, on this node.</summary>
public sealed record SignOnTicket(string Value, SignedOnMember Member, DateTimeOffset ExpiresAt);

/// <summary>What became of a member's proof: a closed set.</summary>
public abstract record MemberProof
{
    private MemberProof() { }

    public sealed record Accepted(SignOnTicket Ticket) : MemberProof;

    /// <summary>Wrong PIN or code; "no such member" looks like a member's first wrong try.</summary>
    /// <param name="TriesLeft">0: locked from now on.</param>
    public sealed record Wrong(int TriesLeft) : MemberProof;

    public sealed record Locked : MemberProof;

    /// <summary>More tickets are open than this node keeps.</summary>
    public sealed record TooManyOpen : MemberProof;
}

/// <summary>Checks personal proofs and keeps the tickets of those that were right. Safe to use from many threads.</summary>
public sealed class MemberProofs(
    SignOnSecrets secrets,
    INonceSource nonces,
    TimeProvider time,
    SignOnOptions options
)
{
    private const int TicketBytes = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _tickets = new(StringComparer.Ordinal);

    /// <summary>By the registration's secret: a member registered anew begins anew. Kept at the limit until then.</summary>
    private readonly Dictionary<string, int> _wrongTries = new(StringComparer.Ordinal);
    private readonly Dictionary<MemberNumber, long> _usedSteps = [];

    /// <summary>A code shown before this start may have been used before it.</summary>
    private readonly long _firstStep = Totp.StepAt(time.GetUtcNow());

    /// <param name="member">Null: there is no such member; costs the same time and gives the same answer as a wrong proof.</param>
    /// <param name="sealedSecret">From the journal, of <see cref="Member.SecretScope"/>.</param>
    /// <remarks>Takes about 0.1 s of a processor; the caller bounds how many run at once.</remarks>
    public MemberProof Check(
        Member? member,
        ReadOnlyMemory<byte>? sealedSecret,
        PersonalProof proof,
        DeviceKey device
    )
    {
        // Also while the lock itself could not be written: a disk that is slow or full gives nobody another try.
        if (member is { LockedAt: not null } || IsUsedUp(member))
        {
            return new MemberProof.Locked();
        }

        SecretCheck check = secrets.Check(
            member is null ? null : sealedSecret,
            member?.SecretScope ?? "",
            proof,
            time.GetUtcNow()
        );
        lock (_gate)
        {
            return member is not null && check is SecretCheck.Right right && UseUp(member, right)
                ? Admit(member, device)
                : new MemberProof.Wrong(CountWrong(member));
        }
    }

    /// <summary>The members of these tickets; null when one is unknown, over, of another device, or of a member who is no longer registered as then.</summary>
    public IReadOnlyList<SignedOnMember>? Redeem(
        IReadOnlyCollection<string> tickets,
        DeviceKey device,
        MemberRegister register
    )
    {
        lock (_gate)
        {
            Sweep();
            List<SignedOnMember> members = [];
            foreach (string ticket in tickets.Distinct(StringComparer.Ordinal))
            {
                if (
                    !_tickets.TryGetValue(ticket, out Entry? entry)
                    || entry.Device != device
                    || !IsStillRegistered(entry, register)
                )
                {
                    return null;
                }

                members.Add(entry.Ticket.Member);
            }

            return members;
        }
    }

    private MemberProof Admit(Member member, DeviceKey device)
    {
        Sweep();
        if (_tickets.Count >= options.MostOpenTickets)
        {
            return new MemberProof.TooManyOpen();
        }

        _wrongTries.Remove(member.SecretScope);
        Span<byte> random = stackalloc byte[TicketBytes];
        nonces.Fill(random);
        SignOnTicket ticket = new(
            Convert.ToHexStringLower(random),
            new SignedOnMember(member.Number, member.Role),
            time.GetUtcNow() + options.TicketLifetime
        );
        _tickets[ticket.Value] = new Entry(ticket, device, member.SecretScope, time.GetTimestamp());
        return new MemberProof.Accepted(ticket);
    }

    /// <summary>A code counts once, and none that is older than one that counted (RFC 6238 §5.2).</summary>
    private bool UseUp(Member member, SecretCheck.Right right)
    {
        if (right.TotpStep is not { } step)
        {
            return true;
        }

        if (step <= _usedSteps.GetValueOrDefault(member.Number, _firstStep))
        {
            return false;
        }

        _usedSteps[member.Number] = step;
        return true;
    }

    private int CountWrong(Member? member)
    {
        if (member is null)
        {
            // As the first wrong try of a member would be answered.
            return options.MostWrongTries - 1;
        }

        int wrong = _wrongTries.GetValueOrDefault(member.SecretScope) + 1;
        _wrongTries[member.SecretScope] = wrong;
        return options.MostWrongTries - wrong;
    }

    private bool IsUsedUp(Member? member)
    {
        lock (_gate)
        {
            return member is not null
                && _wrongTries.GetValueOrDefault(member.SecretScope) >= options.MostWrongTries;
        }
    }

    private static bool IsStillRegistered(Entry entry, MemberRegister register) =>
        register.Find(entry.Ticket.Member.Number) is { LockedAt: null } member
        && member.SecretScope == entry.Scope;

    private void Sweep()
    {
        foreach (
            (string value, Entry entry) in _tickets
                .Where(t => time.GetElapsedTime(t.Value.Timestamp) >= options.TicketLifetime)
                .ToList()
        )
        {
            _tickets.Remove(value);
        }
    }

    private sealed record Entry(
        SignOnTicket Ticket,
        DeviceKey Device,
        string Scope,
        long Timestamp
    );
}
