using System.Collections;
using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using MinaKyukyu.Contracts.Type.V1;

namespace MinaKyukyu.Server.Wire.Interceptors;

/// <summary>Reads from the contract itself which fields are REQUIRED, once per message type.</summary>
internal static class RequiredFields
{
    private static readonly ConcurrentDictionary<MessageDescriptor, Shape> Shapes = new();

    /// <exception cref="InvalidRequestException">Names the first required field that is empty, by its path.</exception>
    public static void Check(IMessage message) => Check(message, "");

    private static void Check(IMessage message, string path)
    {
        Shape shape = Shapes.GetOrAdd(message.Descriptor, Shape.Of);
        foreach (FieldDescriptor field in shape.Required)
        {
            if (IsEmpty(field, message))
            {
                throw new InvalidRequestException(
                    InvalidRequestException.RequiredFieldEmpty,
                    path + field.Name
                );
            }
        }

        foreach (FieldDescriptor field in shape.Messages)
        {
            object? value = field.Accessor.GetValue(message);
            if (field.IsRepeated)
            {
                foreach (object item in (IEnumerable)value!)
                {
                    Check((IMessage)item, $"{path}{field.Name}.");
                }
            }
            else if (value is IMessage inner)
            {
                Check(inner, $"{path}{field.Name}.");
            }
        }
    }

    private static bool IsEmpty(FieldDescriptor field, IMessage message)
    {
        if (field.HasPresence)
        {
            return !field.Accessor.HasValue(message);
        }

        return field.Accessor.GetValue(message) switch
        {
            string text => text.Length == 0,
            ByteString bytes => bytes.IsEmpty,
            IList list => list.Count == 0,
            int number => number == 0,
            long number => number == 0,
            Enum value => Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)
                == 0,
            _ => false,
        };
    }

    private sealed record Shape(FieldDescriptor[] Required, FieldDescriptor[] Messages)
    {
        public static Shape Of(MessageDescriptor descriptor)
        {
            FieldDescriptor[] fields = [.. descriptor.Fields.InDeclarationOrder()];
            return new Shape(
                [.. fields.Where(IsRequired)],
                [
                    .. fields.Where(f =>
                        f.FieldType == FieldType.Message && !f.IsMap && IsOurs(f.MessageType)
                    ),
                ]
            );
        }

        private static bool IsRequired(FieldDescriptor field) =>
            field.GetOptions()?.GetExtension(BehaviorExtensions.Behavior) == FieldBehavior.Required;

        private static bool IsOurs(MessageDescriptor type) =>
            type.File.Package.StartsWith("minakyukyu.", StringComparison.Ordinal);
    }
}
