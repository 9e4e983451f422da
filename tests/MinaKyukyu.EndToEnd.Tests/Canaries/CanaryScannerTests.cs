using System.Globalization;
using System.IO.Compression;
using System.Text;
using Xunit.Abstractions;

namespace MinaKyukyu.EndToEnd.Tests.Canaries;

/// <summary>A scanner that sees nothing would make every scan green; so it is shown everything it must see.</summary>
public sealed class CanaryScannerTests(ITestOutputHelper output)
{
    private const int Seed = 20261122;

    private readonly CanaryFlock _flock = Flock();

    [Fact]
    public void Every_canary_is_seen_in_every_encoding_wherever_it_stands()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var scanner = new CanaryScanner(_flock.All);
        int hidden = 0;
        foreach (Canary canary in _flock.All)
        {
            foreach (CanaryEncoding encoding in Enum.GetValues<CanaryEncoding>())
            {
                if (!Hiding.Applies(canary, encoding))
                {
                    continue;
                }

                byte[] noise = new byte[random.Next(200, 4_000)];
                random.NextBytes(noise);
                int at = random.Next(noise.Length);
                byte[] written = Hiding.Write(canary, encoding, random);
                byte[] bytes = [.. noise[..at], (byte)'"', .. written, (byte)'"', .. noise[at..]];
                Assert.Contains(
                    scanner.Scan("test", "noise", bytes),
                    s => s.Canary.Number == canary.Number
                );
                hidden++;
            }
        }

        output.WriteLine(
            $"{_flock.All.Count} canaries, {scanner.Patterns} patterns, {hidden} hidden"
        );
    }

    [Fact]
    public void A_canary_across_the_border_of_two_chunks_is_seen_at_its_place()
    {
        var scanner = new CanaryScanner(_flock.All, chunk: 64);
        byte[] canary = _flock.All[0].Bytes;
        for (int at = 0; at < 900; at++)
        {
            byte[] bytes = [.. new byte[at], .. canary, .. new byte[900 - at]];
            Sighting seen = Assert.Single(scanner.Scan("test", "border", bytes));
            Assert.Equal((at, CanaryEncoding.Utf8), (seen.Offset, seen.Encoding));
        }
    }

    [Fact]
    public void A_brotli_body_and_a_stream_inside_a_stream_are_opened()
    {
        var scanner = new CanaryScanner(_flock.All);
        byte[] brotli = Packed(
            _flock.All[1].Bytes,
            s => new BrotliStream(s, CompressionLevel.Fastest)
        );
        Assert.NotEmpty(scanner.Scan("test", "brotli", brotli));
        Assert.NotEmpty(scanner.Scan("test", "message", [1, 0, 0, 0, 9, .. brotli]));
        byte[] zlib = Packed(
            [7, .. _flock.All[2].Bytes],
            s => new ZLibStream(s, CompressionLevel.Fastest)
        );
        byte[] twice = Packed([8, .. zlib], s => new GZipStream(s, CompressionLevel.Fastest));
        byte[] torn = [9, .. twice[..^6]];
        Sighting seen = Assert.Single(scanner.Scan("test", "torn", torn));
        Assert.Equal((1L, CanaryEncoding.Compressed), (seen.Offset, seen.Encoding));
    }

    [Fact]
    public void What_redis_monitor_would_write_is_seen()
    {
        var scanner = new CanaryScanner(_flock.All);
        string heard = string.Concat(
            _flock
                .All[0]
                .Bytes.Select(b =>
                    b < 0x80
                        ? ((char)b).ToString()
                        : $"\\x{b.ToString("x2", CultureInfo.InvariantCulture)}"
                )
        );
        Assert.NotEmpty(
            scanner.Scan("test", "monitor", Encoding.ASCII.GetBytes($"\"SET\" \"{heard}\""))
        );
    }

    [Fact]
    public void What_is_no_canary_is_not_seen()
    {
        var random = new Random(Seed + 1);
        byte[] noise = new byte[4 << 20];
        random.NextBytes(noise);
        var scanner = new CanaryScanner(_flock.All);
        Assert.Empty(scanner.Scan("test", "noise", noise));
        Assert.Empty(
            scanner.Scan("test", "hex", Encoding.ASCII.GetBytes(Convert.ToHexString(noise)))
        );
    }

    [Fact]
    public void Short_digits_count_only_where_they_stand_alone()
    {
        Canary date = Canary.Of(CanaryKind.BirthDate, 0, "1790-04-17");
        var scanner = new CanaryScanner([date]);
        Assert.NotEmpty(scanner.Scan("test", "alone", "born 17900417."u8.ToArray()));
        Assert.NotEmpty(scanner.Scan("test", "end", "17900417"u8.ToArray()));
        Assert.Empty(scanner.Scan("test", "hash", "f0017900417ab"u8.ToArray()));
    }

    [Fact]
    public void A_sighting_never_says_what_it_saw()
    {
        Canary canary = _flock.All[0];
        Sighting seen = new("place", "name", 3, canary, CanaryEncoding.Utf8);
        Assert.DoesNotContain(canary.Text!, seen.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(canary.Text!, canary.ToString(), StringComparison.Ordinal);
    }

    private static byte[] Packed(byte[] bytes, Func<Stream, Stream> pack)
    {
        using var packed = new MemoryStream();
        using (Stream stream = pack(packed))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }

    private static CanaryFlock Flock()
    {
        var flock = new CanaryFlock(Seed);
        foreach (
            CanaryKind kind in new[]
            {
                CanaryKind.PatientName,
                CanaryKind.Medicine,
                CanaryKind.Diagnosis,
            }
        )
        {
            for (int n = 0; n < 4; n++)
            {
                flock.Text(kind);
            }
        }

        flock.TwelveDigits();
        flock.MemberPin();
        flock.CallbackNumber();
        flock.BirthDate();
        byte[] certificate = new byte[18];
        new Random(Seed).NextBytes(certificate);
        flock.AddBytes(CanaryKind.CardCertificate, certificate);
        flock.AddBytes(CanaryKind.CardSerial, certificate[..8]);
        return flock;
    }
}
