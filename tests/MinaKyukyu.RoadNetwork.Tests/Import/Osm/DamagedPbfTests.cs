using MinaKyukyu.RoadNetwork.Import;

namespace MinaKyukyu.RoadNetwork.Tests.Import.Osm;

/// <summary>Whatever happens to the bytes: roads or a refusal, never anything else and never without end.</summary>
public class DamagedPbfTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public void Every_flipped_byte_ends_in_roads_or_a_refusal(bool isDense, bool isZipped)
    {
        byte[] whole = Town().ToPbf(isDense, isZipped);
        int refused = 0;
        for (int at = 0; at < whole.Length; at++)
        {
            foreach (byte mask in new byte[] { 0x01, 0x08, 0x80, 0xFF })
            {
                byte[] damaged = [.. whole];
                damaged[at] ^= mask;
                refused += IsRefused(damaged, $"byte {at} by {mask:X2}") ? 1 : 0;
            }
        }

        output.WriteLine($"{refused} of {whole.Length * 4} flips were refused.");
        // Zlib's checksum finds nearly all; without it, letters of names and digits of places may pass.
        Assert.InRange(refused, whole.Length * (isZipped ? 3 : 1), whole.Length * 4);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_truncated_file_ends_in_roads_or_a_refusal(bool isZipped)
    {
        byte[] whole = Town().ToPbf(isZipped: isZipped);
        int[] read =
        [
            .. Enumerable
                .Range(0, whole.Length)
                .Where(length => !IsRefused(whole[..length], $"the first {length} bytes")),
        ];
        // Between two blobs a file may end: only its last block, the turns, can be lost unnoticed.
        Assert.Single(read);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    public void Random_damage_ends_in_roads_or_a_refusal(int seed, bool isZipped)
    {
        output.WriteLine($"seed {seed}");
        var chance = new Random(seed);
        byte[] whole = Town().ToPbf(isZipped: isZipped);
        int refused = 0;
        for (int round = 0; round < 2_000; round++)
        {
            byte[] damaged = [.. whole];
            int start = chance.Next(damaged.Length);
            int length = Math.Min(chance.Next(1, 12), damaged.Length - start);
            chance.NextBytes(damaged.AsSpan(start, length));
            refused += IsRefused(damaged, $"seed {seed}, round {round}") ? 1 : 0;
        }

        Assert.InRange(refused, 500, 2_000);
    }

    private static OsmTown Town() =>
        OsmTown
            .Draw("a b c\n  d e")
            .Tag('d', "barrier=gate", "access=private")
            .Way("abc", "highway=residential", "name=芋窪街道", "maxspeed=30")
            .Way("bdeb", "highway=service", "oneway=yes", "width=3")
            .Turn("no_left_turn", ["from 1", "via b", "to 2"]);

    private static bool IsRefused(byte[] file, string damage)
    {
        try
        {
            Assert.True(ImportedTown.Read(file).Graph.NodeCount > 0, damage);
            return false;
        }
        catch (RoadFileException)
        {
            return true;
        }
        catch (Exception surprise) when (surprise is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"Not a refusal, after {damage}.", surprise);
        }
    }
}
