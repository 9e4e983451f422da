using System.Reflection;
using System.Reflection.Metadata;

namespace MinaKyukyu.GrpcTests.Surface;

/// <summary>What code outside of an assembly can see: what is public, and what is protected in a type that it can derive from.</summary>
internal static class Visibility
{
    public static bool OfType(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic
            or TypeAttributes.NestedFamily
            or TypeAttributes.NestedFamORAssem => OfType(reader, type.GetDeclaringType()),
            _ => false,
        };
    }

    /// <returns>The word of C#; null for what cannot be seen.</returns>
    public static string? Word(MethodAttributes attributes) =>
        (attributes & MethodAttributes.MemberAccessMask) switch
        {
            MethodAttributes.Public => "public",
            MethodAttributes.Family or MethodAttributes.FamORAssem => "protected",
            _ => null,
        };

    /// <inheritdoc cref="Word(MethodAttributes)"/>
    public static string? Word(FieldAttributes attributes) =>
        (attributes & FieldAttributes.FieldAccessMask) switch
        {
            FieldAttributes.Public => "public",
            FieldAttributes.Family or FieldAttributes.FamORAssem => "protected",
            _ => null,
        };
}
