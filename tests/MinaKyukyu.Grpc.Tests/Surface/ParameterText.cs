using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;

namespace MinaKyukyu.GrpcTests.Surface;

/// <summary>Spells parameters: kind of reference, type, name, and what is taken when nothing is given.</summary>
internal static class ParameterText
{
    private const string ByReference = "ref ";

    /// <param name="signature">Of the method; of an indexer's setter the last parameter is the value and is not spelled.</param>
    public static string Of(
        MetadataReader reader,
        MethodDefinition method,
        MethodSignature<string> signature,
        int leaveOut = 0
    )
    {
        Dictionary<int, Parameter> byNumber = method
            .GetParameters()
            .Select(reader.GetParameter)
            .ToDictionary(p => p.SequenceNumber);
        bool isExtension = Attributes.Has(
            reader,
            method.GetCustomAttributes(),
            "System.Runtime.CompilerServices.ExtensionAttribute"
        );
        IEnumerable<string> texts = signature
            .ParameterTypes.SkipLast(leaveOut)
            .Select(
                (type, i) =>
                    (isExtension && i == 0 ? "this " : "")
                    + (
                        byNumber.TryGetValue(i + 1, out Parameter parameter)
                            ? Of(reader, parameter, type)
                            : type
                    )
            );
        return string.Join(", ", texts);
    }

    private static string Of(MetadataReader reader, Parameter parameter, string type)
    {
        string spelled = type;
        if (type.StartsWith(ByReference, StringComparison.Ordinal))
        {
            string target = type[ByReference.Length..].Split(" modreq(")[0];
            string word =
                parameter.Attributes.HasFlag(ParameterAttributes.Out) ? "out"
                : IsReadOnly(reader, parameter) ? "in"
                : "ref";
            spelled = $"{word} {target}";
        }
        else if (
            Attributes.Has(reader, parameter.GetCustomAttributes(), "System.ParamArrayAttribute")
        )
        {
            spelled = $"params {type}";
        }

        return $"{spelled} {reader.GetString(parameter.Name)}{Default(reader, parameter)}";
    }

    private static bool IsReadOnly(MetadataReader reader, Parameter parameter) =>
        Attributes.Has(
            reader,
            parameter.GetCustomAttributes(),
            "System.Runtime.CompilerServices.IsReadOnlyAttribute"
        );

    private static string Default(MetadataReader reader, Parameter parameter)
    {
        if (!parameter.Attributes.HasFlag(ParameterAttributes.Optional))
        {
            return "";
        }

        ConstantHandle constant = parameter.GetDefaultValue();
        return constant.IsNil ? " = default" : $" = {Constant(reader, constant)}";
    }

    public static string Constant(MetadataReader reader, ConstantHandle handle)
    {
        Constant constant = reader.GetConstant(handle);
        object? value = reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode);
        return value switch
        {
            null => "default",
            string text => $"\"{text}\"",
            bool flag => flag ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }
}
