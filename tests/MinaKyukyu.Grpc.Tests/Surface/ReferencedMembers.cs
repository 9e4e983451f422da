using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MinaKyukyu.GrpcTests.Surface;

/// <summary>
/// The types and members of other assemblies that an assembly names (its TypeRef and MemberRef tables) or overrides: what they
/// look like in the assembly that it was compiled against, although that one is not here.
/// </summary>
internal static class ReferencedMembers
{
    private static readonly string[] s_ofEveryObject =
    [
        nameof(ToString),
        nameof(Equals),
        nameof(GetHashCode),
        "Finalize",
    ];

    /// <returns>Texts of <see cref="ReferenceText"/>.</returns>
    public static IReadOnlySet<string> Read(string path, Func<string, bool> isAssembly)
    {
        using FileStream file = File.OpenRead(path);
        using var portable = new PEReader(file);
        MetadataReader reader = portable.GetMetadataReader();
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (TypeReferenceHandle handle in reader.TypeReferences)
        {
            if (isAssembly(AssemblyOf(reader, handle)))
            {
                found.Add(TypeText(reader, handle));
            }
        }

        foreach (MemberReferenceHandle handle in reader.MemberReferences)
        {
            MemberReference member = reader.GetMemberReference(handle);
            if (ParentOf(reader, member) is { } parent && isAssembly(AssemblyOf(reader, parent)))
            {
                found.Add(MemberText(reader, member, TypeText(reader, parent)));
            }
        }

        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
        {
            found.UnionWith(OverriddenBy(reader, reader.GetTypeDefinition(handle), isAssembly));
        }

        // Every delegate has this constructor; it says nothing about one.
        found.RemoveWhere(text =>
            text.EndsWith(" | void .ctor(object, nint)", StringComparison.Ordinal)
        );
        return found;
    }

    /// <summary>Who overrides a member has to repeat its signature.</summary>
    private static IEnumerable<string> OverriddenBy(
        MetadataReader reader,
        TypeDefinition type,
        Func<string, bool> isAssembly
    )
    {
        if (
            type.BaseType.Kind != HandleKind.TypeReference
            || !isAssembly(AssemblyOf(reader, (TypeReferenceHandle)type.BaseType))
        )
        {
            return [];
        }

        string parent = TypeText(reader, (TypeReferenceHandle)type.BaseType);
        return type.GetMethods()
            .Select(reader.GetMethodDefinition)
            .Where(m =>
                m.Attributes.HasFlag(MethodAttributes.Virtual)
                && !m.Attributes.HasFlag(MethodAttributes.NewSlot)
                && !s_ofEveryObject.Contains(reader.GetString(m.Name))
            )
            .Select(m =>
                ReferenceText.OfMethod(
                    parent,
                    reader.GetString(m.Name),
                    m.DecodeSignature(TypeNames.Instance, GenericNames.ByPosition)
                )
            );
    }

    private static string MemberText(MetadataReader reader, MemberReference member, string type)
    {
        string name = reader.GetString(member.Name);
        return member.GetKind() == MemberReferenceKind.Method
            ? ReferenceText.OfMethod(
                type,
                name,
                member.DecodeMethodSignature(TypeNames.Instance, GenericNames.ByPosition)
            )
            : ReferenceText.OfField(
                type,
                name,
                member.DecodeFieldSignature(TypeNames.Instance, GenericNames.ByPosition)
            );
    }

    private static TypeReferenceHandle? ParentOf(MetadataReader reader, MemberReference member) =>
        member.Parent.Kind switch
        {
            HandleKind.TypeReference => (TypeReferenceHandle)member.Parent,
            HandleKind.TypeSpecification => GenericTypeOf(
                reader,
                (TypeSpecificationHandle)member.Parent
            ),
            _ => null,
        };

    /// <summary>Of <c>Method&lt;A, B&gt;</c> the <c>Method</c>; null for arrays and for types of this assembly.</summary>
    private static TypeReferenceHandle? GenericTypeOf(
        MetadataReader reader,
        TypeSpecificationHandle handle
    )
    {
        BlobReader blob = reader.GetBlobReader(reader.GetTypeSpecification(handle).Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return null;
        }

        blob.ReadCompressedInteger(); // Class or value type: the signature's own word for it.
        EntityHandle type = blob.ReadTypeHandle();
        return type.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)type : null;
    }

    private static string TypeText(MetadataReader reader, TypeReferenceHandle handle) =>
        ReferenceText.OfType(TypeNames.Of(reader, handle), Arity(reader, handle));

    private static int Arity(MetadataReader reader, TypeReferenceHandle handle)
    {
        TypeReference type = reader.GetTypeReference(handle);
        string[] parts = reader.GetString(type.Name).Split('`');
        int own =
            parts.Length == 2
                ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)
                : 0;
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? own + Arity(reader, (TypeReferenceHandle)type.ResolutionScope)
            : own;
    }

    private static string AssemblyOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        TypeReference type = reader.GetTypeReference(handle);
        return type.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference => AssemblyOf(
                reader,
                (TypeReferenceHandle)type.ResolutionScope
            ),
            HandleKind.AssemblyReference => reader.GetString(
                reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name
            ),
            _ => "",
        };
    }
}
