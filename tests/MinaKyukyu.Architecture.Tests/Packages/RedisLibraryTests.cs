#if !PUBLIC_PACKAGES
namespace MinaKyukyu.Architecture.Tests.Packages;

/// <summary>
/// The Redis room is written against what StackExchange.Redis 1.x and 2.x share. The build proves the one that it restores; this
/// proves the other, of which only the assembly itself need be obtainable.
/// </summary>
public sealed class RedisLibraryTests
{
    private const string OnlyOld = """
        internal static class Planted
        {
            public static void Use(StackExchange.Redis.ConnectionMultiplexer redis) => redis.BeginProfiling(redis);
        }
        """;

    private const string OnlyNew = """
        internal static class Planted
        {
            public static System.Threading.Tasks.Task Use(StackExchange.Redis.IDatabase redis) => redis.StringGetDeleteAsync("a");
        }
        """;

    private static readonly string s_old = Path.Combine(
        AppContext.BaseDirectory,
        "StackExchange.Redis.dll"
    );

    private static readonly string s_new = Path.Combine(
        AppContext.BaseDirectory,
        "published",
        "StackExchange.Redis.dll"
    );

    [Fact]
    public async Task The_room_compiles_against_the_new_library() =>
        Assert.Empty(await RedisRoom.ErrorsAgainstAsync(s_new));

    [Fact]
    public async Task A_planted_member_that_only_the_old_library_has_is_caught()
    {
        string error = Assert.Single(await RedisRoom.ErrorsAgainstAsync(s_new, OnlyOld));

        Assert.Contains("'BeginProfiling'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_planted_member_that_only_the_new_library_has_is_caught()
    {
        string error = Assert.Single(await RedisRoom.ErrorsAgainstAsync(s_old, OnlyNew));

        Assert.Contains("'StringGetDeleteAsync'", error, StringComparison.Ordinal);
    }
}
#endif
