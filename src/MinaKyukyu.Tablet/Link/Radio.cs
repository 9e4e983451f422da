namespace MinaKyukyu.Tablet.Link;

/// <summary>
/// The radio link below the calls. It can be cut, as by a tunnel or a basement: nothing gets through then, in neither direction,
/// and calls in flight end without an answer. Thread-safe.
/// </summary>
public sealed class Radio : IDisposable
{
    private readonly Lock _gate = new();
    private CancellationTokenSource _cut = new();

    public bool IsCut { get; private set; }

    /// <summary>Fires when the link that stands now is cut.</summary>
    public CancellationToken WhenCut
    {
        get
        {
            lock (_gate)
            {
                return _cut.Token;
            }
        }
    }

    public void Cut()
    {
        CancellationTokenSource cut;
        lock (_gate)
        {
            IsCut = true;
            cut = _cut;
        }

        cut.Cancel();
    }

    public void Restore()
    {
        lock (_gate)
        {
            if (IsCut)
            {
                IsCut = false;
                // The old source has no timer; streams that end now still look at its token.
                _cut = new CancellationTokenSource();
            }
        }
    }

    public void Dispose() => Cut();

    /// <summary>Lays this link under an HTTP handler.</summary>
    internal HttpMessageHandler Over(HttpMessageHandler inner) => new RadioHandler(this, inner);

    private sealed class RadioHandler(Radio radio, HttpMessageHandler inner)
        : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            CancellationToken cut = radio.WhenCut;
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(
                cancellationToken,
                cut
            );
            try
            {
                return await base.SendAsync(request, linked.Token);
            }
            catch (OperationCanceledException)
                when (cut.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new HttpRequestException(
                    HttpRequestError.ConnectionError,
                    "The radio link is cut."
                );
            }
        }
    }
}
