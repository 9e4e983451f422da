using MinaKyukyu.Server.Commands;

namespace MinaKyukyu.Server.Wire;

/// <summary>A request that no room ever sees, because its fields are not values of their types.</summary>
internal sealed class InvalidRequestException(string reason, string field) : Exception(reason)
{
    public const string RequiredFieldEmpty = "REQUIRED_FIELD_EMPTY";
    public const string FieldMalformed = "FIELD_MALFORMED";
    public const string UnknownCode = "UNKNOWN_CODE";
    public const string PersonalNumberInText = "PERSONAL_NUMBER_IN_TEXT";

    public Refusal Why { get; } = new(reason, field);
}
