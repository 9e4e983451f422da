using System.Reflection;
using System.Reflection.Metadata;

namespace MinaKyukyu.GrpcTests.Surface;

/// <summary>The generic parameters of a type or a method and what they must be.</summary>
internal sealed class GenericParameters(
    MetadataReader reader,
    GenericParameterHandleCollection handles
)
{
    private readonly GenericParameter[] _parameters =
    [
        .. handles.Select(reader.GetGenericParameter),
    ];

    public IReadOnlyList<string> Names => [.. _parameters.Select(p => reader.GetString(p.Name))];

    /// <summary>The where clauses, each with a space before it; variance is said there too.</summary>
    public string Constraints(GenericNames names) =>
        string.Concat(
            _parameters.Select(p =>
            {
                string words = string.Join(", ", Words(p, names));
                return words.Length == 0 ? "" : $" where {reader.GetString(p.Name)} : {words}";
            })
        );

    private IEnumerable<string> Words(GenericParameter parameter, GenericNames names)
    {
        GenericParameterAttributes attributes = parameter.Attributes;
        bool isStruct = attributes.HasFlag(
            GenericParameterAttributes.NotNullableValueTypeConstraint
        );
        if (attributes.HasFlag(GenericParameterAttributes.Covariant))
        {
            yield return "out";
        }

        if (attributes.HasFlag(GenericParameterAttributes.Contravariant))
        {
            yield return "in";
        }

        if (isStruct)
        {
            yield return "struct";
        }

        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            yield return "class";
        }

        foreach (GenericParameterConstraintHandle handle in parameter.GetConstraints())
        {
            string name = TypeNames.Of(
                reader,
                reader.GetGenericParameterConstraint(handle).Type,
                names
            );
            if (!isStruct || !name.StartsWith("System.ValueType", StringComparison.Ordinal))
            {
                yield return name;
            }
        }

        if (
            !isStruct && attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint)
        )
        {
            yield return "new()";
        }
    }
}
