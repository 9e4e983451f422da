using System.Runtime.InteropServices;
using System.Text;

namespace MinaKyukyu.Tablet.Cards.Pcsc;

/// <summary>macOS: everything of 4 octets, handles too, structures without gaps, names in UTF-8. Compiled, not yet run on macOS.</summary>
internal sealed unsafe partial class MacPcsc : IPcscLibrary
{
    private const string Library = "/System/Library/Frameworks/PCSC.framework/PCSC";

    public uint EstablishContext(out nuint context)
    {
        uint code = SCardEstablishContext(PcscConstant.ScopeSystem, 0, 0, out uint narrow);
        context = narrow;
        return code;
    }

    public uint ReleaseContext(nuint context) => SCardReleaseContext((uint)context);

    public uint ListReaders(nuint context, out IReadOnlyList<string> names)
    {
        names = [];
        uint length = 0;
        uint code = SCardListReaders((uint)context, 0, null, ref length);
        if (code != PcscCode.Success)
        {
            return code;
        }

        byte[] list = new byte[length];
        fixed (byte* start = list)
        {
            code = SCardListReaders((uint)context, 0, start, ref length);
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
            uint code = SCardGetStatusChange(
                (uint)context,
                (uint)atMost.TotalMilliseconds,
                &asked,
                1
            );
            state = asked.Event & PcscReaderState.Flags;
            return code;
        }
    }

    public uint ConnectExclusively(nuint context, string reader, out nuint card, out uint protocol)
    {
        fixed (byte* name = Named(reader))
        {
            uint code = SCardConnect(
                (uint)context,
                name,
                PcscConstant.ShareExclusive,
                PcscConstant.AnyProtocol,
                out uint narrow,
                out protocol
            );
            card = narrow;
            return code;
        }
    }

    public uint DisconnectAndUnpower(nuint card) =>
        SCardDisconnect((uint)card, PcscConstant.UnpowerCard);

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
                (uint)card,
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

    private static byte[] Named(string reader) => [.. Encoding.UTF8.GetBytes(reader), 0];

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint SCardEstablishContext(
        uint scope,
        nint reserved1,
        nint reserved2,
        out uint context
    );

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint SCardReleaseContext(uint context);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint SCardListReaders(
        uint context,
        nint groups,
        byte* readers,
        ref uint length
    );

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint SCardGetStatusChange(
        uint context,
        uint timeoutMilliseconds,
        ReaderState* states,
        uint count
    );

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint SCardConnect(
        uint context,
        byte* reader,
        uint shareMode,
        uint protocols,
        out uint card,
        out uint protocol
    );

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint SCardDisconnect(uint card, uint disposition);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint SCardTransmit(
        uint card,
        IoRequest* sendRequest,
        byte* command,
        uint commandLength,
        nint receiveRequest,
        byte* answer,
        ref uint answerLength
    );

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct ReaderState
    {
        public byte* Name;
        public nint User;
        public uint Current;
        public uint Event;
        public uint AtrLength;

        /// <summary>MAX_ATR_SIZE of the framework.</summary>
        public fixed byte Atr[33];
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct IoRequest
    {
        public uint Protocol;
        public uint Length;
    }
}
