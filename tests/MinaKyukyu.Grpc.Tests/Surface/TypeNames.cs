using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace MinaKyukyu.GrpcTests.Surface;

/// <summary>What the generic parameters in a signature are called.</summary>
internal sealed record GenericNames(IReadOnlyList<string> OfType, IReadOnlyList<string> OfMethod)
{
    /// <summary>By position, as other assemblies refer to them: names are not part of a reference.</summary>
    public static GenericNames ByPosition { get; } =
        new(
            [.. Enumerable.Range(0, 16).Select(i => $"!{i}")],
            [.. Enumerable.Range(0, 16).Select(i => $"!!{i}")]
        );
}

/// <summary>
/// Spells types the way C# does, with full names. Nothing is resolved, because the assemblies that a package depends on
/// need not be there.
/// </summary>
internal sealed class TypeNames : ISignatureTypeProvider<string, GenericNames>
{
    public static TypeNames Instance { get; } = new();

    /// <summary>The full name without the number of generic parameters.</summary>
    public static string Of(MetadataReader reader, TypeReferenceHandle handle)
    {
        TypeReference type = reader.GetTypeReference(handle);
        string name = WithoutArity(reader.GetString(type.Name));
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{Of(reader, (TypeReferenceHandle)type.ResolutionScope)}.{name}"
            : Qualified(reader.GetString(type.Namespace), name);
    }

    /// <inheritdoc cref="Of(MetadataReader, TypeReferenceHandle)"/>
    public static string Of(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        string name = WithoutArity(reader.GetString(type.Name));
        return type.GetDeclaringType() is { IsNil: false } outer
            ? $"{Of(reader, outer)}.{name}"
            : Qualified(reader.GetString(type.Namespace), name);
    }

    public static string Of(MetadataReader reader, EntityHandle handle, GenericNames names) =>
        handle.Kind switch
        {
            HandleKind.TypeReference => Of(reader, (TypeReferenceHandle)handle),
            HandleKind.TypeDefinition => Of(reader, (TypeDefinitionHandle)handle),
            HandleKind.TypeSpecification => reader
                .GetTypeSpecification((TypeSpecificationHandle)handle)
                .DecodeSignature(Instance, names),
            _ => throw new InvalidDataException($"{handle.Kind} is no type."),
        };

    public static string WithArguments(string name, IEnumerable<string> arguments)
    {
        string list = string.Join(", ", arguments);
        return list.Length == 0 ? name : $"{name}<{list}>";
    }

    public string GetTypeFromReference(
        MetadataReader reader,
        TypeReferenceHandle handle,
        byte rawTypeKind
    ) => Of(reader, handle);

    public string GetTypeFromDefinition(
        MetadataReader reader,
        TypeDefinitionHandle handle,
        byte rawTypeKind
    ) => Of(reader, handle);

    public string GetTypeFromSpecification(
        MetadataReader reader,
        GenericNames genericContext,
        TypeSpecificationHandle handle,
        byte rawTypeKind
    ) => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public string GetGenericInstantiation(
        string genericType,
        ImmutableArray<string> typeArguments
    ) =>
        genericType == "System.Nullable"
            ? $"{typeArguments[0]}?"
            : WithArguments(genericType, typeArguments);

    public string GetGenericTypeParameter(GenericNames genericContext, int index) =>
        genericContext.OfType[index];

    public string GetGenericMethodParameter(GenericNames genericContext, int index) =>
        genericContext.OfMethod[index];

    public string GetSZArrayType(string elementType) => $"{elementType}[]";

    public string GetArrayType(string elementType, ArrayShape shape) =>
        $"{elementType}[{new string(',', shape.Rank - 1)}]";

    public string GetByReferenceType(string elementType) => $"ref {elementType}";

    public string GetPointerType(string elementType) => $"{elementType}*";

    public string GetPinnedType(string elementType) => elementType;

    public string GetFunctionPointerType(MethodSignature<string> signature) =>
        $"delegate*<{string.Join(", ", signature.ParameterTypes.Append(signature.ReturnType))}>";

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) =>
        isRequired ? $"{unmodifiedType} modreq({modifier})" : unmodifiedType;

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) =>
        typeCode switch
        {
            PrimitiveTypeCode.Boolean => "bool",
            PrimitiveTypeCode.Byte => "byte",
            PrimitiveTypeCode.SByte => "sbyte",
            PrimitiveTypeCode.Char => "char",
            PrimitiveTypeCode.Int16 => "short",
            PrimitiveTypeCode.UInt16 => "ushort",
            PrimitiveTypeCode.Int32 => "int",
            PrimitiveTypeCode.UInt32 => "uint",
            PrimitiveTypeCode.Int64 => "long",
            PrimitiveTypeCode.UInt64 => "ulong",
            PrimitiveTypeCode.Single => "float",
            PrimitiveTypeCode.Double => "double",
            PrimitiveTypeCode.String => "string",
            PrimitiveTypeCode.Object => "object",
            PrimitiveTypeCode.Void => "void",
            PrimitiveTypeCode.IntPtr => "nint",
            PrimitiveTypeCode.UIntPtr => "nuint",
            _ => typeCode.ToString(),
        };

    private static string Qualified(string space, string name) =>
        space.Length == 0 ? name : $"{space}.{name}";

    private static string WithoutArity(string name)
    {
        int arity = name.IndexOf('`', StringComparison.Ordinal);
        return arity < 0 ? name : name[..arity];
    }
}
