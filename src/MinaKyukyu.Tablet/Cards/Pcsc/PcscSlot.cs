using MinaKyukyu.Tablet.Cards.Apdus;

namespace MinaKyukyu.Tablet.Cards.Pcsc;

/// <summary>One reader of this machine. Which one is never guessed: it is named, or it is the only one.</summary>
internal sealed class PcscSlot(IPcscLibrary library, CardReaderOptions options, TimeProvider time)
    : ICardSlot
{
    /// <summary>Longest single wait inside the platform's library, so that a cancelled or ended wait is noticed.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(250);

    private readonly OneLane _lane = new();

    public async Task<ICardTransport> OpenAsync(CancellationToken cancellation)
    {
        Task<ICardTransport> opening = _lane.RunAsync(() => Open(cancellation));
        try
        {
            return await opening.WaitAsync(
                options.CardWithin + options.CommandWithin,
                time,
                cancellation
            );
        }
        catch (Exception left) when (left is TimeoutException or OperationCanceledException)
        {
            // Whatever still comes of it is let go; until then the lane refuses the next one.
            _ = opening.ContinueWith(
                late => late.Result.DisposeAsync().AsTask(),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default
            );
            throw left is TimeoutException ? new CardTroubleException(CardState.CardTooSlow) : left;
        }
    }

    private ICardTransport Open(CancellationToken cancellation)
    {
        nuint context = 0;
        try
        {
            Check(library.EstablishContext(out context));
            string reader = Choose(context);
            AwaitCard(context, reader, cancellation);
            Check(library.ConnectExclusively(context, reader, out nuint card, out uint protocol));
            return new PcscTransport(
                library,
                _lane,
                context,
                card,
                protocol,
                reader,
                options,
                time
            );
        }
        catch (DllNotFoundException)
        {
            throw new CardTroubleException(CardState.ReaderServiceDown);
        }
        catch
        {
            if (context != 0)
            {
                _ = library.ReleaseContext(context);
            }

            throw;
        }
    }

    private string Choose(nuint context)
    {
        Check(library.ListReaders(context, out IReadOnlyList<string> names));
        if (names.Count == 0)
        {
            throw new CardTroubleException(CardState.NoReader);
        }

        if (options.ReaderName is not { } wanted)
        {
            return names is [var only]
                ? only
                : throw new CardTroubleException(CardState.SeveralReaders);
        }

        return names.FirstOrDefault(name => string.Equals(name, wanted, StringComparison.Ordinal))
            ?? throw new CardTroubleException(CardState.ReaderNotFound);
    }

    private void AwaitCard(nuint context, string reader, CancellationToken cancellation)
    {
        long began = time.GetTimestamp();
        uint state = 0;
        TimeSpan slice = TimeSpan.Zero;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            uint code = library.GetStatusChange(context, reader, slice, ref state);
            if (code != PcscCode.Timeout)
            {
                Check(code);
            }

            if ((state & (PcscReaderState.Unknown | PcscReaderState.Unavailable)) != 0)
            {
                throw new CardTroubleException(CardState.ReaderPulledOut);
            }

            if ((state & PcscReaderState.Present) != 0)
            {
                if ((state & PcscReaderState.Mute) != 0)
                {
                    throw new CardTroubleException(CardState.Unreadable);
                }

                return;
            }

            TimeSpan left = options.CardWithin - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                throw new CardTroubleException(CardState.NoCard);
            }

            slice = left < Slice ? left : Slice;
        }
    }

    private static void Check(uint code)
    {
        if (code != PcscCode.Success)
        {
            throw new CardTroubleException(PcscCode.StateOf(code));
        }
    }
}

/// <summary>A card in that reader, held by us alone until disposed.</summary>
internal sealed class PcscTransport(
    IPcscLibrary library,
    OneLane lane,
    nuint context,
    nuint card,
    uint protocol,
    string reader,
    CardReaderOptions options,
    TimeProvider time
) : ICardTransport
{
    /// <summary>Data of 256 octets and two of status: short lengths only.</summary>
    private const int LongestAnswer = 258;

    private const int StatusLength = 2;

    private volatile bool _isLeft;

    public string Reader => reader;

    public Task<byte[]> TransmitAsync(CardCommand command, CancellationToken cancellation) =>
        lane.RunAsync(() =>
        {
            if (_isLeft)
            {
                // Nobody waits for it any more: a late PIN would cost a try in vain.
                command.Forget();
                throw new CardTroubleException(CardState.CardTooSlow);
            }

            byte[] answer = new byte[LongestAnswer];
            uint code = library.Transmit(card, protocol, command.Bytes, answer, out int length);
            command.Forget();
            // An answer without a status is none: the card lost contact and the reader did not call it a failure.
            return code != PcscCode.Success ? throw new CardTroubleException(StateAfter(code))
                : length is < StatusLength or > LongestAnswer
                    ? throw new CardTroubleException(CardState.CardMoved)
                : answer[..length];
        });

    /// <summary>Takes the card's power; behind a call that hangs this happens once it comes back.</summary>
    public async ValueTask DisposeAsync()
    {
        _isLeft = true;
        Task ended = lane.RunLastAsync(() =>
        {
            _ = library.DisconnectAndUnpower(card);
            _ = library.ReleaseContext(context);
        });
        try
        {
            await ended.WaitAsync(options.CommandWithin, time);
        }
        catch (TimeoutException)
        {
            // The lane stays taken, and the next visit is told so.
        }
    }

    /// <summary>A card lifted and a reader pulled out often fail with the same code: the reader's own state tells them apart.</summary>
    private CardState StateAfter(uint code)
    {
        CardState state = PcscCode.StateOf(code);
        if (state is not (CardState.CardMoved or CardState.Unreadable))
        {
            return state;
        }

        uint now = 0;
        uint asked = library.GetStatusChange(context, reader, TimeSpan.Zero, ref now);
        return asked is PcscCode.UnknownReader or PcscCode.ReaderUnavailable
            || (now & (PcscReaderState.Unknown | PcscReaderState.Unavailable)) != 0
                ? CardState.ReaderPulledOut
            : (now & PcscReaderState.Present) == 0 && asked is PcscCode.Success or PcscCode.Timeout
                ? CardState.CardMoved
            : state;
    }
}
