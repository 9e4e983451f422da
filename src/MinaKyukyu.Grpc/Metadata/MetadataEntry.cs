using System.Buffers;
using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One key and its value. Bytes are copied in and out, so an entry never changes.</summary>
    public class Entry
    {
        private static readonly SearchValues<char> KeyCharacters = SearchValues.Create(
            "abcdefghijklmnopqrstuvwxyz0123456789._-"
        );

        private readonly byte[]? _valueBytes;
        private readonly string? _value;

        /// <exception cref="ArgumentException">The key does not end in "-bin" or holds a forbidden character.</exception>
        public Entry(string key, byte[] valueBytes)
        {
            ArgumentNullException.ThrowIfNull(valueBytes);
            Key = Normalize(key);
            if (!IsBinary)
            {
                throw new ArgumentException("A key for bytes ends in \"-bin\".", nameof(key));
            }

            _valueBytes = valueBytes.AsSpan().ToArray();
        }

        /// <exception cref="ArgumentException">The key ends in "-bin" or holds a forbidden character.</exception>
        public Entry(string key, string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Key = Normalize(key);
            if (IsBinary)
            {
                throw new ArgumentException(
                    "A key for text does not end in \"-bin\".",
                    nameof(key)
                );
            }

            _value = value;
        }

        private Entry(string key, string? value, byte[]? valueBytes)
        {
            Key = key;
            _value = value;
            _valueBytes = valueBytes;
        }

        /// <summary>The key in lower case.</summary>
        public string Key { get; }

        /// <summary>Whether the key says that the value is bytes.</summary>
        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        /// <summary>The text.</summary>
        /// <exception cref="InvalidOperationException">The entry is binary.</exception>
        public string Value =>
            _value
            ?? throw new InvalidOperationException("The value of a binary entry has no text.");

        /// <summary>A copy of the bytes; for a text entry its ASCII bytes.</summary>
        public byte[] ValueBytes =>
            _valueBytes?.AsSpan().ToArray() ?? Encoding.ASCII.GetBytes(_value!);

        /// <summary>The bytes themselves, for the one who writes them on the wire and does not keep them.</summary>
        internal ReadOnlySpan<byte> BinarySpan => _valueBytes;

        /// <summary>The key alone: values are nobody's business in a log.</summary>
        public override string ToString() => $"[Entry: key={Key}]";

        /// <summary>An entry that came over the wire; the transport has validated the key and owns no copy of the bytes.</summary>
        internal static Entry Received(string key, string value) =>
            new(LowerCase(key), value, valueBytes: null);

        /// <inheritdoc cref="Received(string, string)"/>
        internal static Entry Received(string key, byte[] valueBytes) =>
            new(LowerCase(key), value: null, valueBytes);

        private static string Normalize(string key)
        {
            ArgumentException.ThrowIfNullOrEmpty(key);
            var lower = LowerCase(key);
            return lower.AsSpan().ContainsAnyExcept(KeyCharacters)
                ? throw new ArgumentException(
                    "A metadata key holds letters, digits, dot, underscore and hyphen only.",
                    nameof(key)
                )
                : lower;
        }

#pragma warning disable CA1308 // HTTP/2 header names are lower case on the wire; the protocol's form, not a normalisation of text.
        private static string LowerCase(string key) => key.ToLowerInvariant();
#pragma warning restore CA1308
    }
}
