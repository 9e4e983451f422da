using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Tablet.Orders;
using MinaKyukyu.Tablet.Tests.Queue;

namespace MinaKyukyu.Tablet.Tests.Orders;

public sealed class OrderBookTests : IDisposable
{
    private readonly MemoryFile _disk = new();

    [Fact]
    public void Obeys_a_first_order_and_a_higher_one_after_it_ended()
    {
        using OrderBook book = Open();

        Assert.Equal(OrderVerdict.Obey, book.Hear(Order("a", 5)));
        Assert.Equal(OrderVerdict.Ended, book.Hear(Order("a", 5) with { IsActive = false }));
        Assert.Equal(OrderVerdict.Obey, book.Hear(Order("b", 6)));
        Assert.Equal("b", book.Active!.Assignment.Value);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Refuses_another_order_with_a_token_that_is_not_higher(long token)
    {
        using OrderBook book = Open();
        book.Hear(Order("a", 5));
        book.End(new("a"));

        Assert.Equal(OrderVerdict.RefusedOutdated, book.Hear(Order("b", token)));
        Assert.Null(book.Active);
        Assert.Equal(5, book.LastToken);
    }

    [Fact]
    public void Refuses_an_old_order_after_the_tablet_was_switched_off_in_between()
    {
        using (OrderBook before = Open())
        {
            before.Hear(Order("a", 5));
            before.End(new("a"));
        }

        using OrderBook after = Open();
        Assert.Equal(OrderVerdict.RefusedOutdated, after.Hear(Order("late", 4)));
    }

    [Fact]
    public void Knows_its_active_order_again_after_the_tablet_was_switched_off()
    {
        using (OrderBook before = Open())
        {
            before.Hear(Order("a", 5));
        }

        using OrderBook after = Open();
        Assert.Equal(OrderVerdict.Known, after.Hear(Order("a", 5)));
        Assert.Equal(OrderVerdict.RefusedSecondOrder, after.Hear(Order("b", 6)));
    }

    [Fact]
    public void Refuses_a_second_order_until_the_first_is_over()
    {
        using OrderBook book = Open();
        book.Hear(Order("a", 5));

        Assert.Equal(OrderVerdict.RefusedSecondOrder, book.Hear(Order("b", 6)));
        Assert.Equal("a", book.Active!.Assignment.Value);

        book.Hear(Order("a", 5) with { IsActive = false });
        Assert.Equal(OrderVerdict.Obey, book.Hear(Order("b", 6)));
    }

    [Fact]
    public void Takes_the_same_order_told_again_as_the_same_order()
    {
        using OrderBook book = Open();
        book.Hear(Order("a", 5));
        long written = _disk.Length;

        Assert.Equal(OrderVerdict.Known, book.Hear(Order("a", 5)));
        Assert.Equal(written, _disk.Length);
    }

    [Fact]
    public void Remembers_the_token_of_an_order_that_was_over_before_it_was_heard_of()
    {
        using OrderBook book = Open();

        Assert.Equal(OrderVerdict.AlreadyOver, book.Hear(Order("a", 5) with { IsActive = false }));
        Assert.Equal(OrderVerdict.RefusedOutdated, book.Hear(Order("b", 4)));
    }

    [Fact]
    public void Falls_back_to_the_line_before_a_torn_one()
    {
        int first;
        using (OrderBook before = Open())
        {
            before.Hear(Order("a", 5));
            first = _disk.Left.Length;
            before.End(new("a"));
        }

        for (int cut = first; cut < _disk.Left.Length; cut++)
        {
            using var after = new OrderBook(new MemoryFile(_disk.Left[..cut]), NullLogger.Instance);
            Assert.Equal(5, after.LastToken);
            Assert.Equal("a", after.Active!.Assignment.Value);
        }
    }

    [Fact]
    public void Still_obeys_and_says_so_when_the_disk_keeps_nothing()
    {
        using OrderBook book = Open();
        _disk.Fails = true;

        Assert.Equal(OrderVerdict.Obey, book.Hear(Order("a", 5)));
        Assert.True(book.IsBroken);
    }

    public void Dispose() => _disk.Dispose();

    private OrderBook Open() => new(_disk, NullLogger.Instance);

    private static OrderNews Order(string id, long token) =>
        new(new(id), new("incident-" + id), token, true);
}
