using System.Reflection;
using System.Reflection.Metadata;

namespace MinaKyukyu.GrpcTests.Surface;

internal enum TypeKind
{
    Class,
    Struct,
    Interface,
    Enum,
    Delegate,
}

/// <summary>The head of a type: what it is, what it derives from, and what its generic parameters must be.</summary>
internal sealed class DeclaredType
{
    private readonly MetadataReader _reader;

    public DeclaredType(MetadataReader reader, TypeDefinitionHandle handle)
    {
        _reader = reader;
        Definition = reader.GetTypeDefinition(handle);
        Parameters = new GenericParameters(reader, Definition.GetGenericParameters());
        Names = new GenericNames(Parameters.Names, []);
        string name = TypeNames.Of(reader, handle);
        Name = TypeNames.WithArguments(name, Parameters.Names);
        Reference = ReferenceText.OfType(name, Parameters.Names.Count);
        Base = Definition.BaseType.IsNil ? null : TypeNames.Of(reader, Definition.BaseType, Names);
        Kind = KindOf();
        Text = TextOf();
    }

    public TypeDefinition Definition { get; }
    public GenericParameters Parameters { get; }
    public GenericNames Names { get; }
    public string Name { get; }
    public string Reference { get; }
    public string Text { get; }
    public TypeKind Kind { get; }
    public bool IsSealed => Definition.Attributes.HasFlag(TypeAttributes.Sealed);
    private string? Base { get; }

    /// <summary>Interfaces that are not visible outside tell nobody anything.</summary>
    public IEnumerable<string> Interfaces =>
        Definition
            .GetInterfaceImplementations()
            .Select(i => _reader.GetInterfaceImplementation(i).Interface)
            .Where(i =>
                i.Kind != HandleKind.TypeDefinition
                || Visibility.OfType(_reader, (TypeDefinitionHandle)i)
            )
            .Select(i => TypeNames.Of(_reader, i, Names));

    /// <summary>How others refer to it; whoever calls a delegate refers to its <c>Invoke</c> as well.</summary>
    public IReadOnlyList<string> References =>
        Kind != TypeKind.Delegate
            ? [Reference]
            :
            [
                Reference,
                ReferenceText.OfMethod(
                    Reference,
                    "Invoke",
                    Invoke().DecodeSignature(TypeNames.Instance, GenericNames.ByPosition)
                ),
            ];

    private TypeKind KindOf() =>
        Definition.Attributes.HasFlag(TypeAttributes.Interface)
            ? TypeKind.Interface
            : Base switch
            {
                "System.Enum" => TypeKind.Enum,
                "System.ValueType" => TypeKind.Struct,
                "System.MulticastDelegate" => TypeKind.Delegate,
                _ => TypeKind.Class,
            };

    private string TextOf()
    {
        string word = Kind switch
        {
            TypeKind.Enum => $"enum : {Underlying()}",
            TypeKind.Interface => "interface",
            TypeKind.Struct => Attributes.Has(
                _reader,
                Definition.GetCustomAttributes(),
                "System.Runtime.CompilerServices.IsReadOnlyAttribute"
            )
                ? "readonly struct"
                : "struct",
            TypeKind.Delegate => DelegateText(),
            _ => $"{ClassModifier()}class",
        };
        string derived =
            Kind == TypeKind.Class && Base is { } name and not "object" and not "System.Object"
                ? $" : {name}"
                : "";
        return $"{Attributes.Text(_reader, Definition.GetCustomAttributes())}{word}{derived}{Parameters.Constraints(Names)}";
    }

    private string Underlying() =>
        Definition
            .GetFields()
            .Select(_reader.GetFieldDefinition)
            .Single(f => f.Attributes.HasFlag(FieldAttributes.RTSpecialName))
            .DecodeSignature(TypeNames.Instance, Names);

    private string ClassModifier() =>
        (Definition.Attributes & (TypeAttributes.Abstract | TypeAttributes.Sealed)) switch
        {
            TypeAttributes.Abstract | TypeAttributes.Sealed => "static ",
            TypeAttributes.Abstract => "abstract ",
            TypeAttributes.Sealed => "sealed ",
            _ => "",
        };

    private string DelegateText()
    {
        MethodDefinition invoke = Invoke();
        MethodSignature<string> signature = invoke.DecodeSignature(TypeNames.Instance, Names);
        return $"delegate {signature.ReturnType} ({ParameterText.Of(_reader, invoke, signature)})";
    }

    private MethodDefinition Invoke() =>
        Definition
            .GetMethods()
            .Select(_reader.GetMethodDefinition)
            .Single(m => _reader.StringComparer.Equals(m.Name, "Invoke"));
}
