using MinaKyukyu.Authorization.SignOn;
using MinaKyukyu.Fleet.Members;
using MinaKyukyu.Journal;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Identity;

namespace MinaKyukyu.Server.Flows;

/// <summary>The second factor: a member's own PIN or code. Too many wrong ones lock the member, durably, before the next try is looked at.</summary>
internal sealed class VerifyMember(
    CommandDesk desk,
    Department department,
    MemberProofs proofs,
    IJournal journal,
    TimeProvider time
) : IDisposable
{
    /// <summary>One: a check costs 0.1 s of a processor on purpose, and orders come first.</summary>
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    public async Task<MemberProof> CheckAsync(
        Caller by,
        MemberNumber number,
        PersonalProof proof,
        CancellationToken stop
    )
    {
        await _oneAtATime.WaitAsync(stop);
        try
        {
            Member? member = department.Fleet.Members.Find(number);
            ReadOnlyMemory<byte>? secret = member is null
                ? null
                : await FindSecretAsync(member, stop);
            MemberProof answer = await Task.Run(
                () => proofs.Check(member, secret, proof, by.Key),
                stop
            );
            if (
                member is { LockedAt: null }
                && answer is MemberProof.Wrong { TriesLeft: 0 } or MemberProof.Locked
            )
            {
                // Whoever hangs up does not keep his tries by it; what could not be written is written with the next try.
                await desk.NoteAsync(
                    by.Department,
                    MemberDecisions.Lock(member, by.Device, time.GetUtcNow()),
                    CancellationToken.None
                );
            }

            return answer;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task<ReadOnlyMemory<byte>?> FindSecretAsync(Member member, CancellationToken stop)
    {
        IReadOnlyList<Perishable> kept = await journal.ReadPerishablesAsync(
            member.SecretScope,
            stop
        );
        return kept.FirstOrDefault(p => p.Name == MemberDecisions.SecretName)?.Value;
    }

    public void Dispose() => _oneAtATime.Dispose();
}
