using System.ComponentModel.DataAnnotations;
using MinaKyukyu.Authorization.Grants;

namespace MinaKyukyu.MedicalInfo;

/// <summary>What the host may choose about medical summaries.</summary>
public sealed class MedicalInfoOptions
{
    /// <summary>Base address of the source of records, ending with a slash, such as <c>http://127.0.0.1:5090/fhir/</c>.</summary>
    [Required]
    public Uri? SourceAddress { get; set; }

    /// <summary>The least level of card evidence that the source answers.</summary>
    /// <value>A (certificate read): the stand-in and the national side accept what the emergency read opens.</value>
    [EnumDataType(typeof(CardLevel))]
    public CardLevel SourceLeastLevel { get; set; } = CardLevel.CertificateRead;

    /// <summary>After how long a summary ends with a definite word, whatever the source does.</summary>
    /// <value>1.9 seconds: the crew is promised a word within 2.0 s, and 100 ms are left for the way to the tablet's stream.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:02")]
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(1.9);

    /// <summary>How long the sections wait for the card's holder, when the call said something to compare with.</summary>
    /// <value>1.5 seconds: five times a usual answer of the source (300 ms), and the definite word at 1.9 s is not late for it.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:01.800")]
    public TimeSpan HolderWithin { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>After how long a fetch is given up; what it still brings fills the cache for the next look.</summary>
    /// <value>8 seconds: a crew looks a second time while it loads the patient.</value>
    [Range(typeof(TimeSpan), "00:00:02", "00:00:30")]
    public TimeSpan FetchWithin { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Up to which age a cached answer is shown as fresh and not asked for again.</summary>
    /// <value>10 minutes: claims change by the month and e-prescriptions by the visit; one incident lasts about 40 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan FreshFor { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an answer may stay in any cache, if nobody purges it before.</summary>
    /// <value>2 hours, the hard cap for medical content in memory.</value>
    [Range(typeof(TimeSpan), "00:01:00", "02:00:00")]
    public TimeSpan KeptFor { get; set; } = TimeSpan.FromHours(2);

    /// <summary>How many sealed entries the first level holds; the least recently used leave first.</summary>
    /// <value>16,384: nine kinds of record for 1,820 patients, far beyond what one department treats in two hours.</value>
    [Range(8, 1_000_000)]
    public int FirstLevelEntries { get; set; } = 16_384;

    /// <summary>How many bytes the first level holds.</summary>
    /// <value>64 MiB: 4 KiB for each entry on average.</value>
    [Range(1 << 16, 1 << 30)]
    public long FirstLevelBytes { get; set; } = 64L << 20;

    /// <summary>After how long the second level counts as a miss.</summary>
    /// <value>50 ms: about a thousand times the usual time of a look-up on the same network.</value>
    [Range(typeof(TimeSpan), "00:00:00.005", "00:00:01")]
    public TimeSpan SecondLevelWithin { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>For how long the second level is left alone once it keeps failing.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:05:00")]
    public TimeSpan SecondLevelRest { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many requests to the source may be under way on this node.</summary>
    /// <value>32, agreed as a starting value; to be changed only together with a load result.</value>
    [Range(1, 1_024)]
    public int RequestsUnderWay { get; set; } = 32;

    /// <summary>How many requests may wait for their turn; one more is answered "busy".</summary>
    /// <value>256: nine kinds of record for the 28 crews that could read at the same second.</value>
    [Range(0, 65_536)]
    public int RequestsWaiting { get; set; } = 256;

    /// <summary>For how long the source is left alone once it keeps failing; then one probe is sent.</summary>
    /// <value>5 seconds: shorter than the pause between two looks of a crew, long enough to stop a stampede.</value>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:05:00")]
    public TimeSpan SourceRest { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Largest answer that is read.</summary>
    /// <value>1 MiB: a summary of one kind is some tens of kilobytes.</value>
    [Range(1 << 12, 1 << 24)]
    public int LargestAnswerBytes { get; set; } = 1 << 20;
}
