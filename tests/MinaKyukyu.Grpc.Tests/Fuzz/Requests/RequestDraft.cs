namespace MinaKyukyu.GrpcTests.Fuzz.Requests;

internal enum CallKind
{
    Unary,
    Collect,
    Spread,
    Talk,

    /// <summary>A method of the contract: its messages are protobuf.</summary>
    OpenIncident,
}

/// <summary>How the client stops speaking.</summary>
internal enum RequestEnd
{
    /// <summary>With its last part.</summary>
    Whole,

    /// <summary>With headers behind the body, which gRPC does not know.</summary>
    Trailers,

    /// <summary>It takes the stream back.</summary>
    Reset,

    /// <summary>It is gone in the middle.</summary>
    Disconnect,
}

/// <summary>A request on its way from valid to something else.</summary>
internal sealed class RequestDraft
{
    public required CallKind Kind { get; init; }

    /// <summary>With the pseudo headers of HTTP/2 first; of HTTP/1.1 they make the request line.</summary>
    public required List<(string Name, string Value)> Headers { get; init; }

    public List<MessageFrame> Messages { get; init; } = [];

    /// <summary>The body as it is cut into DATA frames or chunks; made of the messages when nothing has changed it.</summary>
    public List<byte[]> Parts { get; set; } = [];

    public RequestEnd End { get; set; } = RequestEnd.Whole;

    public uint ResetCode { get; set; }

    public bool IsHttp1 { get; init; }

    public bool IsWeb { get; init; }

    /// <summary>Of HTTP/1.1: the last chunk has no length that can be read.</summary>
    public bool BreaksChunks { get; set; }

    /// <summary>Whether the headers are still those of a call in order, so that the body alone decides.</summary>
    public bool AreHeadersInOrder { get; set; } = true;

    /// <summary>Octets of compressed messages of which is known what they say; <see langword="null"/> for those that say nothing.</summary>
    public List<(byte[] Packed, byte[]? Plain)> Known { get; } = [];

    /// <summary>What was done to it, in words.</summary>
    public List<string> Said { get; } = [];

    public byte[] Body => [.. Parts.SelectMany(p => p)];

    public string? Header(string name) => Headers.FirstOrDefault(h => h.Name == name).Value;

    public void Replace(string name, string value)
    {
        var at = Headers.FindIndex(h => h.Name == name);
        if (at < 0)
        {
            Headers.Add((name, value));
        }
        else
        {
            Headers[at] = (name, value);
        }
    }

    public override string ToString() =>
        $"{Kind} over {(IsHttp1 ? "HTTP/1.1" : "HTTP/2")}{(IsWeb ? " as gRPC-Web" : "")}: {string.Join("; ", Said.DefaultIfEmpty("as it should be"))}";
}
