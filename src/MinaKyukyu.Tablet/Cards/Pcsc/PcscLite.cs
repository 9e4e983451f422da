using System.Runtime.InteropServices;
using System.Text;

namespace MinaKyukyu.Tablet.Cards.Pcsc;

/// <summary>Linux: pcsc-lite, whose DWORD, LONG and handles are <c>long</c>: 8 octets on 64-bit machines.</summary>
internal sealed unsafe partial class PcscLite : IPcscLibrary
{
    private const string Library = "libpcsclite.so.1";

    public uint EstablishContext(out nuint context) =>
        (uint)SCardEstablishContext(PcscConstant.ScopeSystem, 0, 0, out context);

    public uint ReleaseContext(nuint context) => (uint)SCardReleaseContext(context);

    public uint ListReaders(nuint context, out IReadOnlyList<string> names)
    {
        names = [];
        nuint length = 0;
        uint code = (uint)SCardListReaders(context, 0, null, ref length);
        if (code != PcscCode.Success)
        {
            return code;
        }

        byte[] list = new byte[(int)length];
        fixed (byte* start = list)
        {
            code = (uint)SCardListReaders(context, 0, start, ref length);
        }

        if (code == PcscCode.Success)
        {
            names = PcscNames.Split(Encoding.UTF8.GetString(list, 0, (int)length));
        }

        return code;
    }

    public uint GetStatusChange(nuint context, string reader, TimeSpan atMost, ref uint state)
    {
        fixed (byte* name = Named(reader))
        {
            var asked = new ReaderState { Name = name, Current = state };
            uint code = (uint)SCardGetStatusChange(
                context,
                (nuint)atMost.TotalMilliseconds,
                &asked,
                1
            );
            state = (uint)asked.Event & PcscReaderState.Flags;
            return code;
        }
    }

    public uint ConnectExclusively(nuint context, string reader, out nuint card, out uint protocol)
    {
        fixed (byte* name = Named(reader))
        {
            uint code = (uint)SCardConnect(
                context,
                name,
                PcscConstant.ShareExclusive,
                PcscConstant.AnyProtocol,
                out card,
                out nuint active
            );
            protocol = (uint)active;
            return code;
        }
    }

    public uint DisconnectAndUnpower(nuint card) =>
        (uint)SCardDisconnect(card, PcscConstant.UnpowerCard);

    public uint Transmit(
        nuint card,
        uint protocol,
        ReadOnlySpan<byte> command,
        Span<byte> answer,
        out int length
    )
    {
        var request = new IoRequest { Protocol = protocol, Length = (nuint)sizeof(IoRequest) };
        nuint received = (nuint)answer.Length;
        fixed (byte* sent = command)
        fixed (byte* into = answer)
        {
            uint code = (uint)SCardTransmit(
                card,
                &request,
                sent,
                (nuint)command.Length,
                0,
                into,
                ref received
            );
            length = (int)received;
            return code;
        }
    }

    private static byte[] Named(string reader) => [.. Encoding.UTF8.GetBytes(reader), 0];

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SCardEstablishContext(
        nuint scope,
        nint reserved1,
        nint reserved2,
        out nuint context
    );

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SCardReleaseContext(nuint context);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SCardListReaders(
        nuint context,
        nint groups,
        byte* readers,
        ref nuint length
    );

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SCardGetStatusChange(
        nuint context,
        nuint timeoutMilliseconds,
        ReaderState* states,
        nuint count
    );

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SCardConnect(
        nuint context,
        byte* reader,
        nuint shareMode,
        nuint protocols,
        out nuint card,
        out nuint protocol
    );

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SCardDisconnect(nuint card, nuint disposition);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SCardTransmit(
        nuint card,
        IoRequest* sendRequest,
        byte* command,
        nuint commandLength,
        nint receiveRequest,
        byte* answer,
        ref nuint answerLength
    );

    [StructLayout(LayoutKind.Sequential)]
    private struct ReaderState
    {
        public byte* Name;
        public nint User;
        public nuint Current;
        public nuint Event;
        public nuint AtrLength;

        /// <summary>MAX_ATR_SIZE of pcsc-lite.</summary>
        public fixed byte Atr[33];
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct IoRequest
    {
        public nuint Protocol;
        public nuint Length;
    }
}
