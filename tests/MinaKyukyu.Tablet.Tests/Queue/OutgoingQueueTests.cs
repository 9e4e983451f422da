using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Tablet.Queue;

namespace MinaKyukyu.Tablet.Tests.Queue;

public sealed class OutgoingQueueTests
{
    [Fact]
    public async Task Is_on_the_disk_with_its_request_id_before_the_first_try()
    {
        await using QueueHouse house = new QueueHouse().Sending();
        var queued = Assert.IsType<Offer<ReportMilestoneResponse>.Queued>(house.Tap());

        WireTry first = await house.Wire.NextAsync();

        Assert.Equal(
            queued.RequestId,
            ReportMilestoneRequest.Parser.ParseFrom(first.Body).RequestId
        );
        Assert.Contains(queued.RequestId, Encoding.UTF8.GetString(house.Disk.Left));
    }

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.DeadlineExceeded)]
    [InlineData(StatusCode.Unknown)]
    [InlineData(StatusCode.Cancelled)]
    [InlineData(StatusCode.ResourceExhausted)]
    public async Task Repeats_the_same_bytes_until_the_server_answers(StatusCode silence)
    {
        await using QueueHouse house = new QueueHouse().Sending();
        Offer<ReportMilestoneResponse> offer = house.Tap();

        WireTry first = await house.Wire.NextAsync();
        first.Fails(silence);
        await house.LetBackOffPassAsync();
        WireTry second = await house.Wire.NextAsync();
        second.Answers(new ReportMilestoneResponse { MilestoneId = "m-1" });

        var done = Assert.IsType<CommandAnswer<ReportMilestoneResponse>.Done>(
            await QueueHouse.AnswerOf(offer)
        );
        Assert.Equal("m-1", done.Response.MilestoneId);
        Assert.Equal(2, done.Tries);
        Assert.Equal(first.Body, second.Body);
        Assert.Equal(0, house.Queue.WaitingCount);
    }

    [Fact]
    public async Task Never_gives_up_on_a_server_that_is_silent()
    {
        await using QueueHouse house = new QueueHouse().Sending();
        Offer<ReportMilestoneResponse> offer = house.Tap();

        for (int i = 0; i < 40; i++)
        {
            (await house.Wire.NextAsync()).Fails(StatusCode.Unavailable);
            await house.LetBackOffPassAsync();
        }

        (await house.Wire.NextAsync()).Answers(new ReportMilestoneResponse());
        Assert.Equal(41, (await QueueHouse.AnswerOf(offer)).Tries);
    }

    [Fact]
    public async Task Sends_the_same_bytes_after_it_was_killed_between_sending_and_answer()
    {
        byte[] sent;
        byte[] left;
        await using (QueueHouse before = new QueueHouse().Sending())
        {
            before.Tap(MilestoneKind.OnScene);
            sent = (await before.Wire.NextAsync()).Body;
            left = before.Disk.Left;
        }

        await using QueueHouse after = new QueueHouse(new MemoryFile(left), ids: "other").Sending();

        WireTry again = await after.Wire.NextAsync();
        Assert.Equal(CommandKind.ReportMilestone, again.Kind);
        Assert.Equal(sent, again.Body);
    }

    [Fact]
    public async Task Does_not_send_again_what_was_answered_before_it_was_killed()
    {
        byte[] left;
        await using (QueueHouse before = new QueueHouse().Sending())
        {
            Offer<ReportMilestoneResponse> offer = before.Tap(MilestoneKind.EnRoute);
            (await before.Wire.NextAsync()).Answers(new ReportMilestoneResponse());
            await QueueHouse.AnswerOf(offer);
            before.Tap(MilestoneKind.OnScene);
            left = before.Disk.Left;
        }

        await using QueueHouse after = new QueueHouse(new MemoryFile(left)).Sending();

        WireTry only = await after.Wire.NextAsync();
        Assert.Equal(
            MilestoneKind.OnScene,
            ReportMilestoneRequest.Parser.ParseFrom(only.Body).Kind
        );
        Assert.Equal(1, after.Queue.WaitingCount);
    }

    [Fact]
    public async Task Drops_a_last_line_that_was_torn_anywhere_and_keeps_what_stands_before_it()
    {
        byte[] whole;
        int first;
        await using (var before = new QueueHouse())
        {
            before.Tap(MilestoneKind.EnRoute);
            first = before.Disk.Left.Length;
            before.Tap(MilestoneKind.OnScene);
            whole = before.Disk.Left;
        }

        for (int cut = first; cut < whole.Length; cut++)
        {
            var disk = new MemoryFile(whole[..cut]);
            await using (var torn = new QueueHouse(disk))
            {
                Assert.Equal(1, torn.Queue.WaitingCount);
                torn.Tap(MilestoneKind.PatientContact);
            }

            // What is written behind the torn end must not be lost with it.
            await using var reopened = new QueueHouse(disk);
            Assert.Equal(2, reopened.Queue.WaitingCount);
        }
    }

    [Fact]
    public async Task Reads_past_a_line_that_the_disk_has_damaged()
    {
        byte[] bytes;
        await using (var before = new QueueHouse())
        {
            before.Tap(MilestoneKind.EnRoute);
            int end = before.Disk.Left.Length;
            before.Tap(MilestoneKind.OnScene);
            bytes = before.Disk.Left;
            bytes[end / 2] ^= 1;
        }

        await using QueueHouse after = new QueueHouse(new MemoryFile(bytes)).Sending();

        WireTry left = await after.Wire.NextAsync();
        Assert.Equal(
            MilestoneKind.OnScene,
            ReportMilestoneRequest.Parser.ParseFrom(left.Body).Kind
        );
    }

    [Fact]
    public async Task Hands_a_definite_refusal_back_as_a_value_and_goes_on()
    {
        await using QueueHouse house = new QueueHouse().Sending();
        Offer<ReportMilestoneResponse> old = house.Tap(MilestoneKind.EnRoute);
        Offer<ReportMilestoneResponse> next = house.Tap(MilestoneKind.OnScene);

        (await house.Wire.NextAsync()).Fails(StatusCode.FailedPrecondition);
        (await house.Wire.NextAsync()).Answers(new ReportMilestoneResponse());

        var refused = Assert.IsType<CommandAnswer<ReportMilestoneResponse>.Refused>(
            await QueueHouse.AnswerOf(old)
        );
        Assert.Equal(StatusCode.FailedPrecondition, refused.Why.Code);
        Assert.IsType<CommandAnswer<ReportMilestoneResponse>.Done>(await QueueHouse.AnswerOf(next));
        Assert.Empty(new QueueJournal(new MemoryFile(house.Disk.Left)).Waiting);
    }

    [Fact]
    public async Task Keeps_the_order_of_the_taps_while_the_first_one_is_repeated()
    {
        await using QueueHouse house = new QueueHouse().Sending();
        house.Tap(MilestoneKind.EnRoute);
        house.Tap(MilestoneKind.OnScene);
        List<MilestoneKind> seen = [];
        for (int i = 0; i < 2; i++)
        {
            WireTry attempt = await house.Wire.NextAsync();
            seen.Add(ReportMilestoneRequest.Parser.ParseFrom(attempt.Body).Kind);
            attempt.Fails(StatusCode.Unavailable);
            await house.LetBackOffPassAsync();
        }

        WireTry third = await house.Wire.NextAsync();
        third.Answers(new ReportMilestoneResponse());
        WireTry fourth = await house.Wire.NextAsync();
        seen.Add(ReportMilestoneRequest.Parser.ParseFrom(fourth.Body).Kind);

        Assert.Equal([MilestoneKind.EnRoute, MilestoneKind.EnRoute, MilestoneKind.OnScene], seen);
    }

    [Fact]
    public async Task Says_that_it_is_full_and_takes_nothing()
    {
        await using var house = new QueueHouse(options: new OutgoingQueueOptions { Capacity = 2 });
        house.Tap();
        house.Tap();
        byte[] before = house.Disk.Left;

        var full = Assert.IsType<Offer<ReportMilestoneResponse>.Full>(house.Tap());

        Assert.Equal(2, full.Capacity);
        Assert.Equal(before, house.Disk.Left);
        Assert.Equal(2, house.Queue.WaitingCount);
    }

    [Fact]
    public async Task Says_that_the_disk_did_not_keep_it_and_never_sends_it()
    {
        await using var house = new QueueHouse();
        Offer<ReportMilestoneResponse> kept = house.Tap(MilestoneKind.EnRoute);
        house.Disk.Fails = true;
        Assert.IsType<Offer<ReportMilestoneResponse>.NotKept>(house.Tap(MilestoneKind.OnScene));
        house.Disk.Fails = false;

        // Never flush again and hope.
        Assert.IsType<Offer<ReportMilestoneResponse>.NotKept>(house.Tap(MilestoneKind.OnScene));
        Assert.True(house.Queue.IsBroken);

        house.Sending();
        (await house.Wire.NextAsync()).Answers(new ReportMilestoneResponse());
        Assert.IsType<CommandAnswer<ReportMilestoneResponse>.Done>(await QueueHouse.AnswerOf(kept));
        Assert.Equal(1, house.Wire.TryCount);
    }

    [Fact]
    public async Task Sets_a_command_aside_that_the_server_breaks_at_and_keeps_it_for_the_next_start()
    {
        var options = new OutgoingQueueOptions { MostFailures = 2, EmptyAboveBytes = 0 };
        await using QueueHouse house = new QueueHouse(options: options).Sending();
        Offer<ReportMilestoneResponse> poison = house.Tap(MilestoneKind.EnRoute);
        Offer<ReportMilestoneResponse> next = house.Tap(MilestoneKind.OnScene);

        (await house.Wire.NextAsync()).Fails(StatusCode.Internal);
        await house.LetBackOffPassAsync();
        (await house.Wire.NextAsync()).Fails(StatusCode.Internal);
        (await house.Wire.NextAsync()).Answers(new ReportMilestoneResponse());

        Assert.IsType<CommandAnswer<ReportMilestoneResponse>.SetAside>(
            await QueueHouse.AnswerOf(poison)
        );
        Assert.IsType<CommandAnswer<ReportMilestoneResponse>.Done>(await QueueHouse.AnswerOf(next));
        QueuedCommand again = Assert.Single(
            new QueueJournal(new MemoryFile(house.Disk.Left)).Waiting
        );
        Assert.Equal(
            MilestoneKind.EnRoute,
            ReportMilestoneRequest.Parser.ParseFrom(again.Body).Kind
        );
    }

    [Fact]
    public async Task Empties_its_file_when_nothing_waits()
    {
        await using QueueHouse house = new QueueHouse(
            options: new OutgoingQueueOptions { EmptyAboveBytes = 0 }
        ).Sending();
        Offer<ReportMilestoneResponse> offer = house.Tap();
        (await house.Wire.NextAsync()).Answers(new ReportMilestoneResponse());
        await QueueHouse.AnswerOf(offer);

        Assert.Empty(house.Disk.Left);
    }

    [Fact]
    public void Has_no_way_to_write_card_data_a_record_or_a_number_to_call()
    {
        MessageDescriptor[] written =
        [
            SignOnRequest.Descriptor,
            SignOffRequest.Descriptor,
            AcknowledgeAssignmentRequest.Descriptor,
            ReportMilestoneRequest.Descriptor,
            WithdrawMilestoneRequest.Descriptor,
            ReportHospitalInquiryRequest.Descriptor,
            RecordOutcomeRequest.Descriptor,
            CloseCardStepRequest.Descriptor,
            WithdrawConsentRequest.Descriptor,
        ];
        Assert.Equal(System.Enum.GetValues<CommandKind>().Length, written.Length);
        string[] allowedTexts =
        [
            "request_id",
            "unit_id",
            "vehicle_id",
            // Worth nothing without this tablet's own key, and nothing at all after ten minutes.
            "member_tickets",
            "assignment_id",
            "incident_id",
            "hospital_id",
            "milestone_id",
            "reason_code",
            "table",
            "value",
        ];

        foreach (FieldDescriptor field in written.SelectMany(FieldsOf))
        {
            Assert.NotEqual(FieldType.Bytes, field.FieldType);
            if (field.FieldType == FieldType.String)
            {
                Assert.Contains(field.Name, allowedTexts);
            }
        }
    }

    [Fact]
    public void Waits_longer_and_longer_but_never_outside_its_bounds()
    {
        const int seed = 20260401;
        var options = new OutgoingQueueOptions();
        var backOff = new BackOff(
            options.FirstBackOff,
            options.LongestBackOff,
            options.ShortestBackOff,
            new Random(seed)
        );

        for (int tries = 1; tries <= 200; tries++)
        {
            TimeSpan wait = backOff.Next(tries);
            double ceiling = Math.Min(
                options.LongestBackOff.TotalMilliseconds,
                options.FirstBackOff.TotalMilliseconds * Math.Pow(2, tries - 1)
            );
            Assert.True(
                wait >= options.ShortestBackOff && wait.TotalMilliseconds <= ceiling,
                $"seed {seed}, try {tries}: {wait}"
            );
        }

        Assert.True(backOff.Next(1, TimeSpan.FromSeconds(3)) >= TimeSpan.FromSeconds(3));
    }

    private static IEnumerable<FieldDescriptor> FieldsOf(MessageDescriptor message) =>
        message
            .Fields.InDeclarationOrder()
            .SelectMany(field =>
                field.FieldType == FieldType.Message ? FieldsOf(field.MessageType) : [field]
            );
}
