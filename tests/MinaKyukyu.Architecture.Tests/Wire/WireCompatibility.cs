using Google.Protobuf.Reflection;
using MinaKyukyu.Contracts.Type.V1;

namespace MinaKyukyu.Architecture.Tests.Wire;

/// <summary>
/// Holds the wire of today against the wire that was published: whatever an old tablet sends or expects must still be there and mean the
/// same. Pure.
/// </summary>
public static class WireCompatibility
{
    /// <returns>One sentence for each change that is not additive.</returns>
    public static IEnumerable<string> Breaks(FileDescriptorSet published, FileDescriptorSet now)
    {
        var before = new WireNames(published);
        var after = new WireNames(now);
        return
        [
            .. BrokenFiles(published, now),
            .. before.Messages.SelectMany(m =>
                after.Messages.TryGetValue(m.Key, out DescriptorProto? same)
                    ? BrokenFields(m.Key, m.Value, same)
                    : [$"message {m.Key} is gone"]
            ),
            .. before.Enums.SelectMany(e =>
                after.Enums.TryGetValue(e.Key, out EnumDescriptorProto? same)
                    ? BrokenValues(e.Key, e.Value, same)
                    : [$"enum {e.Key} is gone"]
            ),
            .. before.Services.SelectMany(s =>
                after.Services.TryGetValue(s.Key, out ServiceDescriptorProto? same)
                    ? BrokenMethods(s.Key, s.Value, same)
                    : [$"service {s.Key} is gone"]
            ),
            .. before.Extensions.SelectMany(x =>
                after.Extensions.TryGetValue(x.Key, out FieldDescriptorProto? same)
                    ? BrokenField(x.Key, x.Value, same)
                    : [$"extension {x.Key} is gone"]
            ),
        ];
    }

    /// <summary>What is on the wire today and was not yet published.</summary>
    public static IEnumerable<string> Additions(
        FileDescriptorSet published,
        FileDescriptorSet now
    ) => Breaks(now, published);

    private static IEnumerable<string> BrokenFiles(
        FileDescriptorSet published,
        FileDescriptorSet now
    )
    {
        foreach (FileDescriptorProto file in published.File)
        {
            FileDescriptorProto? same = now.File.FirstOrDefault(f => f.Name == file.Name);
            if (same is null)
            {
                yield return $"file {file.Name} is gone";
            }
            else if (same.Package != file.Package)
            {
                yield return $"file {file.Name}: package {file.Package} became {same.Package}";
            }
        }
    }

    private static IEnumerable<string> BrokenFields(
        string message,
        DescriptorProto before,
        DescriptorProto after
    )
    {
        foreach (FieldDescriptorProto field in before.Field)
        {
            string name = $"{message}.{field.Name}";
            FieldDescriptorProto? same = after.Field.FirstOrDefault(f => f.Number == field.Number);
            if (same is null)
            {
                yield return after.Field.Any(f => f.Name == field.Name)
                    ? $"field {name} has another number than {field.Number}"
                    : $"field {name} is gone";
                continue;
            }

            foreach (string broken in BrokenField(name, field, same))
            {
                yield return broken;
            }

            if (OneofOf(before, field) != OneofOf(after, same))
            {
                yield return $"field {name} moved to another oneof";
            }
        }

        // An old sender cannot know that a field has become required, whether the field is new or not.
        foreach (FieldDescriptorProto field in after.Field.Where(IsRequired))
        {
            FieldDescriptorProto? was = before.Field.FirstOrDefault(f => f.Number == field.Number);
            if (was is null || !IsRequired(was))
            {
                yield return $"field {message}.{field.Name} became REQUIRED";
            }
        }
    }

    private static IEnumerable<string> BrokenField(
        string name,
        FieldDescriptorProto before,
        FieldDescriptorProto after
    )
    {
        (string What, object Was, object Is)[] facts =
        [
            ("name", before.Name, after.Name),
            ("number", before.Number, after.Number),
            ("JSON name", JsonNameOf(before), JsonNameOf(after)),
            ("type", before.Type, after.Type),
            ("type name", before.TypeName, after.TypeName),
            ("cardinality", before.Label, after.Label),
            ("presence", before.Proto3Optional, after.Proto3Optional),
            ("extended message", before.Extendee, after.Extendee),
        ];
        return facts
            .Where(f => !f.Was.Equals(f.Is))
            .Select(f => $"field {name}: {f.What} {f.Was} became {f.Is}");
    }

    /// <summary>Generated code leaves the name out where it is the usual one.</summary>
    private static string JsonNameOf(FieldDescriptorProto field)
    {
        if (field.HasJsonName)
        {
            return field.JsonName;
        }

        string[] words = field.Name.Split('_');
        return words[0]
            + string.Concat(
                words[1..].Select(w => w.Length == 0 ? w : char.ToUpperInvariant(w[0]) + w[1..])
            );
    }

    private static IEnumerable<string> BrokenValues(
        string name,
        EnumDescriptorProto before,
        EnumDescriptorProto after
    ) =>
        before
            .Value.Where(v => !after.Value.Any(a => a.Name == v.Name && a.Number == v.Number))
            .Select(v => $"enum value {name}.{v.Name} = {v.Number} is gone or has another number");

    private static IEnumerable<string> BrokenMethods(
        string name,
        ServiceDescriptorProto before,
        ServiceDescriptorProto after
    )
    {
        foreach (MethodDescriptorProto method in before.Method)
        {
            MethodDescriptorProto? same = after.Method.FirstOrDefault(m => m.Name == method.Name);
            if (same is null)
            {
                yield return $"method {name}/{method.Name} is gone";
            }
            else if (Shape(same) != Shape(method))
            {
                yield return $"method {name}/{method.Name}: {Shape(method)} became {Shape(same)}";
            }
        }
    }

    private static string Shape(MethodDescriptorProto method) =>
        $"{(method.ClientStreaming ? "stream " : "")}{method.InputType} → {(method.ServerStreaming ? "stream " : "")}{method.OutputType}";

    private static string OneofOf(DescriptorProto message, FieldDescriptorProto field) =>
        field.HasOneofIndex && !field.Proto3Optional
            ? message.OneofDecl[field.OneofIndex].Name
            : "";

    private static bool IsRequired(FieldDescriptorProto field) =>
        field.Options?.GetExtension(BehaviorExtensions.Behavior) == FieldBehavior.Required;
}
