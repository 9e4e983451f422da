using System.ComponentModel.DataAnnotations;

namespace MinaKyukyu.Tablet.Orders;

/// <summary>How the watch for orders comes back after it was lost.</summary>
public sealed class OrderFeedOptions
{
    /// <summary>Longest wait before the first new try; doubles with every further one.</summary>
    /// <value>500 milliseconds: an order must be read within 15 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan FirstBackOff { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait between two tries.</summary>
    /// <value>5 seconds: three tries within the 15 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan LongestBackOff { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Shortest wait between two tries.</summary>
    /// <value>50 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:05")]
    public TimeSpan ShortestBackOff { get; set; } = TimeSpan.FromMilliseconds(50);
}
