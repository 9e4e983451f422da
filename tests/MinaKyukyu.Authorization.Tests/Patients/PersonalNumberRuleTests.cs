using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;
using Xunit.Abstractions;

namespace MinaKyukyu.Authorization.Tests.Patients;

/// <summary>All numbers here are invented.</summary>
public sealed class PersonalNumberRuleTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("123456789012")]
    [InlineData("1234 5678 9012")]
    [InlineData("1234-5678-9012")]
    [InlineData("1234 - 5678 - 9012")]
    [InlineData("1 2 3 4 5 6 7 8 9 0 1 2")]
    [InlineData("１２３４５６７８９０１２")]
    [InlineData("１２３４－５６７８－９０１２")]
    [InlineData("１２３４　５６７８　９０１２")]
    [InlineData("1234‐5678–9012")]
    [InlineData("1234−5678ー9012")]
    [InlineData("1234\u200b5678\u00ad9012")]
    [InlineData("1234\t5678\t9012")]
    [InlineData("①②③④⑤⑥⑦⑧⑨①①②")]
    [InlineData("⑫345678９012")]
    [InlineData("𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟎𝟏𝟐")]
    [InlineData("番号は123456789012です")]
    [InlineData("x123456789012y")]
    [InlineData("12345678901, 123456789012")]
    [InlineData("2026-11-21 2221")]
    public void Finds_a_run_of_twelve_digits(string text)
    {
        Assert.True(PersonalNumberRule.Contains(text));
        string masked = PersonalNumberRule.Mask(text);
        Assert.False(PersonalNumberRule.Contains(masked));
        Assert.Equal(text.Length, masked.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345678901")]
    [InlineData("1234567890123")]
    [InlineData("1234-5678-901")]
    [InlineData("1234-5678-90123")]
    [InlineData("090-1234-5678")]
    [InlineData("09012345678")]
    [InlineData("042-123-4567")]
    [InlineData("０４２－１２３－４５６７")]
    [InlineData("123456/789012")]
    [InlineData("1234.5678.9012")]
    [InlineData("123456\n789012")]
    [InlineData("12345678901a2")]
    [InlineData("2026-11-21T22:21:32Z")]
    [InlineData("一二三四五六七八九〇一二")]
    [InlineData("\ud800 12 \udc00")]
    public void Leaves_everything_else_alone(string text)
    {
        Assert.False(PersonalNumberRule.Contains(text));
        Assert.Same(text, PersonalNumberRule.Mask(text));
    }

    [Theory]
    [InlineData("胸痛、1234-5678-9012、歩行可", "胸痛、****-****-****、歩行可")]
    [InlineData("090-1234-5678 / １２３４５６７８９０１２", "090-1234-5678 / ************")]
    [InlineData("⑫345678９012!", "***********!")]
    public void Masks_the_digits_and_nothing_else(string text, string masked) =>
        Assert.Equal(masked, PersonalNumberRule.Mask(text));

    [Fact]
    public void Null_holds_nothing() => Assert.False(PersonalNumberRule.Contains(null));

    [Fact]
    public void Of_a_hundred_thousand_ids_none_is_refused_as_an_id()
    {
        const int seed = 20261121;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        int wouldHaveMatched = 0;
        for (int i = 0; i < 100_000; i++)
        {
            string id = NextUuid7(random);
            Assert.Equal(id, new RequestId(id).Value);
            wouldHaveMatched += PersonalNumberRule.Contains(id) ? 1 : 0;
        }

        // As free text some would be: that is why ids are parsed as their own type first.
        output.WriteLine($"{wouldHaveMatched} of them hold twelve digits in a row");
        Assert.True(wouldHaveMatched > 0);
    }

    [Fact]
    public void Agrees_with_a_slow_and_obvious_reading_on_random_texts()
    {
        const int seed = 7;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        const string letters = "0123456789０１２３４５６789- 　－a、\n";
        int found = 0;
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Create(
                random.Next(0, 40),
                random,
                (span, r) =>
                {
                    foreach (ref char c in span)
                    {
                        c = letters[r.Next(letters.Length)];
                    }
                }
            );
            bool expected = Slow(text);
            found += expected ? 1 : 0;
            Assert.True(expected == PersonalNumberRule.Contains(text), text);
            Assert.False(PersonalNumberRule.Contains(PersonalNumberRule.Mask(text)), text);
        }

        Assert.InRange(found, 100, 19_900);
    }

    private static bool Slow(string text) =>
        System.Text.RegularExpressions.Regex.IsMatch(
            text.Normalize(System.Text.NormalizationForm.FormKC),
            "(?<![0-9][- ]*)[0-9]([- ]*[0-9]){11}(?![- ]*[0-9])",
            System.Text.RegularExpressions.RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)
        );

    /// <summary>RFC 9562, version 7, from a seed.</summary>
    private static string NextUuid7(Random random)
    {
        byte[] octets = new byte[16];
        random.NextBytes(octets);
        long milliseconds = 1_775_000_000_000 + random.Next();
        for (int i = 0; i < 6; i++)
        {
            octets[i] = (byte)(milliseconds >> (40 - (8 * i)));
        }

        octets[6] = (byte)((octets[6] & 0x0f) | 0x70);
        octets[8] = (byte)((octets[8] & 0x3f) | 0x80);
        return new Guid(octets, bigEndian: true).ToString("D");
    }
}
