using System.ComponentModel.DataAnnotations;

namespace MinaKyukyu.Tablet.Queue;

public sealed class OutgoingQueueOptions
{
    /// <summary>Most commands that wait at a time.</summary>
    /// <value>256: an incident has about twenty, so more than ten incidents without radio.</value>
    [Range(1, 10_000)]
    public int Capacity { get; set; } = 256;

    /// <summary>Longest wait before the second try; doubles with every further one. The true wait is drawn evenly below it.</summary>
    /// <value>400 milliseconds: less than one round trip of a poor link.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan FirstBackOff { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Longest wait between two tries.</summary>
    /// <value>10 seconds: an order must be acknowledged in 15 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:02:00")]
    public TimeSpan LongestBackOff { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Shortest wait between two tries, so that no draw makes a storm.</summary>
    /// <value>50 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:05")]
    public TimeSpan ShortestBackOff { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How often the server may fail at one command without saying no before it is set aside.</summary>
    /// <value>8: with the waits above about half a minute. A silent server is not a failing one: there is no limit for that.</value>
    [Range(1, 1000)]
    public int MostFailures { get; set; } = 8;

    /// <summary>When nothing waits and the file is longer than this, it is emptied.</summary>
    /// <value>64 KiB: about two hundred commands.</value>
    [Range(0, 16 * 1024 * 1024)]
    public long EmptyAboveBytes { get; set; } = 64 * 1024;
}
