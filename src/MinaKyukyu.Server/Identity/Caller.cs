using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Identity;

/// <summary>What a caller may be.</summary>
public enum CallerRole
{
    /// <summary>救急隊.</summary>
    Crew = 1,

    /// <summary>指令員.</summary>
    Dispatcher = 2,

    /// <summary>分析担当.</summary>
    Analyst = 3,
}

/// <summary>Who calls: proven elsewhere, believed here.</summary>
/// <param name="Device">Tablet or console; it is also the sender of request ids.</param>
/// <param name="Unit">The unit that the device belongs to; null for consoles.</param>
public sealed record Caller(
    DepartmentId Department,
    DeviceId Device,
    CallerRole Role,
    CrewId? Crew,
    UnitId? Unit
);
