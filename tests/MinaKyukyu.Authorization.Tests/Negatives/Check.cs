namespace MinaKyukyu.Authorization.Tests.Negatives;

/// <summary>Every check between a request and a grant, by the name under which the table answers for it. One without a row fails the table.</summary>
internal enum Check
{
    // Who asks.
    CrewIsKnown,
    IsAssigned,
    IncidentIsOpen,
    IsNotHandedOver,

    // Identity and consent.
    FaceMatches,
    IdentityCarriesLevel,
    JudgementIsComplete,
    JudgementByTwo,
    ComaScaleExists,
    NoPersonalNumber,

    // Room on this node.
    ChallengesHaveRoom,
    GrantsHaveRoom,

    // Level.
    GateIsOpen,
    GateIsOpenToday,
    GateIsOfThisLevel,
    SourceAcceptsLevel,

    // Challenge.
    ChallengeIsKnown,
    ChallengeOfThisStart,
    ChallengeIsCurrent,
    ChallengeUnspent,
    ChallengeWithinWallClock,
    ChallengeWithinMonotonicClock,
    BoundDepartment,
    BoundIncident,
    BoundPatient,
    BoundUnit,
    BoundCrew,
    BoundDevice,
    BoundDeviceKey,

    // The certificate's octets.
    CertificateIsNotTooLong,
    CertificateIsOneDer,
    AlgorithmsAgree,
    SignatureHasWholeOctets,

    // The certificate's profile.
    IsVersion3,
    ExtensionsAreSingle,
    CriticalIsUnderstood,
    HasKeyUsage,
    KeyUsageIsCritical,
    KeyUsageIsExact,
    IsForClients,
    HasPolicy,
    PolicyIsCritical,
    PolicyIsTheOne,
    IsNoAuthority,

    // Who issued it.
    KeyIsStrong,
    ExponentIsSound,
    DigestIsStrong,
    IsNotSelfIssued,
    IssuerNameIsPinned,
    IssuerSigned,
    IssuerIsValidNow,

    // Its time.
    HasBegun,
    HasNotEnded,
    GraceHasNotEnded,

    // What the card signs.
    CardSigned,
    PaddingIsWhole,
    DigestIsSha256,
    ScalarsInRange,
    EncodingIsFixed,
    SignedThisChallenge,

    // What a special verifier asserts.
    VerifierIsTrusted,
    VerifierSigned,
    AssertionIsFramed,
    AssertionDomain,
    AssertionSaysSimulated,
    AssertionApproval,
    AssertionKey,
    AssertionChallenge,
    AssertionHolder,
    AssertionCertificate,
    AssertionMoment,
    IsRegistered,
}
