namespace MinaKyukyu.GrpcTests.Fuzz.Oracles;

/// <summary>Measures the process; only what runs alone in it can be held against these bounds.</summary>
internal sealed class MemoryOracle
{
    /// <summary>
    /// What one exchange may allocate, on both sides together: 96 times the limit of a message. Most need less than half of one; the
    /// most that was seen are 59, of 32 KiB of commas in binary metadata, which are as many empty entries. A bomb of 16 MiB that is
    /// unpacked needs at least 256.
    /// </summary>
    public const long MostPerExchange = 96L * FuzzedServer.Limit;

    /// <summary>How much more may be alive after a run than when it was warm; the arrays that pools keep are among it.</summary>
    public const long MostGrowth = 16L * 1024 * 1024;

    private long _allocatedBefore;
    private long? _aliveWhenWarm;

    /// <summary>How long what was broken off may take to be let go.</summary>
    public int SecondsToSettle { get; init; } = 30;

    public long MostSeen { get; private set; }

    public long Growth { get; private set; }

    public void Begin() => _allocatedBefore = GC.GetTotalAllocatedBytes();

    /// <exception cref="FuzzFinding">The exchange took more than it may.</exception>
    public void End()
    {
        var allocated = GC.GetTotalAllocatedBytes() - _allocatedBefore;
        MostSeen = Math.Max(MostSeen, allocated);
        if (allocated > MostPerExchange)
        {
            throw new FuzzFinding(FindingKind.Memory, $"one exchange allocated {allocated} bytes");
        }
    }

    public void IsWarm() => _aliveWhenWarm = GC.GetTotalMemory(forceFullCollection: true);

    /// <exception cref="FuzzFinding">More stayed alive than may.</exception>
    public async Task EndRunAsync()
    {
        if (_aliveWhenWarm is not { } before)
        {
            return;
        }

        // What was broken off is drained by the server for five seconds more; what then is still alive stays.
        for (var tries = 0; tries <= SecondsToSettle; tries++)
        {
            Growth = GC.GetTotalMemory(forceFullCollection: true) - before;
            if (Growth <= MostGrowth)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        throw new FuzzFinding(FindingKind.Memory, $"{Growth} bytes more are alive after the run");
    }
}
