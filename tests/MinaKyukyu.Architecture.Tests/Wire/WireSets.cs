using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using MinaKyukyu.Architecture.Tests.Projects;
using MinaKyukyu.Contracts.Type.V1;

namespace MinaKyukyu.Architecture.Tests.Wire;

/// <summary>The wire as it was published and the wire as it is compiled.</summary>
internal static class WireSets
{
    // Without the registry the REQUIRED option would be read as bytes that nobody knows.
    private static readonly MessageParser<FileDescriptorSet> s_sets =
        FileDescriptorSet.Parser.WithExtensionRegistry([BehaviorExtensions.Behavior]);

    private static readonly MessageParser<FileDescriptorProto> s_files =
        FileDescriptorProto.Parser.WithExtensionRegistry([BehaviorExtensions.Behavior]);

    /// <summary>The project's own part of <c>protos/v1.descriptor.pb</c>.</summary>
    public static FileDescriptorSet Published() =>
        OwnPartOf(
            s_sets.ParseFrom(
                File.ReadAllBytes(Path.Combine(Repository.Root, "protos", "v1.descriptor.pb"))
            )
        );

    /// <summary>What the generated code of Contracts carries.</summary>
    public static FileDescriptorSet Compiled()
    {
        var set = new FileDescriptorSet();
        set.File.AddRange(
            typeof(BehaviorReflection)
                .Assembly.GetExportedTypes()
                .Where(t => t.Name.EndsWith("Reflection", StringComparison.Ordinal))
                .Select(t => t.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static))
                .Select(p => p?.GetValue(null))
                .OfType<FileDescriptor>()
                .Select(f => s_files.ParseFrom(f.SerializedData))
        );
        return OwnPartOf(set);
    }

    private static FileDescriptorSet OwnPartOf(FileDescriptorSet set)
    {
        var own = new FileDescriptorSet();
        own.File.AddRange(
            set.File.Where(f => f.Package.StartsWith("minakyukyu.", StringComparison.Ordinal))
                .OrderBy(f => f.Name, StringComparer.Ordinal)
        );
        return own;
    }
}
