namespace MinaKyukyu.Tablet.Cards.Pcsc;

internal static class PcscLibrary
{
    /// <summary>Loads nothing yet: a machine without the library says so when a card is asked for.</summary>
    public static IPcscLibrary OfThisPlatform() =>
        OperatingSystem.IsWindows() ? new WinScard()
        : OperatingSystem.IsMacOS() ? new MacPcsc()
        : new PcscLite();
}

/// <summary>The zero-separated list in which readers' names come.</summary>
internal static class PcscNames
{
    public static IReadOnlyList<string> Split(string list) =>
        list.Split('\0', StringSplitOptions.RemoveEmptyEntries);
}
