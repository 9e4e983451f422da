namespace MinaKyukyu.Authorization.Revocation;

/// <summary>Bounded staleness: which evidence decides, and what it lets in. Pure.</summary>
public static class RevocationTable
{
    /// <summary>The first row that holds. What says no beats everything that says yes, however old the no is: nobody is un-revoked.</summary>
    public static RevocationFinding Decide(RevocationReading known, RevocationOptions options)
    {
        if (!known.IsConfigured)
        {
            return new RevocationFinding(RevocationTier.NotConfigured, null, null, null);
        }

        if (known.Ocsp == OcspStatus.Revoked)
        {
            return ByOcsp(RevocationTier.Revoked, known);
        }

        if (known.IsListed == true)
        {
            return ByList(RevocationTier.Revoked, known);
        }

        if (IsForgery(known.Problem))
        {
            return new RevocationFinding(RevocationTier.AnswerForged, null, null, null);
        }

        bool isUsable = known.OcspAge <= options.CachedWithin;
        if (known.Ocsp == OcspStatus.Unknown && isUsable)
        {
            return ByOcsp(RevocationTier.UnknownSerial, known);
        }

        if (known.Ocsp == OcspStatus.Good && isUsable)
        {
            bool isFresh =
                known.OcspAge <= options.FreshWithin + options.PastTolerance
                && !known.IsOcspOverdue;
            return ByOcsp(isFresh ? RevocationTier.OcspFresh : RevocationTier.OcspCached, known);
        }

        return
            known.IsListed == false && known.ListAge <= options.ListWithin && !known.IsListOverdue
            ? ByList(RevocationTier.CrlOnly, known)
            : new RevocationFinding(RevocationTier.NothingFresh, null, null, null);
    }

    /// <summary>Whether a card on this evidence may be read for this purpose.</summary>
    /// <param name="isProduction">Real cards: without any source nothing opens (公的個人認証法 17, 36).</param>
    public static bool Allows(RevocationTier tier, ReadKind kind, bool isProduction) =>
        tier switch
        {
            RevocationTier.OcspFresh => true,
            RevocationTier.OcspCached => true,
            RevocationTier.CrlOnly => true,
            RevocationTier.NothingFresh => kind == ReadKind.Emergency,
            RevocationTier.Revoked => false,
            RevocationTier.UnknownSerial => false,
            RevocationTier.AnswerForged => false,
            RevocationTier.NotConfigured => !isProduction,
            _ => throw new ArgumentOutOfRangeException(nameof(tier)),
        };

    /// <summary>An answer that somebody made to deceive is not the same as none.</summary>
    internal static bool IsForgery(OcspProblem? problem) =>
        problem
            is OcspProblem.SignatureInvalid
                or OcspProblem.ResponderNotAuthorized
                or OcspProblem.NonceMismatch
                or OcspProblem.WrongCertificate;

    private static RevocationFinding ByOcsp(RevocationTier tier, RevocationReading known) =>
        new(tier, RevocationMethod.Ocsp, known.OcspThisUpdate, known.OcspAge);

    private static RevocationFinding ByList(RevocationTier tier, RevocationReading known) =>
        new(tier, RevocationMethod.Crl, known.ListThisUpdate, known.ListAge);
}
