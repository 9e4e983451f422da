namespace MinaKyukyu.Authorization.SignOn;

/// <summary>What a member types at sign-on: the second factor beside the tablet's certificate. A closed set; never logged, never stored.</summary>
public abstract class PersonalProof
{
    private PersonalProof() { }

    public override string ToString() => $"{GetType().Name} (withheld)";

    /// <summary>The member's own PIN.</summary>
    public sealed class Pin(string digits) : PersonalProof
    {
        /// <summary>Six digits at least: a million guesses, of which five may be tried.</summary>
        public const int Fewest = 6;

        public const int Most = 12;

        internal string Digits { get; } = digits;

        /// <summary>Six to twelve digits, not all the same and not a run such as 123456.</summary>
        public static bool IsAcceptable(string digits) =>
            digits.Length is >= Fewest and <= Most
            && digits.All(char.IsAsciiDigit)
            && !IsRun(digits, 0)
            && !IsRun(digits, 1)
            && !IsRun(digits, -1);

        private static bool IsRun(string digits, int step) =>
            digits.Zip(digits.Skip(1)).All(pair => pair.Second - pair.First == step);
    }

    /// <summary>The code that an authenticator shows now (RFC 6238).</summary>
    public sealed class Totp(string code) : PersonalProof
    {
        internal string Code { get; } = code;
    }
}
