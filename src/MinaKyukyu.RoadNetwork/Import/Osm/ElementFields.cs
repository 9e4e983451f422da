using Google.Protobuf;

namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>
/// The fields 1 to 10 of one element, found but not yet read; the same object serves one element after the other. All kinds of
/// elements share this range: 1 is the id, 2 and 3 are keys and values, 8 to 10 whatever the kind is about.
/// </summary>
internal sealed class ElementFields
{
    private const int Last = 10;

    private readonly PbfSlice[] _bytes = new PbfSlice[Last + 1];
    private readonly long[] _numbers = new long[Last + 1];
    private readonly Form[] _forms = new Form[Last + 1];

    private enum Form
    {
        Missing = 0,
        Number = 1,
        Bytes = 2,
    }

    /// <exception cref="InvalidDataException">A field stands there twice, or in a form that no field has.</exception>
    public void Read(PbfSlice element)
    {
        Array.Clear(_bytes);
        Array.Clear(_numbers);
        Array.Clear(_forms);
        var message = new PbfMessage(element);
        while (message.Next())
        {
            if (message.Field > Last)
            {
                message.Skip();
                continue;
            }

            if (_forms[message.Field] != Form.Missing)
            {
                throw new InvalidDataException($"field {message.Field} stands there twice");
            }

            if (message.IsNumber)
            {
                _forms[message.Field] = Form.Number;
                _numbers[message.Field] = message.Int64();
            }
            else
            {
                _forms[message.Field] = Form.Bytes;
                _bytes[message.Field] = message.Bytes();
            }
        }
    }

    /// <exception cref="InvalidDataException">The field is missing or no number.</exception>
    public long Number(int field) =>
        _forms[field] == Form.Number
            ? _numbers[field]
            : throw new InvalidDataException($"field {field} is missing or no number");

    /// <summary>A number in zigzag form.</summary>
    /// <exception cref="InvalidDataException">The field is missing or no number.</exception>
    public long Zigzag(int field)
    {
        long number = Number(field);
        return (number >>> 1) ^ -(number & 1);
    }

    /// <summary>A packed list, empty where the field is missing.</summary>
    /// <exception cref="InvalidDataException">The field is a number: a list that is not packed, which the format never has.</exception>
    public CodedInputStream List(int field) =>
        _forms[field] != Form.Number
            ? _bytes[field].Open()
            : throw new InvalidDataException($"field {field} is not packed");
}
