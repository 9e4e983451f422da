using System.Reflection.Metadata;

namespace MinaKyukyu.GrpcTests.Surface;

/// <summary>
/// Spells a member as references to it do: without names of parameters, defaults and modifiers, generic parameters by
/// position. The same text comes from a definition and from a reference in another assembly.
/// </summary>
internal static class ReferenceText
{
    public static string OfType(string name, int arity) =>
        TypeNames.WithArguments(name, GenericNames.ByPosition.OfType.Take(arity));

    public static string OfMethod(string type, string name, MethodSignature<string> signature)
    {
        string place = signature.Header.IsInstance ? "" : "static ";
        string called = TypeNames.WithArguments(
            name,
            GenericNames.ByPosition.OfMethod.Take(signature.GenericParameterCount)
        );
        return $"{type} | {place}{signature.ReturnType} {called}({string.Join(", ", signature.ParameterTypes)})";
    }

    public static string OfField(string type, string name, string fieldType) =>
        $"{type} | field {fieldType} {name}";
}
