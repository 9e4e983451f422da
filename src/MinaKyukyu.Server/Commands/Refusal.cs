using System.Text;

namespace MinaKyukyu.Server.Commands;

/// <summary>Why a request was refused, by the code that stands on the wire and in docs/API.md. A refusal changed nothing.</summary>
/// <param name="Reason">Such as <c>UNIT_NOT_AVAILABLE</c>.</param>
/// <param name="Field">The request's field that it is about; empty when it is about none.</param>
public readonly record struct Refusal(string Reason, string Field = "")
{
    /// <summary>The wire's code of a room's own refusal: <c>UnitNotAvailable</c> becomes <c>UNIT_NOT_AVAILABLE</c>.</summary>
    public static Refusal Of<TReason>(TReason reason)
        where TReason : struct, Enum => new(Names<TReason>.Of[reason]);

    public static string CodeOf(string pascalCase)
    {
        var code = new StringBuilder(pascalCase.Length + 8);
        foreach (char c in pascalCase)
        {
            if (char.IsUpper(c) && code.Length > 0)
            {
                code.Append('_');
            }

            code.Append(char.ToUpperInvariant(c));
        }

        return code.ToString();
    }

    private static class Names<TReason>
        where TReason : struct, Enum
    {
        public static readonly Dictionary<TReason, string> Of = Enum.GetValues<TReason>()
            .ToDictionary(r => r, r => CodeOf(r.ToString()));
    }
}
