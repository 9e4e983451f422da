using System.Text;
using MinaKyukyu.Incidents.Roads;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Incidents.Tests.Roads;

/// <summary>What stands on the disk, byte by byte: a version that was ever written is never changed.</summary>
public class RoadPayloadTests
{
    private const string Restricted =
        """{"restriction":"r-1","latitude":35.7,"longitude":139.41,"radiusMeters":200,"speedPercent":25,"kind":{"table":"closure-kind","value":"snow"},"reason":"\u5742\u9053","by":"Dispatcher/console-1","at":"2026-04-01T09:00:00+09:00","expiresAt":"2026-04-01T21:00:00+09:00"}""";

    private const string Lifted =
        """{"restriction":"r-1","by":"Dispatcher/console-2","at":"2026-04-01T10:00:00+09:00"}""";

    private static readonly RoadReport Snow = new(
        new RestrictedPlace(new GeoPoint(35.7, 139.41), 200),
        RoadEffect.SlowedTo(25),
        new Code(RoadRestrictions.KindTable, "snow"),
        "坂道",
        TestShift.At("21:00")
    );

    [Fact]
    public void A_restriction_is_written_as_version_1_says()
    {
        Fact fact = Assert.Single(Make().Part.Facts);

        Assert.Equal(
            ("road.restricted", 1, "road-restriction/r-1", Restricted),
            (fact.Kind, fact.Version, fact.Subject, Text(fact.Body))
        );
    }

    [Fact]
    public void A_lifting_is_written_as_version_1_says()
    {
        Fact fact = Assert.Single(LiftIn(Stored(("road.restricted", Restricted))).Part.Facts);

        Assert.Equal(
            ("road.restriction-lifted", 1, "road-restriction/r-1", Lifted),
            (fact.Kind, fact.Version, fact.Subject, Text(fact.Body))
        );
    }

    [Fact]
    public void Version_1_is_read_back_as_it_was_meant()
    {
        RoadRestrictions read = Stored(("road.restricted", Restricted));

        Assert.Equal(
            new RoadRestriction(
                new RoadRestrictionId("r-1"),
                Snow,
                "Dispatcher/console-1",
                TestShift.At("09:00")
            ),
            Assert.Single(read.NotLifted).Value
        );
        Assert.Empty(
            Stored(("road.restricted", Restricted), ("road.restriction-lifted", Lifted)).NotLifted
        );
    }

    [Fact]
    public void A_newer_version_is_not_guessed_at() =>
        Assert.Throws<NotSupportedException>(() =>
            new RoadRestrictionsProjection().Apply([
                new JournaledFact(
                    1,
                    TestShift.Department,
                    TestShift.Morning,
                    new Fact("road.restricted", 2, "road-restriction/r-1", default)
                ),
            ])
        );

    [Fact]
    public void The_audit_chain_says_who_what_and_until_when_but_not_in_whose_words()
    {
        AuditEntry made = Assert.Single(Make().Part.Audit);
        AuditEntry lifted = Assert.Single(
            LiftIn(Stored(("road.restricted", Restricted))).Part.Audit
        );

        Assert.Equal(
            (
                "road.restricted",
                "road-restriction/r-1",
                """{"restriction":"r-1","latitude":35.7,"longitude":139.41,"radiusMeters":200,"speedPercent":25,"kind":"snow","by":"Dispatcher/console-1","at":"2026-04-01T09:00:00+09:00","expiresAt":"2026-04-01T21:00:00+09:00"}"""
            ),
            (made.Event, made.Subject, Text(made.Detail))
        );
        Assert.Equal(
            ("road.restriction-lifted", "road-restriction/r-1", Lifted),
            (lifted.Event, lifted.Subject, Text(lifted.Detail))
        );
    }

    private static RoadDecision.Accepted Make() =>
        Assert.IsType<RoadDecision.Accepted>(
            RoadDecisions.Restrict(
                RoadRestrictions.None,
                new RoadRestrictionId("r-1"),
                Snow,
                "Dispatcher/console-1",
                TestShift.At("09:00")
            )
        );

    private static RoadDecision.Accepted LiftIn(RoadRestrictions roads) =>
        Assert.IsType<RoadDecision.Accepted>(
            RoadDecisions.Lift(
                roads,
                new RoadRestrictionId("r-1"),
                "Dispatcher/console-2",
                TestShift.At("10:00")
            )
        );

    private static RoadRestrictions Stored(params (string Kind, string Body)[] facts)
    {
        var projection = new RoadRestrictionsProjection();
        foreach ((string kind, string body) in facts)
        {
            var fact = new Fact(kind, 1, "road-restriction/r-1", Encoding.UTF8.GetBytes(body));
            projection.Apply([new JournaledFact(1, TestShift.Department, TestShift.Morning, fact)]);
        }

        return projection.Current;
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
