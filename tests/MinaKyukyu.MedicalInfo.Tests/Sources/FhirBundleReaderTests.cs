using System.Text;
using System.Text.Json;
using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.MedicalInfo.Sources;

namespace MinaKyukyu.MedicalInfo.Tests.Sources;

public sealed class FhirBundleReaderTests
{
    /// <summary>Between two resources of one answer; U+001E, the record separator.</summary>
    private const string Separator = "\u001E";

    private const string Indication =
        "http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication";

    private readonly ReadingTally _tally = new();

    [Fact]
    public void Reads_a_condition()
    {
        SourceRow row = Assert.Single(Rows(Read(RecordKind.Conditions, Condition("I48"))));

        Assert.Equal(
            (RowKind.Condition, "invented I48", "I48", "2026-02"),
            (row.Kind, row.Text, row.Code, row.On.ToString())
        );
        Assert.False(row.PatientNotTold);
    }

    [Fact]
    public void Marks_what_the_patient_has_not_been_told()
    {
        Assert.True(
            Assert
                .Single(Rows(Read(RecordKind.Conditions, Condition("C34", "UNINFORMED"))))
                .PatientNotTold
        );
    }

    [Theory]
    [InlineData("UNDELIVERED")]
    [InlineData("UNDELIVERED", "UNINFORMED")]
    [InlineData("UNINFORMED", "UNDELIVERED")]
    [InlineData("LTS", "UNDELIVERED")]
    public void Drops_what_may_go_to_nobody_whatever_else_is_said_of_it(params string[] tags)
    {
        Assert.IsType<SourceAnswer.Nothing>(Read(RecordKind.Conditions, Condition("C34", tags)));
        Assert.Equal(1, _tally.Undelivered);
    }

    [Fact]
    public void Withholds_an_unknown_disclosure_tag_and_never_calls_the_rest_whole()
    {
        SourceAnswer.Found found = Assert.IsType<SourceAnswer.Found>(
            Read(
                RecordKind.Conditions,
                Condition("C34", "NEW-TAG") + Separator + Condition("I48", "LTS")
            )
        );

        SourceRow row = Assert.Single(found.Rows);
        Assert.Equal("I48", row.Code);
        Assert.True(row.IsKeptLonger);
        Assert.False(found.IsWhole);
        Assert.Equal(1, _tally.UnknownTag);
    }

    [Fact]
    public void Leaves_out_what_the_source_itself_takes_back()
    {
        string refuted = Condition("I48")
            .Replace(
                "\"clinicalStatus\"",
                "\"verificationStatus\":{\"coding\":[{\"code\":\"refuted\"}]},\"clinicalStatus\"",
                StringComparison.Ordinal
            );

        Assert.IsType<SourceAnswer.Nothing>(Read(RecordKind.Conditions, refuted));
        Assert.Equal(1, _tally.Void);
    }

    [Fact]
    public void An_answer_with_another_nonce_is_quarantined() =>
        Assert.IsType<SourceAnswer.Mismatch>(
            Read(RecordKind.Conditions, Condition("I48"), nonce: "another-nonce")
        );

    [Fact]
    public void An_answer_about_another_person_is_quarantined() =>
        Assert.IsType<SourceAnswer.Mismatch>(
            Read(RecordKind.Conditions, Condition("I48"), subject: "another-digest")
        );

    [Fact]
    public void An_answer_that_mixes_two_persons_is_quarantined() =>
        Assert.IsType<SourceAnswer.Mismatch>(
            Read(
                RecordKind.Conditions,
                Condition("I48")
                    + Separator
                    + Condition("I10")
                        .Replace("Patient/invented", "Patient/other", StringComparison.Ordinal)
            )
        );

    [Fact]
    public void A_row_that_does_not_say_whose_it_is_is_nobodys()
    {
        string orphan = Condition("I48")
            .Replace("\"subject\"", "\"about\"", StringComparison.Ordinal);
        SourceAnswer.Found found = Assert.IsType<SourceAnswer.Found>(
            Read(RecordKind.Conditions, orphan)
        );

        Assert.Empty(found.Rows);
        Assert.False(found.IsWhole);
    }

    [Fact]
    public void A_further_page_makes_the_answer_incomplete()
    {
        byte[] body = Bundle(
            Condition("I48"),
            "nonce",
            "digest",
            "\"link\":[{\"relation\":\"next\"}],"
        );
        SourceAnswer.Found found = Assert.IsType<SourceAnswer.Found>(
            FhirBundleReader.Read(body, RecordKind.Conditions, "nonce", "digest", false, _tally)
        );

        Assert.False(found.IsWhole);
    }

    [Fact]
    public void A_404_is_believed_only_with_our_echo_and_its_code()
    {
        static byte[] Outcome(string nonce, string code) =>
            Encoding.UTF8.GetBytes(
                $$"""{"resourceType":"OperationOutcome",{{Meta(nonce, "digest")}},"issue":[{"code":"{{code}}"}]}"""
            );

        SourceAnswer Answer(byte[] body) =>
            FhirBundleReader.Read(body, RecordKind.Conditions, "nonce", "digest", true, _tally);

        Assert.IsType<SourceAnswer.Nothing>(Answer(Outcome("nonce", "not-found")));
        Assert.IsType<SourceAnswer.Mismatch>(Answer(Outcome("other", "not-found")));
        Assert.IsType<SourceAnswer.Unavailable>(Answer(Outcome("nonce", "not-supported")));
        Assert.IsType<SourceAnswer.Unavailable>(Answer("""{"error":"no such page"}"""u8.ToArray()));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("{\"resourceType\":\"Bundle\",\"resourceType\":\"Bundle\"}")]
    public void What_is_not_strict_json_is_refused(string body) =>
        Assert.ThrowsAny<JsonException>(() =>
            FhirBundleReader.Read(
                Encoding.UTF8.GetBytes(body),
                RecordKind.Conditions,
                "nonce",
                "digest",
                false,
                _tally
            )
        );

    [Fact]
    public void Nesting_beyond_32_is_refused() =>
        Assert.ThrowsAny<JsonException>(() =>
            Read(RecordKind.Conditions, new string('[', 40) + new string(']', 40))
        );

    [Fact]
    public void Masks_a_run_of_twelve_digits_and_control_characters_in_a_display()
    {
        SourceRow row = Assert.Single(
            Rows(Read(RecordKind.Conditions, Named("I48", "a 1234-5678 9012\\u0007\\u202Eb")))
        );

        Assert.Equal("a ****-**** ****  b", row.Text);
        Assert.True(_tally.HasMaskedDigits);
    }

    [Fact]
    public void Half_a_character_in_one_display_costs_that_display_and_no_other_row()
    {
        IReadOnlyList<SourceRow> rows = Rows(
            Read(
                RecordKind.Conditions,
                Named("I48", "broken \\ud800") + Separator + Named("I50", "whole")
            )
        );
        Assert.Equal(["I48", "whole"], rows.Select(r => r.Text));
    }

    [Theory]
    [InlineData("12345678901")]
    [InlineData("1234567890123")]
    [InlineData("3332001F1024 2026")]
    public void Other_runs_of_digits_stay(string text)
    {
        Assert.Equal(text, SafeText.Clean(text, out bool masked));
        Assert.False(masked);
    }

    [Fact]
    public void Bounds_a_display() =>
        Assert.Equal(200, SafeText.Clean(new string('x', 5_000), out _).Length);

    [Theory]
    [InlineData("2026", "2026")]
    [InlineData("2026-02", "2026-02")]
    [InlineData("2026-02-28", "2026-02-28")]
    [InlineData("2026-02-28T23:30:00Z", "2026-03-01")]
    [InlineData("2026-02-28T23:30:00+09:00", "2026-02-28")]
    [InlineData("2026-02-30", null)]
    [InlineData("tomorrow", null)]
    [InlineData("9999-12-31T23:59:59Z", null)]
    public void Reads_a_date_as_exactly_as_it_is_given_and_moments_as_days_in_japan(
        string text,
        string? expected
    ) => Assert.Equal(expected, RecordDate.Parse(text)?.ToString());

    [Fact]
    public void Mutated_answers_are_refused_or_read_but_never_break_out()
    {
        const int seed = 20260401;
        Random chance = new(seed);
        byte[] sound = Bundle(Condition("I48", "UNDELIVERED"), "nonce", "digest", "");
        int refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] mutated = [.. sound];
            for (int n = chance.Next(1, 4); n > 0; n--)
            {
                mutated[chance.Next(mutated.Length)] = (byte)chance.Next(32, 127);
            }

            try
            {
                SourceAnswer answer = FhirBundleReader.Read(
                    mutated,
                    RecordKind.Conditions,
                    "nonce",
                    "digest",
                    false,
                    new ReadingTally()
                );
                refused += answer is SourceAnswer.Found ? 0 : 1;
            }
            catch (JsonException)
            {
                refused++;
            }
        }

        // Seed 20260401. A mutated tag may make the row an ordinary one; most mutations must be noticed.
        Assert.True(refused > 15_000, $"refused {refused} of 20,000 with seed {seed}");
    }

    private SourceAnswer Read(
        RecordKind kind,
        string resources,
        string nonce = "nonce",
        string subject = "digest"
    ) =>
        FhirBundleReader.Read(
            Bundle(resources, nonce, subject, ""),
            kind,
            "nonce",
            "digest",
            isNotFound: false,
            _tally
        );

    private static IReadOnlyList<SourceRow> Rows(SourceAnswer answer) =>
        Assert.IsType<SourceAnswer.Found>(answer).Rows;

    private static string Condition(string code, params string[] tags) =>
        Named(code, "invented " + code, tags);

    private static string Named(string code, string display, params string[] tags)
    {
        string written = string.Join(
            ',',
            tags.Select(t => $$"""{"system":"{{Indication}}","code":"{{t}}"}""")
        );
        return $$"""
            {"resourceType":"Condition","meta":{"tag":[{{written}}]},"subject":{"reference":"Patient/invented"},
            "clinicalStatus":{"coding":[{"code":"active"}]},
            "code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"{{code}}","display":"{{display}}"}]},
            "recordedDate":"2026-02"}
            """;
    }

    private static byte[] Bundle(string resources, string nonce, string subject, string link) =>
        Encoding.UTF8.GetBytes(
            $$"""{"resourceType":"Bundle","type":"searchset",{{link}}{{Meta(nonce, subject)}},"entry":[{{Entries(resources)}}]}"""
        );

    /// <summary>One entry for each resource.</summary>
    private static string Entries(string resources) =>
        string.Join(',', resources.Split(Separator).Select(r => "{\"resource\":" + r + "}"));

    private static string Meta(string nonce, string subject) =>
        $$"""
            "meta":{"extension":[{"url":"urn:mina:fhir:echo-nonce","valueString":"{{nonce}}"},
            {"url":"urn:mina:fhir:echo-subject","valueString":"{{subject}}"}]}
            """;
}
