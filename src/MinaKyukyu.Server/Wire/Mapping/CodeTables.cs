using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using TypeV1 = MinaKyukyu.Contracts.Type.V1;

namespace MinaKyukyu.Server.Wire.Mapping;

/// <summary>Reads codes against the year's tables. A category that nobody knows is refused where a person chose it from a list.</summary>
internal sealed class CodeTables(CodeBook book)
{
    public Code? Optional(TypeV1.Code? code, string table, string field) =>
        code is null || code.Value.Length == 0 ? null : Required(code, table, field);

    /// <summary>For what must not be refused: a code that nobody knows is not known.</summary>
    public Code? Lenient(TypeV1.Code? code, string table) =>
        code?.Table == table ? Lenient(code.Value, table) : null;

    public Code? Lenient(string value, string table) =>
        IsKnown(value, table) ? new Code(table, value) : null;

    public Code Required(TypeV1.Code code, string table, string field) =>
        code.Table == table ? Required(code.Value, table, field) : throw Unknown(field);

    public Code Required(string value, string table, string field) =>
        IsKnown(value, table) ? new Code(table, value) : throw Unknown(field);

    private bool IsKnown(string value, string table) =>
        Identifier.IsWellFormed(value) && book.Contains(new Code(table, value));

    private static InvalidRequestException Unknown(string field) =>
        new(InvalidRequestException.UnknownCode, field);
}
