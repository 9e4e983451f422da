using System.Runtime.InteropServices;

namespace MinaKyukyu.Tablet.Cards.Pcsc;

/// <summary>Windows: DWORD and LONG of 4 octets, handles as wide as a pointer, names in UTF-16. Compiled, not yet run on Windows.</summary>
internal sealed unsafe partial class WinScard : IPcscLibrary
{
    private const string Library = "winscard.dll";

    public uint EstablishContext(out nuint context) =>
        SCardEstablishContext(PcscConstant.ScopeSystem, 0, 0, out context);

    public uint ReleaseContext(nuint context) => SCardReleaseContext(context);

    public uint ListReaders(nuint context, out IReadOnlyList<string> names)
    {
        names = [];
        uint length = 0;
        uint code = SCardListReaders(context, 0, null, ref length);
        if (code != PcscCode.Success)
        {
            return code;
        }

        char[] list = new char[length];
        fixed (char* start = list)
        {
            code = SCardListReaders(context, 0, start, ref length);
        }

        if (code == PcscCode.Success)
        {
            names = PcscNames.Split(new string(list, 0, (int)length));
        }

        return code;
    }

    public uint GetStatusChange(nuint context, string reader, TimeSpan atMost, ref uint state)
    {
        fixed (char* name = reader)
        {
            var asked = new ReaderState { Name = name, Current = state };
            uint code = SCardGetStatusChange(context, (uint)atMost.TotalMilliseconds, &asked, 1);
            state = asked.Event & PcscReaderState.Flags;
            return code;
        }
    }

    public uint ConnectExclusively(nuint context, string reader, out nuint card, out uint protocol)
    {
        fixed (char* name = reader)
        {
            return SCardConnect(
                context,
                name,
                PcscConstant.ShareExclusive,
                PcscConstant.AnyProtocol,
                out card,
                out protocol
            );
        }
    }

    public uint DisconnectAndUnpower(nuint card) => SCardDisconnect(card, PcscConstant.UnpowerCard);

    public uint Transmit(
        nuint card,
        uint protocol,
        ReadOnlySpan<byte> command,
        Span<byte> answer,
        out int length
    )
    {
        var request = new IoRequest { Protocol = protocol, Length = (uint)sizeof(IoRequest) };
        uint received = (uint)answer.Length;
        fixed (byte* sent = command)
        fixed (byte* into = answer)
        {
            uint code = SCardTransmit(
                card,
                &request,
                sent,
                (uint)command.Length,
                0,
                into,
                ref received
            );
            length = (int)received;
            return code;
        }
    }

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial uint SCardEstablishContext(
        uint scope,
        nint reserved1,
        nint reserved2,
        out nuint context
    );

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial uint SCardReleaseContext(nuint context);

    [LibraryImport(Library, EntryPoint = "SCardListReadersW")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial uint SCardListReaders(
        nuint context,
        nint groups,
        char* readers,
        ref uint length
    );

    [LibraryImport(Library, EntryPoint = "SCardGetStatusChangeW")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial uint SCardGetStatusChange(
        nuint context,
        uint timeoutMilliseconds,
        ReaderState* states,
        uint count
    );

    [LibraryImport(Library, EntryPoint = "SCardConnectW")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial uint SCardConnect(
        nuint context,
        char* reader,
        uint shareMode,
        uint protocols,
        out nuint card,
        out uint protocol
    );

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial uint SCardDisconnect(nuint card, uint disposition);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial uint SCardTransmit(
        nuint card,
        IoRequest* sendRequest,
        byte* command,
        uint commandLength,
        nint receiveRequest,
        byte* answer,
        ref uint answerLength
    );

    [StructLayout(LayoutKind.Sequential)]
    private struct ReaderState
    {
        public char* Name;
        public nint User;
        public uint Current;
        public uint Event;
        public uint AtrLength;

        /// <summary>As winscard.h has it: 33 octets, filled up to 36.</summary>
        public fixed byte Atr[36];
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct IoRequest
    {
        public uint Protocol;
        public uint Length;
    }
}
