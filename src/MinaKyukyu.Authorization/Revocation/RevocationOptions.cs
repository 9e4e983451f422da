using System.ComponentModel.DataAnnotations;

namespace MinaKyukyu.Authorization.Revocation;

/// <summary>Digest that names the issuer inside an OCSP request; it identifies and protects nothing, so SHA-1 is still usual.</summary>
public enum CertificateIdDigest
{
    /// <summary>What the profile for high-volume responders asks for (RFC 5019 §2.1.1).</summary>
    Sha1 = 1,

    Sha256 = 2,
}

/// <summary>How old what is known about a card's revocation may be. Each default is also the loosest value, so that no setting can loosen it.</summary>
public sealed class RevocationOptions
{
    /// <summary>How long an answer of the responder is fresh.</summary>
    /// <value>15 minutes: as often as the responder of the national card is said to refresh its data.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:15:00")]
    public TimeSpan FreshWithin { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long an answer may stand in, with a note, while the responder is silent.</summary>
    /// <value>3,600 seconds, the bound that X-Road sets to its own OCSP answers.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan CachedWithin { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How old a revocation list may be, with the note "possibly stale".</summary>
    /// <value>24 hours: the list of the national card appears daily.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ListWithin { get; set; } = TimeSpan.FromHours(24);

    /// <summary>By how much an answer may be older than promised: two clocks differ.</summary>
    /// <value>5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05")]
    public TimeSpan PastTolerance { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>By how much an answer may come from the future.</summary>
    /// <value>3 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:03")]
    public TimeSpan FutureTolerance { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a crew waits for the responder.</summary>
    /// <value>800 ms, which is also the most: the whole card step has seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:00.800")]
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromMilliseconds(800);

    /// <summary>Most questions under way at once; beyond, the next best evidence decides.</summary>
    [Range(1, 16)]
    public int QuestionsUnderWay { get; set; } = 16;

    /// <summary>Most answers kept; the oldest goes first.</summary>
    /// <value>10,000 of some 2 KiB each: two hours of the whole country's card checks.</value>
    [Range(1, 100_000)]
    public int MostAnswers { get; set; } = 10_000;

    /// <summary>Whether an answer without our nonce is refused. Responders that sign beforehand cannot echo one (RFC 5019 §4).</summary>
    public bool RequireNonce { get; set; }

    public CertificateIdDigest Digest { get; set; } = CertificateIdDigest.Sha1;

    /// <summary>How often a revocation list is fetched anew.</summary>
    /// <value>15 minutes: a list that appears daily is then known soon after it appears.</value>
    [Range(typeof(TimeSpan), "00:00:01", "06:00:00")]
    public TimeSpan ListEvery { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long one fetch of a revocation list may take; nobody waits for it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan ListFetchWithin { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often those are asked about again who were let in on less than a fresh answer.</summary>
    /// <value>60 seconds, so that the answer is there well within five minutes of the responder's return.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:04:00")]
    public TimeSpan AskAgainEvery { get; set; } = TimeSpan.FromSeconds(60);
}
