using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Server.Wire.Mapping;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;
using Contract = MinaKyukyu.Contracts.Authorization.V1.AuthorizationService;
using V1 = MinaKyukyu.Contracts.Authorization.V1;

namespace MinaKyukyu.Server.Wire.Services;

/// <summary>The wire's side of the card.</summary>
internal sealed class AuthorizationService(
    CheckCard checkCard,
    CardAvailability availability,
    CodeTables codes,
    OversightMethods oversight
) : Contract.AuthorizationServiceBase
{
    public override async Task<V1.BeginCardCheckResponse> BeginCardCheck(
        V1.BeginCardCheckRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        IncidentId incident = Parse.Incident(request.IncidentId);
        PatientSlot patient = Parse.Patient(request.PatientNumber);
        IdentityCheck identity = System.Enum.IsDefined((IdentityCheck)request.IdentityCheck)
            ? (IdentityCheck)request.IdentityCheck
            : throw Parse.Malformed("identity_check");
        ConsentBasis consent = ConsentOf(request);
        availability.Require();
        return await CallLimit.RunAsync(
            context,
            stop =>
                checkCard.BeginAsync(command, incident, patient, identity, consent, Encode, stop),
            V1.BeginCardCheckResponse.Parser
        );
    }

    private static ConsentBasis ConsentOf(V1.BeginCardCheckRequest request)
    {
        V1.ConsentJudgement said = request.ConsentJudgement ?? new V1.ConsentJudgement();
        // Also beside a consent that needs no judgement: the number is not to come in at all.
        if (
            new[] { said.JudgedBy, said.Jcs, said.ReasonCode, said.ConfirmedBy }.Any(
                PersonalNumberRule.Contains
            )
        )
        {
            throw new InvalidRequestException(
                InvalidRequestException.PersonalNumberInText,
                "consent_judgement"
            );
        }

        return request.ConsentBasis switch
        {
            V1.ConsentBasis.Spoken => new ConsentBasis.Spoken(),
            V1.ConsentBasis.Refused => new ConsentBasis.Refused(),
            V1.ConsentBasis.NotObtainable => new ConsentBasis.NotObtainable(
                said.JudgedBy,
                said.Jcs,
                said.ReasonCode,
                said.ConfirmedBy
            ),
            _ => throw Parse.Malformed("consent_basis"),
        };
    }

    private static byte[] Encode(CardCheckBegun begun)
    {
        var response = new V1.BeginCardCheckResponse();
        if (begun.Check is { Challenge: var challenge })
        {
            response.ChallengeId = challenge.Id.Value;
            response.Challenge = ByteString.CopyFrom(challenge.SignedOctets.Span);
            response.ExpireTime = challenge.ExpiresAt.ToTimestamp();
        }

        return response.ToByteArray();
    }

    public override async Task<V1.RequestAccessResponse> RequestAccess(
        V1.RequestAccessRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        IncidentId incident = Parse.Incident(request.IncidentId);
        PatientSlot patient = Parse.Patient(request.PatientNumber);
        ChallengeId challenge = Parse.Id(
            request.ChallengeId,
            "challenge_id",
            id => new ChallengeId(id)
        );
        CardEvidence evidence = EvidenceOf(request);
        availability.Require();
        return await CallLimit.RunAsync(
            context,
            stop =>
                checkCard.RequestAsync(
                    command,
                    incident,
                    patient,
                    challenge,
                    evidence,
                    Encode,
                    bytes => new GrantId(
                        V1.RequestAccessResponse.Parser.ParseFrom(bytes.Span).GrantId
                    ),
                    stop
                ),
            V1.RequestAccessResponse.Parser
        );
    }

    private static CardEvidence EvidenceOf(V1.RequestAccessRequest request) =>
        request.EvidenceCase switch
        {
            V1.RequestAccessRequest.EvidenceOneofCase.PinChallenge => new CardEvidence.PinChallenge(
                request.PinChallenge.Certificate.Memory,
                request.PinChallenge.Signature.Memory
            ),
            V1.RequestAccessRequest.EvidenceOneofCase.SpecialVerifier =>
                new CardEvidence.SpecialVerifier(
                    request.SpecialVerifier.Certificate.Memory,
                    request.SpecialVerifier.Assertion.Memory
                ),
            V1.RequestAccessRequest.EvidenceOneofCase.CertificateRead =>
                new CardEvidence.CertificateRead(request.CertificateRead.Certificate.Memory),
            _ => throw new InvalidRequestException(
                InvalidRequestException.RequiredFieldEmpty,
                "evidence"
            ),
        };

    private static byte[] Encode(PendingGrant grant)
    {
        var response = new V1.RequestAccessResponse
        {
            GrantId = grant.Id.Value,
            CardLevel = CardReasons.LetterOf(grant.Level),
            ExpireTime = grant.ExpiresAt.ToTimestamp(),
        };
        response.Notes.Add(grant.Notes.Select(n => CardSentences.Of(n).ToWire()));
        return response.ToByteArray();
    }

    public override async Task<V1.CloseCardStepResponse> CloseCardStep(
        V1.CloseCardStepRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        IncidentId incident = Parse.Incident(request.IncidentId);
        PatientSlot patient = Parse.Patient(request.PatientNumber);
        Code reason = codes.Required(request.ReasonCode, CardSteps.NoViewReason, "reason_code");
        return await CallLimit.RunAsync(
            context,
            stop =>
                checkCard.CloseAsync(
                    command,
                    incident,
                    patient,
                    reason,
                    _ =>
                        new V1.CloseCardStepResponse
                        {
                            Words = CardSentences.StepClosed.ToWire(),
                        }.ToByteArray(),
                    stop
                ),
            V1.CloseCardStepResponse.Parser
        );
    }

    public override async Task<V1.WithdrawConsentResponse> WithdrawConsent(
        V1.WithdrawConsentRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        IncidentId incident = Parse.Incident(request.IncidentId);
        PatientSlot patient = Parse.Patient(request.PatientNumber);
        return await CallLimit.RunAsync(
            context,
            stop =>
                checkCard.WithdrawAsync(
                    command,
                    incident,
                    patient,
                    _ =>
                        new V1.WithdrawConsentResponse
                        {
                            Words = CardSentences.Withdrawn.ToWire(),
                        }.ToByteArray(),
                    stop
                ),
            V1.WithdrawConsentResponse.Parser
        );
    }

    public override Task<V1.ListAccessesResponse> ListAccesses(
        V1.ListAccessesRequest request,
        ServerCallContext context
    ) => oversight.ListAccessesAsync(request, context);

    public override Task<V1.ListEmergencyReadsResponse> ListEmergencyReads(
        V1.ListEmergencyReadsRequest request,
        ServerCallContext context
    ) => Task.FromResult(oversight.ListEmergencyReads(request));

    public override Task<V1.CloseEmergencyReadResponse> CloseEmergencyRead(
        V1.CloseEmergencyReadRequest request,
        ServerCallContext context
    ) => oversight.CloseAsync(request, context);

    public override Task<V1.PrintNoticeResponse> PrintNotice(
        V1.PrintNoticeRequest request,
        ServerCallContext context
    ) => oversight.PrintAsync(request, context);
}
