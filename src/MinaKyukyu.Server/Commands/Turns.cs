using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Commands;

/// <summary>The names under which commands take turns.</summary>
internal static class Turns
{
    /// <summary>Orders of the department are given one at a time: their tokens only grow.</summary>
    public const string Orders = "orders";

    /// <summary>Who and what is enrolled changes one at a time.</summary>
    public const string Enrolment = "enrolment";

    /// <summary>Road restrictions are made and lifted one at a time: they are counted.</summary>
    public const string Roads = "roads";

    public static string Of(IncidentId incident) => $"incident/{incident}";

    public static string Of(UnitId unit) => $"unit/{unit}";
}
