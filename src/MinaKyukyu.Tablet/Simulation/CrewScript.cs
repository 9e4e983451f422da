using System.Globalization;

namespace MinaKyukyu.Tablet.Simulation;

/// <summary>What happens to a simulated crew in one incident.</summary>
public enum CrewScriptKind
{
    /// <summary>The record is viewed without a PIN: the everyday way.</summary>
    ViewB = 1,

    /// <summary>The record is viewed with the holder's PIN.</summary>
    ViewC,
    NoCard,
    NotRegistered,

    /// <summary>The patient does not consent.</summary>
    Refused,
    Expired,

    /// <summary>The link is cut from the scene until the patient is on board: a basement.</summary>
    NoRadio,

    /// <summary>不搬送.</summary>
    NoTransport,

    /// <summary>転院搬送.</summary>
    Transfer,

    /// <summary>The patient is unconscious: viewed without consent (緊急閲覧). The first hospital refuses, the second takes him.</summary>
    FirstHospitalRefuses,

    /// <summary>The crew waits on its way until the order is taken back.</summary>
    CancelledOnTheWay,
}

/// <summary>A script and the synthetic patient whose card the crew finds.</summary>
/// <param name="Patient">As the stand-in counts them, from 1.</param>
public sealed record CrewScript(CrewScriptKind Kind, int Patient)
{
    /// <summary>Stands before a script in an incident's remarks: <c>demo:view-b</c> or <c>demo:view-b:17</c>.</summary>
    public const string Prefix = "demo:";

    private static readonly Dictionary<string, CrewScriptKind> Kinds = new(StringComparer.Ordinal)
    {
        ["view-b"] = CrewScriptKind.ViewB,
        ["view-c"] = CrewScriptKind.ViewC,
        ["no-card"] = CrewScriptKind.NoCard,
        ["not-registered"] = CrewScriptKind.NotRegistered,
        ["refused"] = CrewScriptKind.Refused,
        ["expired"] = CrewScriptKind.Expired,
        ["no-radio"] = CrewScriptKind.NoRadio,
        ["no-transport"] = CrewScriptKind.NoTransport,
        ["transfer"] = CrewScriptKind.Transfer,
        ["first-hospital-refuses"] = CrewScriptKind.FirstHospitalRefuses,
        ["cancelled-on-the-way"] = CrewScriptKind.CancelledOnTheWay,
    };

    public static IReadOnlyCollection<string> Names => Kinds.Keys;

    public string Name => Kinds.First(pair => pair.Value == Kind).Key;

    /// <summary>Reads <c>view-b</c> or <c>view-b:17</c>.</summary>
    /// <returns>Null when the text names no script.</returns>
    public static CrewScript? Parse(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length is 0 or > 2 || !Kinds.TryGetValue(parts[0], out CrewScriptKind kind))
        {
            return null;
        }

        int patient = 1;
        bool isReadable =
            parts.Length == 1
            || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out patient);
        return isReadable && patient >= 1 ? new CrewScript(kind, patient) : null;
    }

    /// <summary>The first script that the remarks name; null when they name none.</summary>
    public static CrewScript? FindIn(string remarks) =>
        remarks
            .Split([' ', '\n', '\t', '　', ','], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(word => Parse(word[Prefix.Length..]))
            .FirstOrDefault(script => script is not null);
}
