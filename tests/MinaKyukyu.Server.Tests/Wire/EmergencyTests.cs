using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Server.Wire.Mapping;
using MinaKyukyu.Tablet.Link;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;
using Xunit.Abstractions;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>An emergency is never refused because of its data; what could not be known is labelled.</summary>
public sealed class EmergencyTests(ServedHouse house, ITestOutputHelper output)
    : IClassFixture<ServedHouse>
{
    private const int Seed = 20261121;

    [Fact]
    public async Task No_call_is_refused_for_what_it_holds_and_each_gets_advice()
    {
        output.WriteLine($"seed {Seed}");
        await Run.SignOnAsync(house, house.Unit(0));
        var random = new Random(Seed);
        for (int n = 0; n < 300; n++)
        {
            OpenIncidentRequest plea = OddPlea(random);
            string incident;
            try
            {
                incident = (await house.Dispatcher.Incidents.OpenIncidentAsync(plea)).IncidentId;
            }
            catch (RpcException refused)
            {
                Refusal refusal = Refusal.Of(refused);
                Assert.True(
                    refusal.Reason == "REQUIRED_FIELD_EMPTY",
                    $"call {n}: {refusal} {plea}"
                );
                continue;
            }

            Recommendation advice = (
                await house.Dispatcher.Dispatch.RecommendUnitsAsync(
                    new RecommendUnitsRequest { IncidentId = incident, MaxCandidates = Odd(random) }
                )
            ).Recommendation;
            Assert.NotEqual(RecommendationLevel.Unspecified, advice.Level);
            Assert.NotEmpty(advice.LevelReason.Words.Ja);
            Incident kept = (
                await house.Dispatcher.Incidents.GetIncidentAsync(
                    new GetIncidentRequest { IncidentId = incident }
                )
            ).Incident;
            Assert.Equal(Math.Clamp(plea.Patients.Count, 1, 99), kept.Patients.Count);
            Assert.Equal(
                kept.Patients.Count,
                kept.Patients.Select(p => p.Number).Distinct().Count()
            );
        }
    }

    [Theory]
    [InlineData(
        35.7138,
        139.4071,
        PlacePrecision.Building,
        RecommendationLevel.FullModel,
        "MODEL_ANSWERS"
    )]
    [InlineData(
        36.5,
        140.4,
        PlacePrecision.PhoneFix,
        RecommendationLevel.StraightLine,
        "PLACE_OFF_MAP"
    )]
    [InlineData(
        double.NaN,
        139.4,
        PlacePrecision.Building,
        RecommendationLevel.StaticOrder,
        "NO_PLACE"
    )]
    [InlineData(91, 139.4, PlacePrecision.Unknown, RecommendationLevel.StaticOrder, "NO_PLACE")]
    public async Task Advice_says_what_it_rests_on(
        double latitude,
        double longitude,
        PlacePrecision precision,
        RecommendationLevel level,
        string reason
    )
    {
        await Run.SignOnAsync(house, house.Unit(0));
        OpenIncidentRequest plea = Run.Plea(house);
        plea.Place = new Place
        {
            Point = new GeoPoint { Latitude = latitude, Longitude = longitude },
            PlacePrecision = precision,
        };
        string incident = (await house.Dispatcher.Incidents.OpenIncidentAsync(plea)).IncidentId;
        Recommendation advice = (
            await house.Dispatcher.Dispatch.RecommendUnitsAsync(
                new RecommendUnitsRequest { IncidentId = incident }
            )
        ).Recommendation;
        Assert.Equal((level, reason), (advice.Level, advice.LevelReason.Code));
        Assert.NotEmpty(advice.Candidates);
        Assert.Equal(
            level != RecommendationLevel.StaticOrder,
            advice.Candidates[0].HasEtaP50Seconds
        );
    }

    [Fact]
    public async Task A_personal_number_in_any_text_of_a_call_is_masked_before_it_is_stored()
    {
        OpenIncidentRequest plea = Run.Plea(house);
        plea.Remarks = "番号は 8642 1357-9024 です";
        plea.Place.Address = "八六四二 864213579024";
        plea.Place.Landmark = "８６４２１３５７９０２４";
        plea.Urgency.Protocol = "864213579024";
        plea.Call.CallbackNumber = "864213579024";
        string incident = (await house.Dispatcher.Incidents.OpenIncidentAsync(plea)).IncidentId;
        Incident kept = (
            await house.Dispatcher.Incidents.GetIncidentAsync(
                new GetIncidentRequest { IncidentId = incident }
            )
        ).Incident;
        Assert.Equal("番号は **** ****-**** です", kept.Remarks);
        Assert.Equal("************", kept.Place.Landmark);
        foreach (
            string number in new[] { "864213579024", "8642 1357-9024", "８６４２１３５７９０２４" }
        )
        {
            Assert.False(house.Truth.Holds(number), number);
        }
    }

    [Fact]
    public async Task A_personal_number_across_the_end_of_a_long_text_leaves_no_digit_behind()
    {
        OpenIncidentRequest plea = Run.Plea(house);
        plea.Remarks = new string('x', 1_994) + "975318642086";
        string incident = (await house.Dispatcher.Incidents.OpenIncidentAsync(plea)).IncidentId;
        string kept = (
            await house.Dispatcher.Incidents.GetIncidentAsync(
                new GetIncidentRequest { IncidentId = incident }
            )
        )
            .Incident
            .Remarks;
        Assert.Equal(new string('x', 1_994) + "******", kept);
    }

    [Fact]
    public void A_telephone_number_is_a_telephone_number_however_many_digits_it_has()
    {
        foreach (
            string number in new[] { "+81 90-1234-5678", "0120-999-0000", "119", "010813123456" }
        )
        {
            Assert.Equal(number, Parse.Telephone(number));
        }

        Assert.Equal("", Parse.Telephone("123456789012"));
    }

    [Fact]
    public async Task No_random_id_is_taken_for_a_personal_number()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var looksLikeOne = new List<string>();
        for (int n = 0; n < 100_000; n++)
        {
            string id = RandomId(random);
            Assert.Equal(id, Parse.Id(id, "incident_id", text => new IncidentId(text)).Value);
            if (PersonalNumberRule.Contains(id))
            {
                looksLikeOne.Add(id);
            }
        }

        output.WriteLine($"{looksLikeOne.Count} of them hold twelve digits in a row");
        Assert.True(looksLikeOne.Count > 100);
        foreach (string id in looksLikeOne.Take(100).Append("123456789012"))
        {
            OpenIncidentRequest plea = Run.Plea(house);
            plea.RequestId = id;
            Assert.NotEmpty((await house.Dispatcher.Incidents.OpenIncidentAsync(plea)).IncidentId);
            RpcException refused = await Assert.ThrowsAsync<RpcException>(async () =>
                await house
                    .CrewOf(house.Unit(0))
                    .Authorization.RequestAccessAsync(
                        new Contracts.Authorization.V1.RequestAccessRequest
                        {
                            RequestId = id,
                            IncidentId = id,
                            PatientNumber = 1,
                            ChallengeId = id,
                            CertificateRead = new() { Certificate = ByteString.CopyFromUtf8("x") },
                        }
                    )
            );
            Assert.Equal("INCIDENT_NOT_FOUND", Refusal.Of(refused).Reason);
        }
    }

    [Fact]
    public async Task Every_page_of_incidents_can_be_sent_and_no_incident_is_left_out()
    {
        var opened = new HashSet<string>();
        for (int n = 0; n < 40; n++)
        {
            OpenIncidentRequest plea = Run.Plea(house);
            plea.Remarks = new string('痛', 2_000);
            opened.Add((await house.Dispatcher.Incidents.OpenIncidentAsync(plea)).IncidentId);
        }

        string token = "";
        int pages = 0;
        do
        {
            ListIncidentsResponse page = await house.Dispatcher.Incidents.ListIncidentsAsync(
                new ListIncidentsRequest
                {
                    Page = new PageRequest { PageSize = 200, PageToken = token },
                }
            );
            opened.ExceptWith(page.Incidents.Select(i => i.IncidentId));
            token = page.Page.NextPageToken;
            pages++;
        } while (token.Length > 0);
        Assert.Empty(opened);
        Assert.InRange(pages, 4, 100);
    }

    private OpenIncidentRequest OddPlea(Random random)
    {
        var plea = new OpenIncidentRequest
        {
            RequestId = house.Next(),
            Place = new Place
            {
                PlacePrecision = (PlacePrecision)(
                    random.Next(4) == 0 ? Odd(random) : random.Next(8)
                ),
                Address = OddText(random),
                Floor = Odd(random),
                Landmark = OddText(random),
            },
            CardReadiness = (CardReadiness)Odd(random),
            Remarks = OddText(random),
        };
        if (random.Next(3) > 0)
        {
            plea.Place.Point = new GeoPoint
            {
                Latitude = OddNumber(random, 35.7),
                Longitude = OddNumber(random, 139.4),
            };
            plea.Place.RadiusMeters = OddNumber(random, 50);
        }

        if (random.Next(2) == 0)
        {
            plea.Urgency = new Urgency
            {
                Level = (UrgencyLevel)Odd(random),
                Protocol = OddText(random),
            };
            plea.IncidentType = OddCode(random, "incident-type", "traffic");
        }

        if (random.Next(2) == 0)
        {
            plea.Call = new CallOrigin
            {
                ReceivedTime = OddTime(random),
                RecognizedTime = OddTime(random),
                Channel = OddCode(random, "awareness", "call-119"),
                CallbackNumber = OddText(random),
            };
        }

        for (int n = random.Next(3) == 0 ? random.Next(130) : 0; n > 0; n--)
        {
            plea.Patients.Add(
                new Patient
                {
                    // Zero would be an empty REQUIRED field, which is refused by its name.
                    Number =
                        random.Next(200) == 0
                            ? 0
                            : Math.Max(1, random.Next(3) == 0 ? Odd(random) : random.Next(1, 120)),
                    AgeBand = OddCode(random, "age-band", "adult"),
                }
            );
        }

        return plea;
    }

    private static int Odd(Random random) =>
        random.Next(6) switch
        {
            0 => int.MinValue,
            1 => int.MaxValue,
            2 => -1,
            3 => 99,
            _ => random.Next(0, 5),
        };

    private static double OddNumber(Random random, double near) =>
        random.Next(9) switch
        {
            0 => double.NaN,
            1 => double.PositiveInfinity,
            2 => double.MinValue,
            3 => 0,
            4 => -near,
            5 => double.Epsilon,
            _ => near + (random.NextDouble() / 10),
        };

    private static string OddText(Random random) =>
        random.Next(8) switch
        {
            0 => "",
            1 => new string('あ', 3_000),
            2 => "\0\u0001\u202e\uffff",
            3 => "'; DROP TABLE fact; --<script>alert(1)</script>",
            4 => "123456789012",
            5 => "🚑👩‍⚕️" + string.Concat(Enumerable.Repeat("𠮷", 1_500)),
            _ => random.NextInt64().ToString(CultureInfo.InvariantCulture),
        };

    private static Timestamp? OddTime(Random random) =>
        random.Next(6) switch
        {
            0 => null,
            1 => new Timestamp { Seconds = long.MaxValue, Nanos = int.MinValue },
            2 => new Timestamp { Seconds = long.MinValue },
            3 => TimeProvider.System.GetUtcNow().AddDays(random.Next(1, 9_000)).ToTimestamp(),
            _ => TimeProvider.System.GetUtcNow().AddSeconds(-random.Next(600)).ToTimestamp(),
        };

    private static Code? OddCode(Random random, string table, string value) =>
        random.Next(5) switch
        {
            0 => null,
            1 => new Code { Table = "no-such-table", Value = value },
            2 => new Code { Table = table, Value = "<script>" },
            3 => new Code { Table = table, Value = new string('x', 200) },
            _ => new Code { Table = table, Value = value },
        };

    /// <summary>UUID version 7 from a seed.</summary>
    private static string RandomId(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0f));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3f));
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}
