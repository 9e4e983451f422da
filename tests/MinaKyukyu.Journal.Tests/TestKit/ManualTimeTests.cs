using MinaKyukyu.TestKit;

namespace MinaKyukyu.Journal.Tests.TestKit;

public sealed class ManualTimeTests
{
    private readonly ManualTime time = new();

    [Fact]
    public void Timers_fire_in_the_order_in_which_they_are_due_and_see_their_own_moment()
    {
        DateTimeOffset start = time.GetUtcNow();
        List<string> fired = [];
        void Note(string name) => fired.Add($"{name}@{(time.GetUtcNow() - start).TotalSeconds}");
        using ITimer late = time.CreateTimer(
            _ => Note("late"),
            null,
            TimeSpan.FromSeconds(5),
            Timeout.InfiniteTimeSpan
        );
        using ITimer again = time.CreateTimer(
            _ => Note("again"),
            null,
            TimeSpan.FromSeconds(2),
            TimeSpan.FromSeconds(2)
        );
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["again@2", "again@4", "late@5"], fired);
        Assert.Equal(TimeSpan.FromSeconds(5), time.GetUtcNow() - start);
        Assert.Equal(1, time.ActiveTimers);
    }

    [Fact]
    public void A_jump_of_the_wall_clock_moves_no_timer_and_no_elapsed_time()
    {
        bool hasFired = false;
        using ITimer timer = time.CreateTimer(
            _ => hasFired = true,
            null,
            TimeSpan.FromSeconds(1),
            Timeout.InfiniteTimeSpan
        );
        long before = time.GetTimestamp();
        time.JumpWall(TimeSpan.FromDays(-3650));
        Assert.False(hasFired);
        Assert.Equal(TimeSpan.Zero, time.GetElapsedTime(before));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(hasFired);
    }

    [Fact]
    public async Task A_delay_on_it_ends_when_it_is_advanced()
    {
        Task delay = Task.Delay(TimeSpan.FromMinutes(1), time);
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(delay.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await delay.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_disposed_timer_is_silent()
    {
        bool hasFired = false;
        ITimer timer = time.CreateTimer(
            _ => hasFired = true,
            null,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(1)
        );
        timer.Dispose();
        time.Advance(TimeSpan.FromHours(1));
        Assert.False(hasFired);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
    }
}
