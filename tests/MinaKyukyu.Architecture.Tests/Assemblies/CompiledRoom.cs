using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using MinaKyukyu.Architecture.Tests.House;

namespace MinaKyukyu.Architecture.Tests.Assemblies;

/// <summary>A type that an assembly defines.</summary>
/// <param name="IsVisible">Public, and so is every type around it.</param>
/// <param name="Mentions">Types of other assemblies in the signatures of its public and protected members, bases and interfaces.</param>
public sealed record DefinedType(
    string Namespace,
    string Name,
    bool IsVisible,
    bool HasVisibleConstructor,
    IReadOnlySet<string> Mentions
)
{
    public string FullName => Namespace.Length == 0 ? Name : $"{Namespace}.{Name}";
}

/// <summary>What a compiled assembly says about itself, read as metadata; nothing of it is run.</summary>
/// <param name="Constructs">Full names of the types of other assemblies whose constructors it names.</param>
/// <param name="Friends">Assemblies that see its internals.</param>
public sealed record CompiledRoom(
    string Name,
    IReadOnlyList<string> References,
    IReadOnlyList<DefinedType> Types,
    IReadOnlySet<string> Constructs,
    IReadOnlyList<string> Friends
)
{
    public IEnumerable<Arrow> Arrows =>
        References.Where(Rooms.IsRoom).Select(r => new Arrow(Name, r));

    public static CompiledRoom Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Read(file);
    }

    public static CompiledRoom Read(Stream image)
    {
        using var portable = new PEReader(image, PEStreamOptions.LeaveOpen);
        MetadataReader reader = portable.GetMetadataReader();
        return new CompiledRoom(
            reader.GetString(reader.GetAssemblyDefinition().Name),
            [
                .. reader
                    .AssemblyReferences.Select(r =>
                        reader.GetString(reader.GetAssemblyReference(r).Name)
                    )
                    .Order(StringComparer.Ordinal),
            ],
            [.. reader.TypeDefinitions.Select(t => ReadType(reader, reader.GetTypeDefinition(t)))],
            ReadConstructs(reader),
            ReadFriends(reader)
        );
    }

    private static HashSet<string> ReadConstructs(MetadataReader reader) =>
        [
            .. reader
                .MemberReferences.Select(reader.GetMemberReference)
                .Where(m =>
                    m.Parent.Kind == HandleKind.TypeReference
                    && reader.StringComparer.Equals(m.Name, ".ctor")
                )
                .Select(m => NameOf(reader, (TypeReferenceHandle)m.Parent)),
        ];

    private static string[] ReadFriends(MetadataReader reader) =>
        [
            .. reader
                .GetAssemblyDefinition()
                .GetCustomAttributes()
                .Select(reader.GetCustomAttribute)
                .Where(a =>
                    a.Constructor.Kind == HandleKind.MemberReference
                    && reader.GetMemberReference((MemberReferenceHandle)a.Constructor).Parent
                        is { Kind: HandleKind.TypeReference } parent
                    && NameOf(reader, (TypeReferenceHandle)parent)
                        == "System.Runtime.CompilerServices.InternalsVisibleToAttribute"
                )
                .Select(a =>
                {
                    BlobReader value = reader.GetBlobReader(a.Value);
                    value.ReadUInt16();
                    return value.ReadSerializedString()!.Split(',')[0];
                }),
        ];

    private static DefinedType ReadType(MetadataReader reader, TypeDefinition type)
    {
        var mentions = new HashSet<string>(StringComparer.Ordinal);
        var collector = new MentionCollector(reader, mentions);
        bool hasVisibleConstructor = false;
        foreach (MethodDefinition method in type.GetMethods().Select(reader.GetMethodDefinition))
        {
            if (IsVisible(method.Attributes))
            {
                MethodSignature<int> signature = method.DecodeSignature(collector, 0);
                hasVisibleConstructor |=
                    reader.StringComparer.Equals(method.Name, ".ctor")
                    && signature.Header.IsInstance;
            }
        }

        foreach (FieldDefinition field in type.GetFields().Select(reader.GetFieldDefinition))
        {
            if (
                (field.Attributes & FieldAttributes.FieldAccessMask)
                is FieldAttributes.Public
                    or FieldAttributes.Family
                    or FieldAttributes.FamORAssem
            )
            {
                field.DecodeSignature(collector, 0);
            }
        }

        collector.Mention(type.BaseType);
        foreach (InterfaceImplementationHandle handle in type.GetInterfaceImplementations())
        {
            collector.Mention(reader.GetInterfaceImplementation(handle).Interface);
        }

        return new DefinedType(
            NamespaceOf(reader, type),
            reader.GetString(type.Name),
            IsVisible(reader, type),
            hasVisibleConstructor,
            mentions
        );
    }

    private static bool IsVisible(MethodAttributes attributes) =>
        (attributes & MethodAttributes.MemberAccessMask)
            is MethodAttributes.Public
                or MethodAttributes.Family
                or MethodAttributes.FamORAssem;

    private static bool IsVisible(MetadataReader reader, TypeDefinition type) =>
        (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily => IsVisible(
                reader,
                reader.GetTypeDefinition(type.GetDeclaringType())
            ),
            _ => false,
        };

    private static string NamespaceOf(MetadataReader reader, TypeDefinition type) =>
        type.GetDeclaringType() is { IsNil: false } outer
            ? NamespaceOf(reader, reader.GetTypeDefinition(outer))
            : reader.GetString(type.Namespace);

    private static string NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        TypeReference type = reader.GetTypeReference(handle);
        string name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(reader, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : $"{reader.GetString(type.Namespace)}.{name}";
    }

    /// <summary>Walks a signature and notes the referenced types in it; the value that it builds is of no interest.</summary>
    private sealed class MentionCollector(MetadataReader reader, HashSet<string> mentions)
        : ISignatureTypeProvider<int, int>
    {
        public void Mention(EntityHandle type)
        {
            if (type.Kind == HandleKind.TypeReference)
            {
                mentions.Add(NameOf(reader, (TypeReferenceHandle)type));
            }
            else if (type.Kind == HandleKind.TypeSpecification)
            {
                reader.GetTypeSpecification((TypeSpecificationHandle)type).DecodeSignature(this, 0);
            }
        }

        public int GetTypeFromReference(
            MetadataReader metadata,
            TypeReferenceHandle handle,
            byte rawTypeKind
        )
        {
            mentions.Add(NameOf(metadata, handle));
            return 0;
        }

        public int GetTypeFromSpecification(
            MetadataReader metadata,
            int genericContext,
            TypeSpecificationHandle handle,
            byte rawTypeKind
        ) => metadata.GetTypeSpecification(handle).DecodeSignature(this, 0);

        public int GetTypeFromDefinition(
            MetadataReader metadata,
            TypeDefinitionHandle handle,
            byte rawTypeKind
        ) => 0;

        public int GetArrayType(int elementType, ArrayShape shape) => 0;

        public int GetByReferenceType(int elementType) => 0;

        public int GetFunctionPointerType(MethodSignature<int> signature) => 0;

        public int GetGenericInstantiation(int genericType, ImmutableArray<int> typeArguments) => 0;

        public int GetGenericMethodParameter(int genericContext, int index) => 0;

        public int GetGenericTypeParameter(int genericContext, int index) => 0;

        public int GetModifiedType(int modifier, int unmodifiedType, bool isRequired) => 0;

        public int GetPinnedType(int elementType) => 0;

        public int GetPointerType(int elementType) => 0;

        public int GetPrimitiveType(PrimitiveTypeCode typeCode) => 0;

        public int GetSZArrayType(int elementType) => 0;
    }
}
