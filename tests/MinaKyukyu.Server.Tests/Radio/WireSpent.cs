namespace MinaKyukyu.Server.Tests.Radio;

/// <summary>What crossed a link, both ways, retransmissions included.</summary>
/// <remarks>
/// Bytes are counted: all that the sockets carried, TLS and HTTP/2 included. What TCP and IP add is reckoned from the segments:
/// whatever one side wrote at once goes in segments of at most 1,360 bytes, each under 52 bytes of IPv4 (20) and TCP (20, time
/// stamps 12); two segments share one acknowledgement of 52 bytes; a connection costs seven segments without content (SYN,
/// SYN-ACK, ACK, and FIN with its ACK from both sides), the two SYN with 8 bytes of options more. An acknowledgement that rides on
/// an answer is counted all the same, so the reckoning errs to the dear side.
/// </remarks>
internal readonly record struct WireSpent(
    long Connections,
    long UpBytes,
    long DownBytes,
    long UpSegments,
    long DownSegments
)
{
    public const int SegmentBytes = 1_360;
    public const int HeaderBytes = 52;
    private const int SegmentsOfAConnection = 7;
    private const int SynOptionBytes = 2 * 8;

    public long Payload => UpBytes + DownBytes;

    public long Total =>
        Payload
        + (HeaderBytes * (UpSegments + DownSegments + Acknowledgements))
        + (Connections * ((HeaderBytes * SegmentsOfAConnection) + SynOptionBytes));

    private long Acknowledgements => ((UpSegments + 1) / 2) + ((DownSegments + 1) / 2);

    public static WireSpent operator -(WireSpent after, WireSpent before) =>
        new(
            after.Connections - before.Connections,
            after.UpBytes - before.UpBytes,
            after.DownBytes - before.DownBytes,
            after.UpSegments - before.UpSegments,
            after.DownSegments - before.DownSegments
        );

    public static WireSpent operator +(WireSpent one, WireSpent other) =>
        new(
            one.Connections + other.Connections,
            one.UpBytes + other.UpBytes,
            one.DownBytes + other.DownBytes,
            one.UpSegments + other.UpSegments,
            one.DownSegments + other.DownSegments
        );

    public static WireSpent operator *(WireSpent once, long times) =>
        new(
            once.Connections * times,
            once.UpBytes * times,
            once.DownBytes * times,
            once.UpSegments * times,
            once.DownSegments * times
        );
}
