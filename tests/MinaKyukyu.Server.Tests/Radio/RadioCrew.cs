using System.Threading.Channels;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Server.Tests.Identity;
using MinaKyukyu.Tablet;
using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.CardSteps;
using MinaKyukyu.Tablet.Orders;
using MinaKyukyu.Tablet.Queue;
using MinaKyukyu.Tablet.Simulation;
using MinaKyukyu.Tablet.VirtualCards;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;
using CardStep = MinaKyukyu.Tablet.CardSteps.CardStep;
using GeoPoint = MinaKyukyu.Vocabulary.Places.GeoPoint;

namespace MinaKyukyu.Server.Tests.Radio;

/// <summary>A crew with a real tablet on a link: enrolled, with its key, its queue on the disk, its order feed listening.</summary>
internal sealed class RadioCrew : IAsyncDisposable
{
    /// <summary>An end to every wait; what is promised is asserted by itself.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private const string LeaderPin = "407193";

    private readonly string _directory;
    private readonly SecureHouse _house;
    private readonly CancellationTokenSource _ending = new();
    private readonly Channel<OrderEvent> _orders = Channel.CreateUnbounded<OrderEvent>();
    private readonly List<Task> _running = [];

    private RadioCrew(SecureHouse house, UnitPlan unit, TabletModule tablet, string directory)
    {
        _house = house;
        Unit = unit;
        Tablet = tablet;
        _directory = directory;
        _running.Add(tablet.Queue.RunAsync(_ending.Token));
    }

    public UnitPlan Unit { get; }

    public TabletModule Tablet { get; }

    public static RadioCrew Open(
        SecureHouse house,
        UnitPlan unit,
        RadioLink link,
        Action<TabletOptions>? change = null
    )
    {
        string directory = Directory.CreateTempSubdirectory("mina-radio-").FullName;
        var options = new TabletOptions
        {
            Server = link.Address,
            Verifier = house.National,
            Directory = directory,
            Identity = new(unit.Device, unit.Crew),
            Unit = unit.Id,
            Keys = house.KeysOf(unit),
        };
        change?.Invoke(options);
        TabletModule tablet = TabletModule.Open(
            options,
            TimeProvider.System,
            new UuidSource(TimeProvider.System),
            seed: 1
        );
        return new RadioCrew(house, unit, tablet, directory);
    }

    /// <summary>The department knows the unit's tablet and its leader; nothing of it goes over a radio.</summary>
    public static async Task<UnitPlan> EnrolAsync(SecureHouse house, int unit)
    {
        UnitPlan plan = house.Unit(unit);
        await house.EnrollAsync(plan);
        await house.RegisterAsync(LeaderOf(plan), MemberRole.Leader, LeaderPin);
        return plan;
    }

    public async Task SignOnAsync()
    {
        string ticket;
        try
        {
            ticket = await ProveAsync();
        }
        catch (RpcException silent) when (silent.StatusCode == StatusCode.Unavailable)
        {
            // The connection did not come about in time; the leader presses the key once more.
            ticket = await ProveAsync();
        }

        var request = new SignOnRequest { UnitId = Unit.Id.Value };
        request.MemberTickets.Add(ticket);
        await DoneAsync(Tablet.Queue.Offer(request));
    }

    private async Task<string> ProveAsync() =>
        (
            await Tablet.Link.Crew.VerifyMemberAsync(
                new VerifyMemberRequest { MemberNumber = LeaderOf(Unit), Pin = LeaderPin }
            )
        ).Ticket;

    public void Listen() => _running.Add(ListenAsync());

    public async Task<WatchAssignmentsResponse> HearOrderAsync()
    {
        OrderEvent heard = await _orders.Reader.ReadAsync().AsTask().WaitAsync(Patience);
        Assert.Equal(OrderVerdict.Obey, heard.Verdict);
        return heard.Told!;
    }

    /// <summary>Until the crew is called back; what it knows already may be told again before.</summary>
    public async Task HearEndAsync()
    {
        using var late = new CancellationTokenSource(Patience);
        while ((await _orders.Reader.ReadAsync(late.Token)).Verdict != OrderVerdict.Ended) { }
    }

    public Offer<AcknowledgeAssignmentResponse> Acknowledge(Assignment order) =>
        Tablet.Queue.Offer(
            new AcknowledgeAssignmentRequest
            {
                AssignmentId = order.AssignmentId,
                OrderToken = order.OrderToken,
            }
        );

    public Offer<ReportMilestoneResponse> Tap(Assignment order, MilestoneKind kind)
    {
        var request = new ReportMilestoneRequest
        {
            IncidentId = order.IncidentId,
            AssignmentId = order.AssignmentId,
            OrderToken = order.OrderToken,
            Kind = kind,
            OccurredTime = TimeProvider.System.GetUtcNow().ToTimestamp(),
            Point = new() { Latitude = 35.7138, Longitude = 139.4071 },
        };
        if (kind == MilestoneKind.Handover)
        {
            request.CardReturned = true;
        }

        return Tablet.Queue.Offer(request);
    }

    public static async Task<CommandAnswer<T>.Done> DoneAsync<T>(Offer<T> offer) =>
        Assert.IsType<CommandAnswer<T>.Done>(
            await Assert.IsType<Offer<T>.Queued>(offer).Answer.WaitAsync(Patience)
        );

    /// <summary>Level C: the holder types the PIN. A silent server is asked once more, as a crew would.</summary>
    public async Task<CardStepResult> ReadCardAsync(Assignment order)
    {
        using var http = new HttpClient { BaseAddress = _house.National, Timeout = Patience };
        using FoundCard found = (
            await new StandInCards(http).FindAsync(1, "valid", CancellationToken.None)
        )!;
        using var card = new VirtualCard(found.Spec);
        ICardReader reader = JpkiCardReader.OverVirtualCard(
            card,
            TimeProvider.System,
            NullLogger.Instance
        );
        CardStep step = Tablet.BeginCardStep(
            new(order.IncidentId),
            PatientSlot.First,
            Unit.Device.Value
        );
        step.CheckIdentity(IdentityCheck.PinEntered);
        step.TakeConsent(ConsentBasis.Spoken);
        var path = new CardPath.PinChallenge(new TypedPin(found.Spec.Pin));
        CardStepResult read = await step.ReadAsync(reader, path, CancellationToken.None);
        if (read.Word == CardStepWord.NoAnswer)
        {
            read = await step.ReadAsync(reader, path, CancellationToken.None);
        }

        step.GiveBack(isReturned: true);
        return read;
    }

    /// <summary>Ranked before and after the card, two inquiries, and how it ended.</summary>
    public async Task ChooseHospitalAsync(Assignment order)
    {
        var ask = new RecommendHospitalsRequest
        {
            IncidentId = order.IncidentId,
            PatientNumber = 1,
        };
        await Tablet.Link.Dispatch.RecommendHospitalsAsync(ask);
        string hospital = (await Tablet.Link.Dispatch.RecommendHospitalsAsync(ask))
            .Hospitals[0]
            .HospitalId;
        foreach (
            DestinationState state in new[] { DestinationState.Asked, DestinationState.Accepted }
        )
        {
            await DoneAsync(
                Tablet.Queue.Offer(
                    new ReportHospitalInquiryRequest
                    {
                        IncidentId = order.IncidentId,
                        AssignmentId = order.AssignmentId,
                        HospitalId = hospital,
                        PatientNumber = 1,
                        State = state,
                    }
                )
            );
        }

        await DoneAsync(
            Tablet.Queue.Offer(
                new RecordOutcomeRequest
                {
                    IncidentId = order.IncidentId,
                    PatientNumber = 1,
                    Outcome = new Outcome
                    {
                        Transported = true,
                        Severity = new Code { Table = "severity", Value = "moderate" },
                    },
                }
            )
        );
    }

    /// <summary>The unit's way, a step a five seconds.</summary>
    public static GeoPoint OnTheWay(int step) =>
        new(35.6938 + (step * 0.000_031), 139.4071 + (step * 0.000_017));

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_running).WaitAsync(Patience);
        Tablet.Dispose();
        _ending.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static string LeaderOf(UnitPlan unit) => $"leader-{unit.Id.Value}";

    private async Task ListenAsync()
    {
        try
        {
            await foreach (OrderEvent heard in Tablet.Feed.ListenAsync(_ending.Token))
            {
                await _orders.Writer.WriteAsync(heard);
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // The tablet is switched off.
        }
    }

    private sealed class TypedPin(string pin) : IPinPad
    {
        public Task<Pin?> AskAsync(int triesLeft, CancellationToken cancellation) =>
            Task.FromResult(Pin.TryParse(pin, out Pin? typed) ? typed : null);
    }
}
