using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using TypeV1 = MinaKyukyu.Contracts.Type.V1;

namespace MinaKyukyu.Server.Wire.Mapping;

/// <summary>Reads codes against the year's tables. A category that nobody knows is refused where a person chose it from a list.</summary>
internal sealed class CodeTables(CodeBook book)
{
    public Code? Optional(TypeV1.Code? code, string table, string field) =>
        code is null || code.Value.Length == 0 ? null : Required(code, table, field);

    public Code Required(TypeV1.Code code, string table, string field) =>
        code.Table == table ? Required(code.Value, table, field) : throw Unknown(field);

    public Code Required(string value, string table, string field)
    {
        bool isKnown = Identifier.IsWellFormed(value) && book.Contains(new Code(table, value));
        return isKnown ? new Code(table, value) : throw Unknown(field);
    }

    private static InvalidRequestException Unknown(string field) => new(InvalidRequestException.UnknownCode, field);
}
