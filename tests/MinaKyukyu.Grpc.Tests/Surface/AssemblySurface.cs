using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MinaKyukyu.GrpcTests.Surface;

/// <summary>All that code outside of an assembly can see of it, read as metadata; nothing of it is run or resolved.</summary>
internal sealed class AssemblySurface
{
    private readonly MetadataReader _reader;
    private readonly List<SurfaceItem> _items = [];

    private AssemblySurface(MetadataReader reader) => _reader = reader;

    public static IReadOnlyList<SurfaceItem> Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        using var portable = new PEReader(file);
        MetadataReader reader = portable.GetMetadataReader();
        var surface = new AssemblySurface(reader);
        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
        {
            if (Visibility.OfType(reader, handle))
            {
                surface.AddType(handle);
            }
        }

        return [.. surface._items.OrderBy(i => i.Line, StringComparer.Ordinal)];
    }

    private void AddType(TypeDefinitionHandle handle)
    {
        var type = new DeclaredType(_reader, handle);
        _items.Add(new SurfaceItem(type.Name, "", type.Text, type.References));
        if (type.Kind == TypeKind.Delegate)
        {
            return;
        }

        if (type.Kind != TypeKind.Enum)
        {
            foreach (string name in type.Interfaces)
            {
                string text = $"implements {name}";
                _items.Add(new SurfaceItem(type.Name, text, text, [$"{type.Reference} | {text}"]));
            }
        }

        var members = new DeclaredMembers(_reader, type);
        _items.AddRange(members.Fields());
        _items.AddRange(members.Properties());
        _items.AddRange(members.Events());
        _items.AddRange(members.Methods());
    }
}
