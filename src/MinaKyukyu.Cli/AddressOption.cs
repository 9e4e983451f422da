using System.CommandLine;
using System.CommandLine.Parsing;

namespace MinaKyukyu.Cli;

/// <summary>An option whose value is an absolute address.</summary>
internal static class AddressOption
{
    /// <param name="usual">Null: there is none unless it is given.</param>
    public static Option<Uri?> New(string name, string description, string? usual = null) =>
        new(name)
        {
            Description = description,
            DefaultValueFactory = _ => usual is null ? null : new Uri(usual),
            CustomParser = result => Parse(name, result),
        };

    private static Uri? Parse(string name, ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out Uri? address))
        {
            return address;
        }

        result.AddError($"{name} takes an absolute address such as http://127.0.0.1:5081.");
        return null;
    }
}
