using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Server.Tests.Wire;

namespace MinaKyukyu.Server.Tests.Refusals;

/// <summary>Fills any request of the contract with values that would be accepted, and takes one of them away.</summary>
internal static class FilledRequest
{
    /// <summary>Every field that the contract calls REQUIRED, by its path, of a request and all that it may hold.</summary>
    public static IEnumerable<string> RequiredPaths(MessageDescriptor message, string path = "") =>
        message
            .Fields.InDeclarationOrder()
            .SelectMany(field =>
            {
                string at = path + field.Name;
                IEnumerable<string> own = IsRequired(field) ? [at] : [];
                return IsOurs(field) ? own.Concat(RequiredPaths(field.MessageType, at + ".")) : own;
            });

    /// <summary>Every field that names something: an id other than the request's own.</summary>
    public static IEnumerable<string> IdFields(MessageDescriptor message) =>
        message
            .Fields.InDeclarationOrder()
            .Where(f => f.Name.EndsWith("_id", StringComparison.Ordinal) && f.Name != "request_id")
            .Select(f => f.Name);

    /// <param name="known">Values by field name; what is not named gets the value usual for its kind.</param>
    /// <param name="through">A path whose branch of a oneof is taken.</param>
    public static IMessage Of(
        MessageDescriptor message,
        IReadOnlyDictionary<string, object> known,
        string through = ""
    )
    {
        IMessage filled = message.Parser.ParseFrom(ByteString.Empty);
        string head = through.Split('.')[0];
        foreach (FieldDescriptor field in message.Fields.InDeclarationOrder())
        {
            if (IsInThisRequest(field, head))
            {
                string rest =
                    field.Name == head && through.Length > head.Length
                        ? through[(head.Length + 1)..]
                        : "";
                Set(filled, field, ValueOf(field, known, rest));
            }
        }

        return filled;
    }

    public static void Clear(IMessage message, string path)
    {
        string head = path.Split('.')[0];
        FieldDescriptor field = message.Descriptor.FindFieldByName(head);
        if (head == path)
        {
            field.Accessor.Clear(message);
            return;
        }

        object inner = field.Accessor.GetValue(message);
        Clear(
            field.IsRepeated ? (IMessage)((IList)inner)[0]! : (IMessage)inner,
            path[(head.Length + 1)..]
        );
    }

    private static bool IsRequired(FieldDescriptor field) =>
        field.GetOptions()?.GetExtension(BehaviorExtensions.Behavior) == FieldBehavior.Required;

    private static bool IsOutput(FieldDescriptor field) =>
        field.GetOptions()?.GetExtension(BehaviorExtensions.Behavior) == FieldBehavior.OutputOnly;

    private static bool IsOurs(FieldDescriptor field) =>
        field.FieldType == FieldType.Message
        && !IsOutput(field)
        && field.MessageType.File.Package.StartsWith("minakyukyu.", StringComparison.Ordinal);

    /// <summary>A ticket is earned; no invented one is ever accepted.</summary>
    private static bool CanBeInvented(FieldDescriptor field) => field.Name != "member_tickets";

    private static bool IsInThisRequest(FieldDescriptor field, string head) =>
        !IsOutput(field)
        && CanBeInvented(field)
        && (
            field.RealContainingOneof is not { } oneof
            || (
                oneof.Fields.Any(f => f.Name == head)
                    ? field.Name == head
                    : field == oneof.Fields[0]
            )
        );

    private static void Set(IMessage message, FieldDescriptor field, object value)
    {
        if (field.IsRepeated)
        {
            ((IList)field.Accessor.GetValue(message)).Add(value);
        }
        else
        {
            field.Accessor.SetValue(message, value);
        }
    }

    private static object ValueOf(
        FieldDescriptor field,
        IReadOnlyDictionary<string, object> known,
        string through
    )
    {
        if (known.TryGetValue(field.Name, out object? value))
        {
            return value;
        }

        return field.FieldType switch
        {
            FieldType.Message when field.MessageType == Timestamp.Descriptor => TimeProvider
                .System.GetUtcNow()
                .ToTimestamp(),
            FieldType.Message when field.MessageType == Code.Descriptor => new Code
            {
                Table = field.Name == "reason" ? "cancel-reason" : field.Name.Replace('_', '-'),
                Value = "other",
            },
            FieldType.Message => Of(field.MessageType, known, through),
            FieldType.String => "text",
            FieldType.Bytes => ByteString.CopyFromUtf8("bytes"),
            FieldType.Int32 => 1,
            FieldType.Int64 => 1L,
            FieldType.Double => 35.0,
            FieldType.Bool => true,
            FieldType.Enum => 1,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
