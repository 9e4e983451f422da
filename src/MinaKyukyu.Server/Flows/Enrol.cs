using MinaKyukyu.Fleet.Devices;
using MinaKyukyu.Fleet.Members;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Flows;

/// <summary>Which tablets and members the department knows (端末・隊員の登録).</summary>
internal sealed class Enrol(CommandDesk desk, Department department)
{
    public Task<CommandAnswer<EnrolledDevice>> DeviceAsync(
        Command command,
        DeviceId device,
        UnitId? unit,
        DeviceKey key,
        DateTimeOffset notAfter,
        Func<EnrolledDevice, byte[]> encode,
        CancellationToken stop
    ) =>
        desk.RunAsync(
            command,
            [Turns.Enrolment],
            now =>
                DeviceDecisions
                    .Enroll(
                        department.City.Plan,
                        department.Fleet,
                        device,
                        unit,
                        key,
                        notAfter,
                        command.By.Author,
                        now
                    )
                    .ToFlow(),
            encode,
            stop
        );

    public Task<CommandAnswer<EnrolledDevice>> RevokeAsync(
        Command command,
        DeviceId device,
        RevocationReason reason,
        Func<EnrolledDevice, byte[]> encode,
        CancellationToken stop
    ) =>
        desk.RunAsync(
            command,
            [Turns.Enrolment],
            now =>
                DeviceDecisions
                    .Revoke(department.Fleet, device, reason, command.By.Author, now)
                    .ToFlow(),
            encode,
            stop
        );

    public Task<CommandAnswer<Member>> MemberAsync(
        Command command,
        MemberNumber number,
        MemberRole role,
        string registration,
        ReadOnlyMemory<byte> sealedSecret,
        Func<Member, byte[]> encode,
        CancellationToken stop
    ) =>
        desk.RunAsync(
            command,
            [Turns.Enrolment],
            now =>
                MemberDecisions
                    .Register(
                        department.Fleet,
                        number,
                        role,
                        registration,
                        sealedSecret,
                        command.By.Author,
                        now
                    )
                    .ToFlow(),
            encode,
            stop
        );

    public Task<CommandAnswer<Member>> RemoveMemberAsync(
        Command command,
        MemberNumber number,
        Func<Member, byte[]> encode,
        CancellationToken stop
    ) =>
        desk.RunAsync(
            command,
            [Turns.Enrolment],
            now =>
                MemberDecisions.Remove(department.Fleet, number, command.By.Author, now).ToFlow(),
            encode,
            stop
        );
}
