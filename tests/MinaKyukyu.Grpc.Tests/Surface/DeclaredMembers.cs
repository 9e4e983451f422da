using System.Reflection;
using System.Reflection.Metadata;

namespace MinaKyukyu.GrpcTests.Surface;

/// <summary>The members of one type that can be seen outside.</summary>
internal sealed class DeclaredMembers(MetadataReader reader, DeclaredType type)
{
    private readonly HashSet<MethodDefinitionHandle> _accessors = [];

    public IEnumerable<SurfaceItem> Fields()
    {
        foreach (
            FieldDefinition field in type.Definition.GetFields().Select(reader.GetFieldDefinition)
        )
        {
            if (
                Visibility.Word(field.Attributes) is { } word
                && !field.Attributes.HasFlag(FieldAttributes.RTSpecialName)
            )
            {
                yield return FieldItem(field, word);
            }
        }
    }

    public IEnumerable<SurfaceItem> Properties()
    {
        foreach (
            PropertyDefinition property in type
                .Definition.GetProperties()
                .Select(reader.GetPropertyDefinition)
        )
        {
            PropertyAccessors accessors = property.GetAccessors();
            MethodDefinitionHandle[] seen = Seen(accessors.Getter, accessors.Setter);
            if (seen.Length > 0)
            {
                yield return PropertyItem(property, accessors, seen);
            }
        }
    }

    public IEnumerable<SurfaceItem> Events()
    {
        foreach (
            EventDefinition happening in type
                .Definition.GetEvents()
                .Select(reader.GetEventDefinition)
        )
        {
            EventAccessors accessors = happening.GetAccessors();
            MethodDefinitionHandle[] seen = Seen(accessors.Adder, accessors.Remover);
            if (seen.Length > 0)
            {
                string name = reader.GetString(happening.Name);
                MethodDefinition adder = reader.GetMethodDefinition(seen[0]);
                yield return new SurfaceItem(
                    type.Name,
                    name,
                    $"{Modifiers(adder)} event {TypeNames.Of(reader, happening.Type, type.Names)} {name}",
                    [.. seen.Select(Reference)],
                    adder.Attributes.HasFlag(MethodAttributes.Abstract)
                );
            }
        }
    }

    /// <summary>Those that no property or event has spelled already; ask for those first.</summary>
    public IEnumerable<SurfaceItem> Methods()
    {
        foreach (MethodDefinitionHandle handle in type.Definition.GetMethods())
        {
            if (!_accessors.Contains(handle) && IsSeen(handle))
            {
                yield return MethodItem(handle);
            }
        }
    }

    private SurfaceItem FieldItem(FieldDefinition field, string word)
    {
        string name = reader.GetString(field.Name);
        string fieldType = field.DecodeSignature(TypeNames.Instance, type.Names);
        string modifier =
            field.Attributes.HasFlag(FieldAttributes.Literal) ? " const"
            : !field.Attributes.HasFlag(FieldAttributes.Static) ? ""
            : " static";
        string readOnly = field.Attributes.HasFlag(FieldAttributes.InitOnly) ? " readonly" : "";
        string value = field.GetDefaultValue() is { IsNil: false } constant
            ? $" = {ParameterText.Constant(reader, constant)}"
            : "";
        string attributes = Attributes.Text(reader, field.GetCustomAttributes());
        // The number of an enum's word, and any other constant, is copied into who uses it: no reference is left to be seen.
        string reference = ReferenceText.OfField(
            type.Reference,
            name,
            field.DecodeSignature(TypeNames.Instance, GenericNames.ByPosition)
        );
        return new SurfaceItem(
            type.Name,
            name,
            $"{attributes}{word}{modifier}{readOnly} {fieldType} {name}{value}",
            [reference + value]
        );
    }

    private SurfaceItem PropertyItem(
        PropertyDefinition property,
        PropertyAccessors accessors,
        MethodDefinitionHandle[] seen
    )
    {
        string name = reader.GetString(property.Name);
        MethodDefinition first = reader.GetMethodDefinition(seen[0]);
        MethodSignature<string> signature = first.DecodeSignature(TypeNames.Instance, type.Names);
        bool isSetter = seen[0] == accessors.Setter;
        string indexes = ParameterText.Of(reader, first, signature, isSetter ? 1 : 0);
        string propertyType = property.DecodeSignature(TypeNames.Instance, type.Names).ReturnType;
        string widest = seen.Any(h => Word(h) == "public") ? "public" : "protected";
        string attributes = Attributes.Text(reader, property.GetCustomAttributes());
        string spelled = indexes.Length == 0 ? name : $"{name}[{indexes}]";
        return new SurfaceItem(
            type.Name,
            name,
            $"{attributes}{widest}{Modifier(first)} {propertyType} {spelled} {{ {string.Join(" ", seen.Select(h => Accessor(h, accessors, widest)))} }}",
            [.. seen.Select(Reference)],
            first.Attributes.HasFlag(MethodAttributes.Abstract)
        );
    }

    private string Accessor(
        MethodDefinitionHandle handle,
        PropertyAccessors accessors,
        string widest
    )
    {
        MethodDefinition method = reader.GetMethodDefinition(handle);
        string word =
            handle == accessors.Getter ? "get"
            : method
                .DecodeSignature(TypeNames.Instance, type.Names)
                .ReturnType.Contains("IsExternalInit", StringComparison.Ordinal)
                ? "init"
            : "set";
        return Word(handle) == widest ? $"{word};" : $"{Word(handle)} {word};";
    }

    private SurfaceItem MethodItem(MethodDefinitionHandle handle)
    {
        MethodDefinition method = reader.GetMethodDefinition(handle);
        var parameters = new GenericParameters(reader, method.GetGenericParameters());
        var names = new GenericNames(type.Names.OfType, parameters.Names);
        MethodSignature<string> signature = method.DecodeSignature(TypeNames.Instance, names);
        string name = reader.GetString(method.Name) is ".ctor"
            ? "constructor"
            : reader.GetString(method.Name);
        string head =
            name == "constructor"
                ? name
                : $"{signature.ReturnType} {TypeNames.WithArguments(name, parameters.Names)}";
        string attributes = Attributes.Text(reader, method.GetCustomAttributes());
        return new SurfaceItem(
            type.Name,
            name,
            $"{attributes}{Modifiers(method)} {head}({ParameterText.Of(reader, method, signature)}){parameters.Constraints(names)}",
            [Reference(handle)],
            method.Attributes.HasFlag(MethodAttributes.Abstract)
        );
    }

    private MethodDefinitionHandle[] Seen(params MethodDefinitionHandle[] handles)
    {
        MethodDefinitionHandle[] seen = [.. handles.Where(h => !h.IsNil && IsSeen(h))];
        _accessors.UnionWith(handles);
        return seen;
    }

    /// <summary>What is protected in a sealed type is seen by nobody.</summary>
    private bool IsSeen(MethodDefinitionHandle handle) =>
        Word(handle) is { } word && (word == "public" || !type.IsSealed);

    private string? Word(MethodDefinitionHandle handle) =>
        Visibility.Word(reader.GetMethodDefinition(handle).Attributes);

    private string Modifiers(MethodDefinition method) =>
        Visibility.Word(method.Attributes) + Modifier(method);

    /// <summary>As C# says it: what the runtime calls virtual and final at once is a plain member that implements an interface.</summary>
    private string Modifier(MethodDefinition method)
    {
        MethodAttributes attributes = method.Attributes;
        bool isNew = attributes.HasFlag(MethodAttributes.NewSlot);
        return attributes.HasFlag(MethodAttributes.Static) ? " static"
            : type.Kind == TypeKind.Interface ? ""
            : !attributes.HasFlag(MethodAttributes.Virtual) ? ""
            : attributes.HasFlag(MethodAttributes.Abstract)
                ? isNew ? " abstract"
                    : " abstract override"
            : attributes.HasFlag(MethodAttributes.Final)
                ? isNew ? ""
                    : " sealed override"
            : isNew ? " virtual"
            : " override";
    }

    private string Reference(MethodDefinitionHandle handle)
    {
        MethodDefinition method = reader.GetMethodDefinition(handle);
        return ReferenceText.OfMethod(
            type.Reference,
            reader.GetString(method.Name),
            method.DecodeSignature(TypeNames.Instance, GenericNames.ByPosition)
        );
    }
}
