using System.Security.Cryptography;
using System.Text;
using MinaKyukyu.Tablet.Cards;

namespace MinaKyukyu.Tablet.VirtualCards;

/// <summary>
/// A My Number card of software, for tests, the demonstration and training: understands the commands of the public authentication
/// application byte by byte, as a card in a reader does. It is TEST and nothing else: it takes only a certificate of a TEST
/// authority, which no production anchor accepts. It also has what our own reader never touches (the signature pair, the
/// applications with the 12-digit number), so that a test can see that it is not touched; those files hold nothing and stay shut.
/// </summary>
public sealed class VirtualCard : IApduCard, IDisposable
{
    /// <summary>Tries of the signature password (署名用) on a real card.</summary>
    private const int SignaturePasswordTries = 5;

    /// <summary>As OpenSC knows a My Number card by.</summary>
    private static readonly byte[] AnswerToReset = Convert.FromHexString("3BE000FF8131FE4514");

    private readonly Lock _gate = new();
    private readonly RSA _key;
    private readonly bool _holdsBack;
    private readonly VirtualReference _pin;
    private readonly Dictionary<string, IReadOnlyDictionary<ushort, VirtualFile>> _applications;
    private IReadOnlyDictionary<ushort, VirtualFile>? _application;
    private VirtualFile? _selected;
    private byte[] _waiting = [];
    private bool _isPowered;

    /// <exception cref="ArgumentException">The certificate is not of a TEST authority, or the key or PIN is malformed.</exception>
    public VirtualCard(VirtualCardSpec spec)
    {
        _key = spec.TakeKey();
        _holdsBack = spec.HoldsBack;
        _pin = new VirtualReference(Encoding.ASCII.GetBytes(spec.Pin), spec.PinTries);
        // Nobody knows it: nothing of the signature pair can be opened.
        var password = new VirtualReference(
            RandomNumberGenerator.GetBytes(16),
            SignaturePasswordTries
        );
        var shut = new VirtualFile.Data([], OpenedBy: password);
        _applications = new(StringComparer.Ordinal)
        {
            ["D392F000260100000001"] = new Dictionary<ushort, VirtualFile>
            {
                [0x0001] = shut,
                [0x0002] = new VirtualFile.Data([], null),
                [0x0006] = new VirtualFile.Data(NameOf(spec.Token), null),
                [0x000A] = new VirtualFile.Data(spec.Certificate, null),
                [0x000B] = new VirtualFile.Data(spec.AuthorityCertificate ?? [], null),
                [0x0017] = new VirtualFile.Key(_pin),
                [0x0018] = new VirtualFile.Secret(_pin),
                [0x001A] = new VirtualFile.Key(password),
                [0x001B] = new VirtualFile.Secret(password),
            },
            ["D3921000310001010408"] = new Dictionary<ushort, VirtualFile>
            {
                [0x0001] = shut,
                [0x0002] = shut,
            },
            ["D3921000310001010402"] = new Dictionary<ushort, VirtualFile>
            {
                [0x0002] = shut,
                [0x0005] = shut,
            },
        };
    }

    public ReadOnlyMemory<byte> Atr => AnswerToReset;

    /// <summary>For the trainer's eyes.</summary>
    public int PinTriesLeft
    {
        get
        {
            lock (_gate)
            {
                return _pin.TriesLeft;
            }
        }
    }

    public void PowerOn()
    {
        lock (_gate)
        {
            Forget();
            _isPowered = true;
        }
    }

    public void PowerOff()
    {
        lock (_gate)
        {
            Forget();
            _isPowered = false;
        }
    }

    public void Reset() => PowerOn();

    public byte[] Transmit(ReadOnlySpan<byte> command)
    {
        lock (_gate)
        {
            if (!_isPowered)
            {
                return Status(0x6F00);
            }

            if (VirtualCommand.Parse(command) is not { } read)
            {
                return Status(0x6700);
            }

            byte[] waiting = _waiting;
            _waiting = [];
            return (read.Class, read.Instruction) switch
            {
                (0x00, 0xA4) => Select(read),
                (0x00, 0xB0) => ReadBinary(read),
                (0x00, 0x20) => Verify(read),
                (0x00, 0xC0) => waiting.Length == 0 ? Status(0x6985) : Give(waiting, read.Expected),
                (0x80, 0x2A) => Sign(read),
                (0x00 or 0x80, _) => Status(0x6D00),
                _ => Status(0x6E00),
            };
        }
    }

    public void Dispose() => _key.Dispose();

    public override string ToString() => "TEST card";

    private static byte[] NameOf(TokenKind token) =>
        Encoding.ASCII.GetBytes(
            (
                token switch
                {
                    TokenKind.MyNumberCard => "JPKIAPICCTOKEN2",
                    TokenKind.ResidentCard => "JPKIAPICCTOKEN",
                    TokenKind.Android => "JPKIAPGPSETOKEN",
                    TokenKind.IPhone => "JPKIAPIOSTOKEN",
                    _ => "TEST",
                }
            ).PadRight(0x20)
        );

    private void Forget()
    {
        _application = null;
        _selected = null;
        _waiting = [];
        foreach (
            VirtualFile.Secret secret in _applications
                .Values.SelectMany(files => files.Values)
                .OfType<VirtualFile.Secret>()
        )
        {
            secret.Reference.Close();
        }
    }

    private byte[] Select(VirtualCommand command)
    {
        if (command.P1 == 0x04)
        {
            if (
                !_applications.TryGetValue(
                    Convert.ToHexString(command.Data),
                    out IReadOnlyDictionary<ushort, VirtualFile>? application
                )
            )
            {
                return Status(0x6A82);
            }

            // Entering an application closes what was opened in the one before.
            Forget();
            _application = application;
            return Status(0x9000);
        }

        if (command is not { P1: 0x02, P2: 0x0C })
        {
            return Status(0x6A86);
        }

        if (
            command.Data is not [var high, var low]
            || _application?.GetValueOrDefault((ushort)((high << 8) | low)) is not { } file
        )
        {
            return Status(0x6A82);
        }

        _selected = file;
        return Status(0x9000);
    }

    private byte[] ReadBinary(VirtualCommand command)
    {
        if (command.P1 > 0x7F)
        {
            // A short file identifier: not offered.
            return Status(0x6A86);
        }

        if (command.Expected is not { } length)
        {
            return Status(0x6700);
        }

        if (_selected is not VirtualFile.Data file)
        {
            return Status((ushort)(_selected is null ? 0x6986 : 0x6981));
        }

        if (file.OpenedBy is { IsOpen: false })
        {
            return Status(0x6982);
        }

        int offset = (command.P1 << 8) | command.P2;
        if (offset >= file.Content.Length)
        {
            return Status(0x6B00);
        }

        byte[] data = file.Content[offset..Math.Min(offset + length, file.Content.Length)];
        // Le of zero asks for all there is; any other length that runs past the end is told so.
        bool isShort = data.Length < length && length != VirtualCommand.MostExpected;
        return [.. data, .. Status((ushort)(isShort ? 0x6282 : 0x9000))];
    }

    private byte[] Verify(VirtualCommand command)
    {
        if (command is not { P1: 0, P2: 0x80 })
        {
            return Status(0x6A86);
        }

        if (_selected is not VirtualFile.Secret { Reference: { } reference })
        {
            return Status(0x6985);
        }

        if (command.Data.Length == 0)
        {
            return Status((ushort)(0x63C0 | reference.TriesLeft));
        }

        return reference.TriesLeft == 0 ? Status(0x6984)
            : reference.Try(command.Data) ? Status(0x9000)
            : Status((ushort)(0x63C0 | reference.TriesLeft));
    }

    private byte[] Sign(VirtualCommand command)
    {
        if (command is not { P1: 0, P2: 0x80 })
        {
            return Status(0x6A86);
        }

        if (_selected is not VirtualFile.Key { OpenedBy: { } reference })
        {
            return Status(0x6985);
        }

        if (!reference.IsOpen || reference != _pin)
        {
            return Status(0x6982);
        }

        if (DigestInfo.Find(command.Data) is not { } digest)
        {
            return Status(0x6A80);
        }

        byte[] signature = _key.SignHash(digest.Hash, digest.Name, RSASignaturePadding.Pkcs1);
        if (_holdsBack)
        {
            _waiting = signature;
            return Status(0x6100);
        }

        return command.Expected is null ? Status(0x6700) : Give(signature, command.Expected);
    }

    /// <summary>All of it, or the length that it has (6Cxx).</summary>
    private byte[] Give(byte[] data, int? expected)
    {
        if (expected is { } length && length < data.Length)
        {
            // Asked once more with the length that it has, it gives it.
            _waiting = data;
            return Status((ushort)(0x6C00 | (byte)data.Length));
        }

        return [.. data, .. Status(0x9000)];
    }

    private static byte[] Status(ushort status) => [(byte)(status >> 8), (byte)status];
}
