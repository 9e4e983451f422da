namespace MinaKyukyu.Tablet.Tests.Cards;

/// <summary>What may never reach a card from us, read off a log of commands. Knows nothing of how the commands were made.</summary>
internal static class ApduLog
{
    private const string JpkiApplication = "D392F000260100000001";

    /// <summary>Token kind, authentication certificate, key and PIN of JPKI-AP.</summary>
    private static readonly string[] s_files = ["0006", "000A", "0017", "0018"];

    /// <returns>One line for each command that is not allowed; empty when all are.</returns>
    public static IReadOnlyList<string> Violations(IEnumerable<byte[]> commands)
    {
        List<string> found = [];
        string file = "";
        bool wasPinShown = false;
        foreach (byte[] command in commands)
        {
            string body = command.Length > 5 ? Convert.ToHexString(command[5..]) : "";
            switch (command)
            {
                case [0x00, 0xA4, 0x04, 0x0C, ..] when body == JpkiApplication:
                    file = "";
                    // Another visit; each may show the PIN once.
                    wasPinShown = false;
                    break;
                case [0x00, 0xA4, 0x02, 0x0C, 0x02, ..] when s_files.Contains(body):
                    file = body;
                    break;
                case [0x00, 0xB0, ..] when file is "0006" or "000A":
                case [0x00, 0x20, 0x00, 0x80] when file == "0018":
                case [0x80, 0x2A, 0x00, 0x80, 0x33, ..] when file == "0017":
                case [0x00, 0xC0, 0x00, 0x00, _]:
                    break;
                case [0x00, 0x20, 0x00, 0x80, 0x04, ..]
                    when file == "0018" && body.Length == 8 && !wasPinShown:
                    wasPinShown = true;
                    break;
                default:
                    // The header alone: a body may be a PIN.
                    found.Add($"{Convert.ToHexString(command.AsSpan(0, 4))} on file '{file}'");
                    break;
            }
        }

        return found;
    }
}
