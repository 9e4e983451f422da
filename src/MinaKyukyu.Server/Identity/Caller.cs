using MinaKyukyu.Fleet.Devices;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Identity;

/// <summary>What a caller may be, by the names of the model ordinance (救急業務の情報管理).</summary>
public enum CallerRole
{
    /// <summary>閲覧責任者 (= 救急隊長): a tablet whose crew has its leader signed on.</summary>
    CrewLeader = 1,

    /// <summary>指令員.</summary>
    Dispatcher = 2,

    /// <summary>分析担当.</summary>
    Analyst = 3,

    /// <summary>救急隊員: a tablet without a leader signed on. It does everything but look at a record.</summary>
    CrewMember = 4,

    /// <summary>消防長: answers for the system, enrols devices and members.</summary>
    FireChief = 5,

    /// <summary>情報管理責任者: is told of every emergency read (緊急閲覧) and closes it.</summary>
    InformationOfficer = 6,

    /// <summary>検証医: reviews runs afterwards.</summary>
    ReviewingPhysician = 7,

    /// <summary>監査.</summary>
    Auditor = 8,
}

/// <summary>What belongs together among roles.</summary>
public static class CallerRoles
{
    /// <summary>Whether this is a tablet on board.</summary>
    public static bool IsCrew(this CallerRole role) =>
        role is CallerRole.CrewLeader or CallerRole.CrewMember;
}

/// <summary>Who calls: proven elsewhere, believed here.</summary>
/// <param name="Device">Tablet or console; it is also the sender of request ids.</param>
/// <param name="Key">What the caller proved to hold: the key of its certificate, or of its token.</param>
/// <param name="Unit">The unit that the device belongs to; null for consoles.</param>
public sealed record Caller(
    DepartmentId Department,
    DeviceId Device,
    DeviceKey Key,
    CallerRole Role,
    CrewId? Crew,
    UnitId? Unit
)
{
    /// <summary>
    /// Who answers for what was done, as registers and the audit chain write it: role and console, such as
    /// <c>Dispatcher/console-1</c>. The administrator of the machine is not the fire chief in whose place the socket lets it act.
    /// </summary>
    public string Author =>
        Device == AdministratorSocket.Identity.Device ? Device.Value : $"{Role}/{Device}";
}
