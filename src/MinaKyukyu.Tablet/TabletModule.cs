using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.CardSteps;
using MinaKyukyu.Tablet.Link;
using MinaKyukyu.Tablet.Orders;
using MinaKyukyu.Tablet.Positions;
using MinaKyukyu.Tablet.Queue;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Tablet;

/// <summary>The door of this room: one tablet, with its parts plugged into each other.</summary>
public sealed class TabletModule : IDisposable
{
    private readonly HttpClient _verifierClient;
    private readonly TimeProvider _time;
    private readonly IIdSource _ids;
    private readonly ILogger _logger;
    private readonly CardLink _cardLink;
    private readonly SpecialVerifierClient _verifier;
    private readonly TimeSpan _pinWithin;

    private TabletModule(
        TabletOptions options,
        TimeProvider time,
        IIdSource ids,
        int seed,
        ILoggerFactory logs
    )
    {
        _time = time;
        _ids = ids;
        _logger = logs.CreateLogger("MinaKyukyu.Tablet");
        _pinWithin = options.PinWithin;
        CardReader = JpkiCardReader.OverPcsc(options.CardReader, time, _logger);
        System.IO.Directory.CreateDirectory(options.Directory);
        Link = new CrewLink(
            options.Server,
            options.Identity,
            options.Link,
            time,
            logs,
            keys: options.Keys
        );
        Queue = new OutgoingQueue(
            new DurableFile(Path.Combine(options.Directory, "outgoing.log")),
            new CommandWire(Link),
            options.Queue,
            time,
            ids,
            new Random(seed),
            _logger
        );
        Orders = new OrderBook(
            new DurableFile(Path.Combine(options.Directory, "orders.log")),
            _logger
        );
        Feed = new OrderFeed(
            Link,
            Orders,
            options.Unit,
            options.Orders,
            time,
            // Another row of chances than the queue's, so that neither shifts the other's.
            new Random(seed ^ 0x5eed),
            _logger
        );
        Positions = new PositionReporter(Link, options.Unit, options.Positions, time, _logger);
        _cardLink = new CardLink(Link, Queue);
        _verifierClient = new HttpClient { BaseAddress = options.Verifier };
        _verifier = new SpecialVerifierClient(_verifierClient, options.VerifierDeadline, time);
    }

    public CrewLink Link { get; }

    public OutgoingQueue Queue { get; }

    public OrderBook Orders { get; }

    public OrderFeed Feed { get; }

    public PositionReporter Positions { get; }

    /// <summary>The card reader on board. Nothing of it is touched before it is asked.</summary>
    public ICardReader CardReader { get; }

    /// <param name="seed">Of the waits between tries; another one on each tablet.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An option is missing or outside its range.</exception>
    /// <exception cref="IOException">The directory is in use by another process, or cannot be used.</exception>
    public static TabletModule Open(
        TabletOptions options,
        TimeProvider time,
        IIdSource ids,
        int seed,
        ILoggerFactory? logs = null
    )
    {
        options.Validate();
        return new TabletModule(options, time, ids, seed, logs ?? NullLoggerFactory.Instance);
    }

    /// <summary>The card step of one patient.</summary>
    /// <param name="terminal">The reader's name.</param>
    public CardStep BeginCardStep(IncidentId incident, PatientSlot patient, string terminal) =>
        new(incident, patient, _cardLink, _verifier, _ids, _time, terminal, _pinWithin, _logger);

    public void Dispose()
    {
        Queue.Dispose();
        Orders.Dispose();
        Positions.Dispose();
        Link.Dispose();
        _verifierClient.Dispose();
    }
}
