using Google.Protobuf.Reflection;

namespace MinaKyukyu.Architecture.Tests.Wire;

/// <summary>Everything in a set of descriptors by its full name, wherever its file lies.</summary>
internal sealed class WireNames
{
    public WireNames(FileDescriptorSet set)
    {
        foreach (FileDescriptorProto file in set.File)
        {
            Add(file.Package, file.MessageType, file.EnumType, file.Extension);
            foreach (ServiceDescriptorProto service in file.Service)
            {
                Services.Add($"{file.Package}.{service.Name}", service);
            }
        }
    }

    public Dictionary<string, DescriptorProto> Messages { get; } = [];

    public Dictionary<string, EnumDescriptorProto> Enums { get; } = [];

    public Dictionary<string, ServiceDescriptorProto> Services { get; } = [];

    public Dictionary<string, FieldDescriptorProto> Extensions { get; } = [];

    private void Add(
        string scope,
        IEnumerable<DescriptorProto> messages,
        IEnumerable<EnumDescriptorProto> enums,
        IEnumerable<FieldDescriptorProto> extensions
    )
    {
        foreach (EnumDescriptorProto each in enums)
        {
            Enums.Add($"{scope}.{each.Name}", each);
        }

        foreach (FieldDescriptorProto each in extensions)
        {
            Extensions.Add($"{scope}.{each.Name}", each);
        }

        foreach (DescriptorProto each in messages)
        {
            string name = $"{scope}.{each.Name}";
            Messages.Add(name, each);
            Add(name, each.NestedType, each.EnumType, each.Extension);
        }
    }
}
