using System.Reflection;
using Google.Protobuf.Reflection;

namespace MinaKyukyu.Server.Wire.Services;

/// <summary>The files of the contract, found by their names and by the names of what they declare.</summary>
internal sealed class DescribedServices
{
    private readonly Dictionary<string, FileDescriptor> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> _symbols = new(StringComparer.Ordinal);

    private DescribedServices(IEnumerable<FileDescriptor> files)
    {
        foreach (FileDescriptor file in files.SelectMany(WithImports))
        {
            if (_files.TryAdd(file.Name, file))
            {
                AddSymbols(file);
            }
        }

        Services =
        [
            .. _files
                .Values.SelectMany(f => f.Services)
                .Select(s => s.FullName)
                .Order(StringComparer.Ordinal),
        ];
    }

    public IReadOnlyList<string> Services { get; }

    /// <summary>All files whose generated code stands in the assembly, and what they import.</summary>
    public static DescribedServices Of(Assembly contract) =>
        new(
            contract
                .GetTypes()
                .Select(t => t.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static))
                .Where(p => p?.PropertyType == typeof(FileDescriptor))
                .Select(p => (FileDescriptor)p!.GetValue(null)!)
        );

    public FileDescriptor? FindFile(string name) => _files.GetValueOrDefault(name);

    public FileDescriptor? FindSymbol(string name) => _symbols.GetValueOrDefault(name);

    /// <summary>The file, then everything it imports, each once.</summary>
    public static IEnumerable<FileDescriptor> WithImports(FileDescriptor file)
    {
        var seen = new HashSet<FileDescriptor>();
        var open = new Queue<FileDescriptor>([file]);
        while (open.TryDequeue(out FileDescriptor? one))
        {
            if (seen.Add(one))
            {
                yield return one;
                foreach (FileDescriptor import in one.Dependencies)
                {
                    open.Enqueue(import);
                }
            }
        }
    }

    private void AddSymbols(FileDescriptor file)
    {
        foreach (ServiceDescriptor service in file.Services)
        {
            _symbols[service.FullName] = file;
            foreach (MethodDescriptor method in service.Methods)
            {
                _symbols[method.FullName] = file;
            }
        }

        foreach (EnumDescriptor one in file.EnumTypes)
        {
            _symbols[one.FullName] = file;
        }

        foreach (MessageDescriptor message in file.MessageTypes)
        {
            AddSymbols(message);
        }
    }

    private void AddSymbols(MessageDescriptor message)
    {
        _symbols[message.FullName] = message.File;
        foreach (FieldDescriptor field in message.Fields.InDeclarationOrder())
        {
            _symbols[field.FullName] = message.File;
        }

        foreach (EnumDescriptor one in message.EnumTypes)
        {
            _symbols[one.FullName] = message.File;
        }

        foreach (MessageDescriptor nested in message.NestedTypes)
        {
            AddSymbols(nested);
        }
    }
}
