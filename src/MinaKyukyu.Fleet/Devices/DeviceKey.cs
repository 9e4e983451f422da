namespace MinaKyukyu.Fleet.Devices;

/// <summary>Names a device's key: SHA-256 of its public key (SubjectPublicKeyInfo, DER), 64 lower-case hex digits. Not a secret.</summary>
public readonly record struct DeviceKey
{
    private const int Digits = 64;

    /// <exception cref="ArgumentException">Not 64 lower-case hex digits.</exception>
    public DeviceKey(string value) =>
        Value = IsWellFormed(value)
            ? value
            : throw new ArgumentException("A device key is 64 lower-case hex digits.");

    public string Value { get; }

    public static bool IsWellFormed(string? value) =>
        value is { Length: Digits } && value.All(c => char.IsAsciiHexDigitLower(c));

    public override string ToString() => Value;
}
