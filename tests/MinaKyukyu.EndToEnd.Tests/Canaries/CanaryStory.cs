using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.MedicalInfo.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Fleet.Plan;

namespace MinaKyukyu.EndToEnd.Tests.Canaries;

/// <summary>What is lived through in a <see cref="CanaryTown"/>: runs with every card level, a withdrawal, an emergency read, refusals.</summary>
internal sealed class CanaryStory(CanaryTown town)
{
    private readonly CanaryFlock _flock = town.Flock;
    private readonly List<byte[]> _shown = [];
    private readonly List<byte[]> _told = [];
    private readonly List<byte[]> _refused = [];
    private readonly List<string> _incidents = [];

    /// <summary>Every event of a summary as it came over the wire: here canaries must be, or nothing was proved.</summary>
    public IReadOnlyList<byte[]> Shown => _shown;

    /// <summary>What the department's officer is told about who viewed what.</summary>
    public IReadOnlyList<byte[]> ToldToOfficer => _told;

    /// <summary>Status, message and trailers of every refusal.</summary>
    public IReadOnlyList<byte[]> Refused => _refused;

    /// <summary>An incident whose every free text is a canary, with twelve digits beside it.</summary>
    public async Task<(string Incident, AssignUnitResponse Order)> OpenAsync(
        UnitPlan unit,
        string script = ""
    )
    {
        var request = new OpenIncidentRequest
        {
            RequestId = town.Next(),
            Call = new CallOrigin { CallbackNumber = _flock.CallbackNumber() },
            Place = new Place
            {
                Point = new GeoPoint { Latitude = 35.7138, Longitude = 139.4071 },
                PlacePrecision = PlacePrecision.Lot,
                Address = WithDigits(CanaryKind.IncidentAddress),
                Landmark = WithDigits(CanaryKind.IncidentLandmark),
            },
            Urgency = new Urgency { Level = UrgencyLevel.High, Protocol = _flock.TwelveDigits() },
            IncidentType = new Code { Table = "incident-type", Value = "sudden-illness" },
            CardReadiness = CardReadiness.Ready,
            Remarks = $"{script} {WithDigits(CanaryKind.IncidentRemarks)}".Trim(),
        };
        request.Patients.Add(new Patient { Number = 1 });
        string incident = (
            await Incidents(town.Dispatcher).OpenIncidentAsync(request, CanaryTown.Soon)
        ).IncidentId;
        _incidents.Add(incident);
        AssignUnitResponse order = await new DispatchService.DispatchServiceClient(
            town.Dispatcher
        ).AssignUnitAsync(
            new AssignUnitRequest
            {
                RequestId = town.Next(),
                IncidentId = incident,
                UnitId = unit.Id.Value,
            },
            CanaryTown.Soon
        );
        return (incident, order);
    }

    public async Task SignOnAsync(UnitPlan unit, params string[] tickets)
    {
        var request = new SignOnRequest { RequestId = town.Next(), UnitId = unit.Id.Value };
        request.MemberTickets.AddRange(tickets);
        await Crews(unit).SignOnAsync(request, CanaryTown.Soon);
    }

    public async Task<string> VerifyAsync(UnitPlan unit, string member, string pin) =>
        (
            await Crews(unit)
                .VerifyMemberAsync(
                    new VerifyMemberRequest { MemberNumber = member, Pin = pin },
                    CanaryTown.Soon
                )
        ).Ticket;

    /// <summary>Level C with the holder's consent; the whole summary is read.</summary>
    public async Task<string> ViewWithPinAsync(UnitPlan unit, string incident, int patient)
    {
        HeldCard held = await town.Holders.CardOfAsync(patient);
        BeginCardCheckResponse begun = await BeginAsync(unit, incident, ConsentBasis.Spoken);
        RequestAccessRequest request = Evidence(incident, begun);
        request.PinChallenge = new PinChallengeEvidence
        {
            Certificate = ByteString.CopyFrom(held.Certificate),
            Signature = ByteString.CopyFrom(held.Sign(begun.Challenge.Span)),
        };
        return await ReadAsync(unit, request, "C");
    }

    /// <summary>Level B: without a PIN.</summary>
    public async Task<string> ViewWithoutPinAsync(UnitPlan unit, string incident, int patient)
    {
        HeldCard held = await town.Holders.CardOfAsync(patient);
        BeginCardCheckResponse begun = await BeginAsync(unit, incident, ConsentBasis.Spoken);
        RequestAccessRequest request = Evidence(incident, begun);
        request.SpecialVerifier = new SpecialVerifierEvidence
        {
            Certificate = ByteString.CopyFrom(held.Certificate),
            Assertion = ByteString.CopyFrom(
                await town.Holders.AssertAsync(held, begun.Challenge.ToByteArray())
            ),
        };
        return await ReadAsync(unit, request, "B");
    }

    /// <summary>Level A, nobody could be asked: an emergency read.</summary>
    public async Task<string> ViewInAnEmergencyAsync(UnitPlan unit, string incident, int patient)
    {
        HeldCard held = await town.Holders.CardOfAsync(patient);
        BeginCardCheckResponse begun = await BeginAsync(unit, incident, ConsentBasis.NotObtainable);
        RequestAccessRequest request = Evidence(incident, begun);
        request.CertificateRead = new CertificateReadEvidence
        {
            Certificate = ByteString.CopyFrom(held.Certificate),
        };
        return await ReadAsync(unit, request, "A");
    }

    public async Task WithdrawAsync(UnitPlan unit, string incident) =>
        await Authorization(unit)
            .WithdrawConsentAsync(
                new WithdrawConsentRequest
                {
                    RequestId = town.Next(),
                    IncidentId = incident,
                    PatientNumber = 1,
                },
                CanaryTown.Soon
            );

    public async Task TapAsync(
        UnitPlan unit,
        (string Incident, AssignUnitResponse Order) run,
        params MilestoneKind[] kinds
    )
    {
        foreach (MilestoneKind kind in kinds)
        {
            await Incidents(town.Crew(unit))
                .ReportMilestoneAsync(
                    new ReportMilestoneRequest
                    {
                        RequestId = town.Next(),
                        IncidentId = run.Incident,
                        AssignmentId = run.Order.AssignmentId,
                        OrderToken = run.Order.OrderToken,
                        Kind = kind,
                        OccurredTime = TimeProvider.System.GetUtcNow().ToTimestamp(),
                    },
                    CanaryTown.Soon
                );
        }
    }

    public Task AllAreClosedAsync() =>
        Eventually.IsTrue(async () =>
        {
            foreach (string incident in _incidents)
            {
                GetIncidentResponse now = await Incidents(town.Dispatcher)
                    .GetIncidentAsync(
                        new GetIncidentRequest { IncidentId = incident },
                        CanaryTown.Soon
                    );
                if (now.Incident.State != IncidentState.Closed)
                {
                    return false;
                }
            }

            return true;
        });

    /// <summary>The officer looks at the emergency read, tries a note that is refused, and closes it.</summary>
    public async Task OverseeAsync(string grant)
    {
        var officer = new AuthorizationService.AuthorizationServiceClient(
            town.As("information-officer", "desk-1")
        );
        await RefusesAsync(() =>
            officer
                .CloseEmergencyReadAsync(Closing(WithDigits(CanaryKind.StrayText)), CanaryTown.Soon)
                .ResponseAsync
        );
        await officer.CloseEmergencyReadAsync(Closing("確認した"), CanaryTown.Soon);

        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        ListAccessesResponse accesses = await officer.ListAccessesAsync(
            new ListAccessesRequest
            {
                StartTime = now.AddHours(-1).ToTimestamp(),
                EndTime = now.AddHours(1).ToTimestamp(),
            },
            CanaryTown.Soon
        );
        // Two crews by themselves, four at the hand of this story; a view that failed would leave nothing to find.
        Assert.Equal(6, accesses.Accesses.Count);
        _told.Add(accesses.ToByteArray());
        _told.Add(
            (
                await officer.ListEmergencyReadsAsync(
                    new ListEmergencyReadsRequest { IncludeClosed = true },
                    CanaryTown.Soon
                )
            ).ToByteArray()
        );
        _told.Add(
            (
                await officer.PrintNoticeAsync(
                    new PrintNoticeRequest { RequestId = town.Next(), EmergencyReadId = grant },
                    CanaryTown.Soon
                )
            ).ToByteArray()
        );

        CloseEmergencyReadRequest Closing(string note) =>
            new()
            {
                RequestId = town.Next(),
                EmergencyReadId = grant,
                FindingCode = "justified",
                Note = note,
            };
    }

    /// <summary>Calls that are malformed or not allowed, with a canary in each text of them.</summary>
    public async Task AskWhatIsRefusedAsync(
        UnitPlan unit,
        (string Incident, AssignUnitResponse Order) run,
        string member
    )
    {
        HeldCard held = await town.Holders.CardOfAsync(41);
        BeginCardCheckResponse begun = await BeginAsync(unit, run.Incident, ConsentBasis.Spoken);
        RequestAccessRequest unsigned = Evidence(run.Incident, begun);
        unsigned.PinChallenge = new PinChallengeEvidence
        {
            Certificate = ByteString.CopyFrom(held.Certificate),
            Signature = ByteString.CopyFrom(new byte[256]),
        };
        RequestAccessRequest garbled = Evidence(run.Incident, begun);
        garbled.RequestId = town.Next();
        garbled.CertificateRead = new CertificateReadEvidence
        {
            Certificate = ByteString.CopyFromUtf8(Stray()),
        };
        RequestAccessRequest nowhere = Evidence(Stray(), begun);
        nowhere.CertificateRead = new CertificateReadEvidence
        {
            Certificate = ByteString.CopyFrom(held.Certificate),
        };
        AuthorizationService.AuthorizationServiceClient crew = Authorization(unit);
        IncidentService.IncidentServiceClient desk = Incidents(town.Dispatcher);
        var dispatch = new DispatchService.DispatchServiceClient(town.Dispatcher);
        CallOptions soon = CanaryTown.Soon;
        Func<Task>[] calls =
        [
            () => crew.RequestAccessAsync(unsigned, soon).ResponseAsync,
            () => crew.RequestAccessAsync(garbled, soon).ResponseAsync,
            () => crew.RequestAccessAsync(nowhere, soon).ResponseAsync,
            () =>
                crew.CloseCardStepAsync(
                    new CloseCardStepRequest
                    {
                        RequestId = town.Next(),
                        IncidentId = run.Incident,
                        PatientNumber = 1,
                        ReasonCode = Stray(),
                    },
                    soon
                ).ResponseAsync,
            () =>
                desk.GetIncidentAsync(
                    new GetIncidentRequest { IncidentId = Stray() },
                    soon
                ).ResponseAsync,
            () =>
                desk.CancelIncidentAsync(
                    new CancelIncidentRequest
                    {
                        RequestId = Stray(),
                        IncidentId = run.Incident,
                        Reason = new Code { Table = Stray(), Value = Stray() },
                    },
                    soon
                ).ResponseAsync,
            () =>
                desk.CancelIncidentAsync(
                    new CancelIncidentRequest
                    {
                        RequestId = town.Next(),
                        IncidentId = run.Incident,
                        Reason = new Code { Table = "cancel-reason", Value = Stray() },
                    },
                    soon
                ).ResponseAsync,
            () =>
                desk.OpenIncidentAsync(
                    new OpenIncidentRequest { RequestId = Stray(), Remarks = Stray() },
                    soon
                ).ResponseAsync,
            () =>
                desk.ListIncidentsAsync(
                    new ListIncidentsRequest { Page = new PageRequest { PageToken = Stray() } },
                    soon
                ).ResponseAsync,
            () =>
                dispatch
                    .AssignUnitAsync(
                        new AssignUnitRequest
                        {
                            RequestId = town.Next(),
                            IncidentId = run.Incident,
                            UnitId = Stray(),
                            RecommendationId = Stray(),
                            OverrideReason = new Code { Table = Stray(), Value = Stray() },
                        },
                        soon
                    )
                    .ResponseAsync,
            () =>
                Crews(unit)
                    .VerifyMemberAsync(
                        new VerifyMemberRequest { MemberNumber = member, Pin = _flock.MemberPin() },
                        soon
                    )
                    .ResponseAsync,
            () =>
                Crews(unit)
                    .VerifyMemberAsync(
                        new VerifyMemberRequest { MemberNumber = Stray(), Pin = Stray() },
                        soon
                    )
                    .ResponseAsync,
            () => ReadSummaryAsync(town.Crew(unit), run.Incident, Stray()),
            () => ReadSummaryAsync(town.Dispatcher, run.Incident, Stray()),
            () =>
                ReadSummaryAsync(
                    town.As("crew", "nobody", "nobody"),
                    Stray(),
                    _flock.TwelveDigits()
                ),
        ];
        foreach (Func<Task> call in calls)
        {
            await RefusesAsync(call);
        }
    }

    private async Task RefusesAsync(Func<Task> call)
    {
        RpcException refused = await Assert.ThrowsAsync<RpcException>(call);
        // A refusal for being late or broken would prove nothing about words.
        Assert.NotEqual(StatusCode.DeadlineExceeded, refused.StatusCode);
        Assert.NotEqual(StatusCode.Unavailable, refused.StatusCode);
        _refused.Add(
            System.Text.Encoding.UTF8.GetBytes(refused.ToString() + refused.Status.Detail)
        );
        foreach (Metadata.Entry trailer in refused.Trailers)
        {
            _refused.Add([
                .. System.Text.Encoding.ASCII.GetBytes(trailer.Key + ": "),
                .. trailer.ValueBytes,
            ]);
        }
    }

    private async Task<BeginCardCheckResponse> BeginAsync(
        UnitPlan unit,
        string incident,
        ConsentBasis consent
    )
    {
        var request = new BeginCardCheckRequest
        {
            RequestId = town.Next(),
            IncidentId = incident,
            PatientNumber = 1,
            IdentityCheck = IdentityCheck.PhotoMatchedByCrew,
            ConsentBasis = consent,
        };
        if (consent == ConsentBasis.NotObtainable)
        {
            request.ConsentJudgement = new ConsentJudgement
            {
                Jcs = "200",
                ReasonCode = "unconscious",
                JudgedBy = "leader",
                ConfirmedBy = "member-2",
            };
        }

        return await Authorization(unit).BeginCardCheckAsync(request, CanaryTown.Soon);
    }

    private RequestAccessRequest Evidence(string incident, BeginCardCheckResponse begun) =>
        new()
        {
            RequestId = town.Next(),
            IncidentId = incident,
            PatientNumber = 1,
            ChallengeId = begun.ChallengeId,
        };

    private async Task<string> ReadAsync(UnitPlan unit, RequestAccessRequest request, string level)
    {
        RequestAccessResponse opened = await Authorization(unit)
            .RequestAccessAsync(request, CanaryTown.Soon);
        Assert.Equal(level, opened.CardLevel);
        // A busy machine may miss the source's deadline, which the summary says; a crew asks again, and so does this story.
        await Eventually.IsTrue(async () =>
            await ReadSummaryAsync(town.Crew(unit), request.IncidentId, opened.GrantId)
            == SummaryOutcome.Complete
        );
        return opened.GrantId;
    }

    private async Task<SummaryOutcome> ReadSummaryAsync(
        CallInvoker crew,
        string incident,
        string grant
    )
    {
        using var stream = new MedicalInfoService.MedicalInfoServiceClient(crew).StreamSummary(
            new StreamSummaryRequest { IncidentId = incident, GrantId = grant },
            CanaryTown.Soon
        );
        var outcome = SummaryOutcome.Unspecified;
        while (await stream.ResponseStream.MoveNext(CancellationToken.None))
        {
            _shown.Add(stream.ResponseStream.Current.ToByteArray());
            outcome = stream.ResponseStream.Current.End?.Outcome ?? outcome;
        }

        return outcome;
    }

    private string Stray() => _flock.Text(CanaryKind.StrayText);

    private string WithDigits(CanaryKind kind) => $"{_flock.Text(kind)}、{_flock.TwelveDigits()}";

    private static IncidentService.IncidentServiceClient Incidents(CallInvoker by) => new(by);

    private CrewService.CrewServiceClient Crews(UnitPlan unit) => new(town.Crew(unit));

    private AuthorizationService.AuthorizationServiceClient Authorization(UnitPlan unit) =>
        new(town.Crew(unit));
}
