using System.Reflection.Metadata;

namespace MinaKyukyu.GrpcTests.Surface;

/// <summary>The attributes that change what code outside may write; all others are nobody's business.</summary>
internal static class Attributes
{
    public static bool Has(
        MetadataReader reader,
        CustomAttributeHandleCollection attributes,
        string name
    ) => attributes.Any(a => NameOf(reader, reader.GetCustomAttribute(a)) == name);

    /// <summary>Each in brackets and with a space behind it.</summary>
    public static string Text(MetadataReader reader, CustomAttributeHandleCollection attributes) =>
        string.Concat(
            attributes
                .Select(reader.GetCustomAttribute)
                .Select(a => TextOf(reader, a))
                .Where(t => t.Length > 0)
                .Order(StringComparer.Ordinal)
                .Select(t => $"[{t}] ")
        );

    private static string TextOf(MetadataReader reader, CustomAttribute attribute) =>
        NameOf(reader, attribute) switch
        {
            "System.ObsoleteAttribute" => "Obsolete",
            "System.FlagsAttribute" => "Flags",
            "System.AttributeUsageAttribute" => Usage(reader.GetBlobReader(attribute.Value)),
            "System.Runtime.CompilerServices.RequiredMemberAttribute" => "Required",
            _ => "",
        };

    private static string Usage(BlobReader value)
    {
        value.ReadUInt16(); // The prolog, always 1.
        var targets = (AttributeTargets)value.ReadInt32();
        bool allowsMany = false;
        bool isInherited = true;
        int named = value.ReadUInt16();
        for (int i = 0; i < named; i++)
        {
            value.ReadUInt16(); // A property, a bool: AttributeUsage has no other.
            string name = value.ReadSerializedString()!;
            bool given = value.ReadBoolean();
            allowsMany = name == nameof(AttributeUsageAttribute.AllowMultiple) ? given : allowsMany;
            isInherited = name == nameof(AttributeUsageAttribute.Inherited) ? given : isInherited;
        }

        return $"AttributeUsage({targets}, AllowMultiple = {allowsMany}, Inherited = {isInherited})";
    }

    private static string NameOf(MetadataReader reader, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind == HandleKind.MethodDefinition)
        {
            return TypeNames.Of(
                reader,
                reader
                    .GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor)
                    .GetDeclaringType()
            );
        }

        EntityHandle parent = reader
            .GetMemberReference((MemberReferenceHandle)attribute.Constructor)
            .Parent;
        return parent.Kind == HandleKind.TypeReference
            ? TypeNames.Of(reader, (TypeReferenceHandle)parent)
            : "";
    }
}
