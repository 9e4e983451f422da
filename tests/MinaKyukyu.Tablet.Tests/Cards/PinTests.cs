using MinaKyukyu.Tablet.Cards;

namespace MinaKyukyu.Tablet.Tests.Cards;

public sealed class PinTests
{
    [Theory]
    [InlineData("4711")]
    [InlineData("４７１１")]
    public void Takes_four_digits_narrow_or_wide(string typed)
    {
        Assert.True(Pin.TryParse(typed, out Pin? pin));
        using (pin)
        {
            Assert.Equal("4711"u8, pin.Digits);
        }

        Assert.Equal([0, 0, 0, 0], pin.Digits.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("471")]
    [InlineData("47111")]
    [InlineData("47 1")]
    [InlineData("471a")]
    [InlineData("٤٧١١")]
    [InlineData("123456789012")]
    public void Takes_nothing_else_so_that_no_try_is_used(string typed) =>
        Assert.False(Pin.TryParse(typed, out _));
}
