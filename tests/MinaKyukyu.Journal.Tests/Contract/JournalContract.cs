using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.Journal.Tests.Contract;

/// <summary>What every journal promises, whatever keeps it. One suite, run against each store.</summary>
public abstract class JournalContract : IAsyncLifetime
{
    private readonly List<JournalWriter> opened = [];

    protected ManualTime Time { get; } = new();

    /// <summary>The same data each time, closed in between.</summary>
    protected abstract IJournalStore NewStore();

    public Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        foreach (JournalWriter journal in opened)
        {
            await journal.DisposeAsync();
        }
    }

    private async Task<JournalWriter> OpenAsync(
        Func<IJournalStore, IJournalStore>? wrap = null,
        JournalOptions? options = null,
        params IProjection[] projections
    )
    {
        IJournalStore store = NewStore();
        JournalWriter journal = await JournalWriter.OpenAsync(
            new JournalParts
            {
                Store = wrap is null ? store : wrap(store),
                Projections = projections,
                Time = Time,
                Options = options ?? new JournalOptions(),
                Logger = NullLogger<JournalWriter>.Instance,
            }
        );
        opened.Add(journal);
        return journal;
    }

    private async Task<JournalWriter> OpenOwnedAsync(
        Func<IJournalStore, IJournalStore>? wrap = null,
        JournalOptions? options = null,
        params IProjection[] projections
    )
    {
        JournalWriter journal = await OpenAsync(wrap, options, projections);
        await journal.TakeOwnershipAsync(Sample.Midori, "node-1", default);
        return journal;
    }

    [Fact]
    public async Task A_commit_stands_after_the_journal_was_closed_and_opened()
    {
        JournalWriter journal = await OpenOwnedAsync();
        Time.Advance(TimeSpan.FromTicks(7));
        CommitOutcome outcome = await journal.CommitAsync(
            Sample.Commit(
                CommitPart.Of(
                    Sample.Fact("incident/1", """{"n":1}"""),
                    Sample.Fact("incident/1")
                ) with
                {
                    Audit = [Sample.Entry("incident/1")],
                },
                Sample.Command("r-1", "body", "answer")
            ),
            default
        );

        CommitReceipt receipt = Assert.IsType<CommitOutcome.Committed>(outcome).Receipt;
        Assert.Equal(2, receipt.Position);
        Assert.Equal("incident/1", Assert.Single(receipt.Audit).Subject);
        await journal.DisposeAsync();

        JournalWriter again = await OpenAsync();
        Assert.Equal(2, again.Position);
        List<JournaledFact> facts = await FactsOf(again);
        Assert.Equal([1, 2], facts.Select(fact => fact.Position));
        Assert.All(facts, fact => Assert.Equal(receipt.CommittedAt, fact.CommittedAt));
        Assert.Equal("""{"n":1}"""u8.ToArray(), facts[0].Fact.Body.ToArray());
        Assert.Equal(1, Assert.Single(await AuditOf(again)).Sequence);
        Assert.Equal("answer"u8.ToArray(), (await SameAnswer(again, "r-1", "body")).ToArray());
    }

    [Fact]
    public async Task Answers_a_repeat_with_the_first_answer_and_writes_nothing()
    {
        JournalWriter journal = await OpenOwnedAsync();
        await Commits(journal, Sample.FactAbout("a", Sample.Command("r-1", "body", "first")));
        string before = await StateOf(journal);

        CommitOutcome repeat = await journal.CommitAsync(
            Everything("b", Sample.Command("r-1", "body", "second")),
            default
        );

        Assert.Equal(
            "first"u8.ToArray(),
            Assert.IsType<CommitOutcome.AlreadyAnswered>(repeat).Answer.ToArray()
        );
        Assert.Equal(before, await StateOf(journal));
    }

    [Fact]
    public async Task Refuses_a_request_id_that_came_before_with_another_body()
    {
        JournalWriter journal = await OpenOwnedAsync();
        await Commits(journal, Sample.FactAbout("a", Sample.Command("r-1", "body", "first")));
        string before = await StateOf(journal);

        Assert.IsType<CommitOutcome.RequestIdReused>(
            await journal.CommitAsync(
                Everything("b", Sample.Command("r-1", "other body", "second")),
                default
            )
        );
        Assert.Equal(before, await StateOf(journal));
        Assert.IsType<EarlierAnswer.OtherBody>(
            await journal.FindAnswerAsync(
                Sample.Midori,
                Sample.Command("r-1", "other body", "").Key,
                Sample.Command("r-1", "other body", "").BodyHash,
                default
            )
        );
    }

    [Fact]
    public async Task The_same_request_id_of_another_sender_or_department_is_another_command()
    {
        JournalWriter journal = await OpenOwnedAsync();
        await journal.TakeOwnershipAsync(Sample.Aoba, "node-1", default);
        await Commits(journal, Sample.FactAbout("a", Sample.Command("r-1", "body", "first")));
        await Commits(
            journal,
            Sample.FactAbout("a", Sample.Command("r-1", "other", "second", sender: "tablet-2"))
        );
        await Commits(
            journal,
            Sample.FactAbout("a", Sample.Command("r-1", "third", "third")) with
            {
                Department = Sample.Aoba,
            }
        );
        Assert.Equal(3, journal.Position);
    }

    [Fact]
    public async Task A_claim_that_is_held_refuses_the_whole_commit_and_leaves_no_trace()
    {
        JournalWriter journal = await OpenOwnedAsync();
        await Commits(journal, Takes("A1", "order-1"));
        await Commits(journal, Takes("A2", "order-2"));
        string before = await StateOf(journal);

        Commit wanted = Everything("b", Sample.Command("r-9", "body", "answer"));
        CommitOutcome outcome = await journal.CommitAsync(
            wanted with
            {
                Part = wanted.Part with
                {
                    Releases = [Sample.Unit("A2", "order-2")],
                    Takes =
                    [
                        Sample.Unit("A3", "order-3"),
                        Sample.Unit("A2", "order-3"),
                        Sample.Unit("A1", "order-3"),
                    ],
                },
            },
            default
        );

        Assert.Equal(
            Sample.Unit("A1", "order-3"),
            Assert.IsType<CommitOutcome.ClaimTaken>(outcome).Wanted
        );
        Assert.Equal(before, await StateOf(journal));
        Assert.IsType<EarlierAnswer.None>(await Earlier(journal, "r-9", "body"));
        // The release was undone, and the claims taken before the refused one are free.
        Assert.IsType<CommitOutcome.ClaimTaken>(
            await journal.CommitAsync(Takes("A2", "order-4"), default)
        );
        await Commits(journal, Takes("A3", "order-4"));
    }

    [Fact]
    public async Task A_released_claim_can_be_taken_in_the_same_commit_and_later()
    {
        JournalWriter journal = await OpenOwnedAsync();
        await Commits(journal, Takes("A1", "order-1"));
        await Commits(
            journal,
            Sample.Commit(
                CommitPart.Nothing with
                {
                    Releases = [Sample.Unit("A1", "order-1")],
                    Takes = [Sample.Unit("A1", "order-2")],
                }
            )
        );
        await Commits(
            journal,
            Sample.Commit(CommitPart.Nothing with { Releases = [Sample.Unit("A1", "order-2")] })
        );
        await Commits(journal, Takes("A1", "order-3"));
    }

    [Fact]
    public async Task Only_the_holder_gives_a_claim_back()
    {
        JournalWriter journal = await OpenOwnedAsync();
        await Commits(journal, Takes("A1", "order-1"));
        await Commits(
            journal,
            Sample.Commit(CommitPart.Nothing with { Releases = [Sample.Unit("A1", "order-2")] })
        );
        Assert.IsType<CommitOutcome.ClaimTaken>(
            await journal.CommitAsync(Takes("A1", "order-2"), default)
        );
    }

    [Fact]
    public async Task A_claim_is_refused_to_the_one_who_holds_it_already()
    {
        JournalWriter journal = await OpenOwnedAsync();
        await Commits(journal, Takes("A1", "order-1"));
        Assert.IsType<CommitOutcome.ClaimTaken>(
            await journal.CommitAsync(Takes("A1", "order-1"), default)
        );
    }

    [Fact]
    public async Task Of_many_who_race_for_a_claim_exactly_one_gets_it()
    {
        JournalWriter journal = await OpenOwnedAsync();
        for (int round = 0; round < 20; round++)
        {
            CommitOutcome[] outcomes = await Task.WhenAll(
                Enumerable
                    .Range(0, 32)
                    .Select(i =>
                        Task.Run(async () =>
                            await journal.CommitAsync(Takes($"A{round}", $"order-{i}"), default)
                        )
                    )
            );
            Assert.Single(outcomes.OfType<CommitOutcome.Committed>());
            Assert.Equal(31, outcomes.OfType<CommitOutcome.ClaimTaken>().Count());
        }
    }

    [Fact]
    public async Task Refuses_an_epoch_that_is_not_the_current_one()
    {
        JournalWriter journal = await OpenAsync();
        Assert.Equal(
            0,
            Assert
                .IsType<CommitOutcome.StaleEpoch>(
                    await journal.CommitAsync(Everything("a", null) with { Epoch = 0 }, default)
                )
                .Current
        );
        Assert.Equal(1, await journal.TakeOwnershipAsync(Sample.Midori, "node-1", default));
        await Commits(journal, Sample.FactAbout("a"));
        Assert.Equal(2, await journal.TakeOwnershipAsync(Sample.Midori, "node-2", default));
        string before = await StateOf(journal);
        Assert.Equal(
            2,
            Assert
                .IsType<CommitOutcome.StaleEpoch>(
                    await journal.CommitAsync(
                        Everything("b", Sample.Command("r-1", "b", "a")),
                        default
                    )
                )
                .Current
        );
        Assert.Equal(before, await StateOf(journal));
        await Commits(journal, Sample.FactAbout("b") with { Epoch = 2 });
    }

    [Fact]
    public async Task An_epoch_survives_a_restart()
    {
        JournalWriter journal = await OpenOwnedAsync();
        await journal.DisposeAsync();
        JournalWriter again = await OpenAsync();
        Assert.Equal(2, await again.TakeOwnershipAsync(Sample.Midori, "node-1", default));
    }

    [Fact]
    public async Task Replay_tells_the_projections_what_they_were_told_live()
    {
        Recorder live = new();
        JournalWriter journal = await OpenOwnedAsync(null, null, live);
        await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(i => journal.CommitAsync(Sample.FactAbout($"s/{i}"), default).AsTask())
        );
        await journal.DisposeAsync();

        Recorder replayed = new();
        JournalWriter again = await OpenAsync(
            null,
            new JournalOptions { ReplayPage = 7 },
            replayed
        );
        Assert.Equal(50, replayed.Lines.Count);
        Assert.Equal(live.Lines, replayed.Lines);
        Assert.Equal(50, again.Replay.Facts);
    }

    [Fact]
    public async Task Projections_are_told_in_order_after_it_is_durable_and_before_the_caller_is_answered()
    {
        Recorder recorder = new();
        BeforeAndAfter steps = null!;
        JournalWriter journal = await OpenOwnedAsync(
            store => steps = new BeforeAndAfter(store, recorder),
            null,
            recorder
        );
        List<int> toldWhenAnswered = [];
        for (int i = 0; i < 10; i++)
        {
            await Commits(journal, Sample.FactAbout($"s/{i}"));
            toldWhenAnswered.Add(recorder.Lines.Count);
        }

        Assert.Equal(Enumerable.Range(1, 10), toldWhenAnswered);
        Assert.Equal(Enumerable.Range(0, 10), steps.ToldWhenWritten);
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), recorder.Positions);
    }

    [Fact]
    public async Task Twins_in_one_batch_have_one_effect()
    {
        Gate gate = null!;
        JournalWriter journal = await OpenOwnedAsync(store => gate = new Gate(store));
        gate.Shut();
        Task<CommitOutcome> first = journal.CommitAsync(Sample.FactAbout("x"), default).AsTask();
        await gate.SomebodyWaits;
        Task<CommitOutcome>[] batch =
        [
            journal
                .CommitAsync(Sample.FactAbout("a", Sample.Command("r", "b", "one")), default)
                .AsTask(),
            journal
                .CommitAsync(Sample.FactAbout("a", Sample.Command("r", "b", "two")), default)
                .AsTask(),
            journal
                .CommitAsync(Sample.FactAbout("a", Sample.Command("r", "c", "three")), default)
                .AsTask(),
            journal.CommitAsync(Takes("A1", "order-1"), default).AsTask(),
            journal.CommitAsync(Takes("A1", "order-2"), default).AsTask(),
            journal.CommitAsync(Sample.FactAbout("z"), default).AsTask(),
        ];
        gate.LetGo();
        CommitOutcome[] outcomes = await Task.WhenAll(batch);

        Assert.Equal(6, gate.LastBatch);
        Assert.IsType<CommitOutcome.Committed>(await first);
        Assert.IsType<CommitOutcome.Committed>(outcomes[0]);
        Assert.Equal(
            "one"u8.ToArray(),
            Assert.IsType<CommitOutcome.AlreadyAnswered>(outcomes[1]).Answer.ToArray()
        );
        Assert.IsType<CommitOutcome.RequestIdReused>(outcomes[2]);
        Assert.IsType<CommitOutcome.Committed>(outcomes[3]);
        Assert.IsType<CommitOutcome.ClaimTaken>(outcomes[4]);
        Assert.Equal(3, Assert.IsType<CommitOutcome.Committed>(outcomes[5]).Receipt.Position);
    }

    [Fact]
    public async Task A_full_queue_refuses_at_once_and_drops_what_nobody_waits_for()
    {
        Gate gate = null!;
        JournalWriter journal = await OpenOwnedAsync(
            store => gate = new Gate(store),
            new JournalOptions { QueueCapacity = 2 }
        );
        gate.Shut();
        Task<CommitOutcome> writing = journal.CommitAsync(Sample.FactAbout("0"), default).AsTask();
        await gate.SomebodyWaits;
        Task<CommitOutcome> second = journal.CommitAsync(Sample.FactAbout("1"), default).AsTask();
        journal.Post(Sample.FactAbout("2"));

        Assert.IsType<CommitOutcome.Full>(
            await journal.CommitAsync(Sample.FactAbout("3"), default)
        );
        journal.Post(Sample.FactAbout("4"));
        Assert.Equal(1, journal.DroppedPosts);

        gate.LetGo();
        Assert.IsType<CommitOutcome.Committed>(await writing);
        Assert.IsType<CommitOutcome.Committed>(await second);
        await journal.DisposeAsync();
        Assert.Equal(3, journal.Position);
    }

    [Fact]
    public async Task Whoever_stops_waiting_knows_nothing_and_finds_the_answer_later()
    {
        Gate gate = null!;
        JournalWriter journal = await OpenOwnedAsync(store => gate = new Gate(store));
        gate.Shut();
        using CancellationTokenSource stop = new();
        Task<CommitOutcome> waiting = journal
            .CommitAsync(Sample.FactAbout("a", Sample.Command("r-1", "b", "answer")), stop.Token)
            .AsTask();
        await gate.SomebodyWaits;
        await stop.CancelAsync();
        Assert.IsType<CommitOutcome.Unknown>(await waiting);

        gate.LetGo();
        await Commits(journal, Sample.FactAbout("b"));
        Assert.Equal("answer"u8.ToArray(), (await SameAnswer(journal, "r-1", "b")).ToArray());
        Assert.IsType<CommitOutcome.AlreadyAnswered>(
            await journal.CommitAsync(
                Sample.FactAbout("a", Sample.Command("r-1", "b", "answer")),
                default
            )
        );
    }

    [Fact]
    public async Task A_wait_ends_at_its_limit_without_a_word_from_the_store()
    {
        Gate gate = null!;
        JournalWriter journal = await OpenOwnedAsync(store => gate = new Gate(store));
        gate.Shut();
        Task<CommitOutcome> waiting = journal.CommitAsync(Sample.FactAbout("a"), default).AsTask();
        await gate.SomebodyWaits;
        Time.Advance(new JournalOptions().CommitWaitLimit);
        Assert.IsType<CommitOutcome.Unknown>(await waiting);
        gate.LetGo();
    }

    [Fact]
    public async Task A_store_that_fails_once_is_never_asked_again()
    {
        Breaking breaking = null!;
        JournalWriter journal = await OpenOwnedAsync(store => breaking = new Breaking(store));
        await Commits(journal, Sample.FactAbout("a"));
        breaking.IsBroken = true;

        Assert.IsType<CommitOutcome.Unknown>(
            await journal.CommitAsync(Sample.FactAbout("b"), default)
        );
        Assert.IsType<IOException>(await journal.Failed);
        Assert.False(journal.IsAccepting);
        breaking.IsBroken = false;
        Assert.IsType<CommitOutcome.Unknown>(
            await journal.CommitAsync(Sample.FactAbout("c"), default)
        );
        journal.Post(Sample.FactAbout("d"));
        await Assert.ThrowsAsync<JournalStoppedException>(async () =>
            await journal.TakeOwnershipAsync(Sample.Midori, "node-1", default)
        );
        Assert.Equal(1, breaking.WritesAfterFailure);
        Assert.Equal(1, journal.Position);
    }

    [Fact]
    public async Task What_nobody_waits_for_is_written_with_the_next_batch()
    {
        JournalWriter journal = await OpenOwnedAsync();
        journal.Post(Sample.FactAbout("advice/1"));
        await Commits(journal, Sample.FactAbout("order/1"));
        Assert.Equal(
            ["advice/1", "order/1"],
            (await FactsOf(journal)).Select(fact => fact.Fact.Subject)
        );
    }

    [Fact]
    public async Task Keeps_values_until_their_scope_is_forgotten()
    {
        JournalWriter journal = await OpenOwnedAsync();
        await Commits(
            journal,
            Sample.Commit(
                CommitPart.Nothing with
                {
                    Keeps =
                    [
                        new Perishable("incident/1", "callback", Sample.Bytes("first")),
                        new Perishable("incident/2", "callback", Sample.Bytes("other")),
                    ],
                }
            )
        );
        await Commits(
            journal,
            Sample.Commit(
                CommitPart.Nothing with
                {
                    Keeps = [new Perishable("incident/1", "callback", Sample.Bytes("second"))],
                }
            )
        );
        Perishable kept = Assert.Single(await journal.ReadPerishablesAsync("incident/1", default));
        Assert.Equal("second"u8.ToArray(), kept.Value.ToArray());

        await Commits(
            journal,
            Sample.Commit(
                CommitPart.Nothing with
                {
                    Keeps = [new Perishable("incident/1", "note", Sample.Bytes("too late"))],
                    Forgets = ["incident/1"],
                }
            )
        );
        Assert.Empty(await journal.ReadPerishablesAsync("incident/1", default));
        Assert.Single(await journal.ReadPerishablesAsync("incident/2", default));
    }

    [Fact]
    public async Task A_department_forgets_only_what_is_its_own()
    {
        JournalWriter journal = await OpenOwnedAsync();
        await journal.TakeOwnershipAsync(Sample.Aoba, "node-1", default);
        await Commits(
            journal,
            Sample.Commit(
                CommitPart.Nothing with
                {
                    Keeps = [new Perishable("incident/1", "callback", Sample.Bytes("value"))],
                }
            )
        );
        await Commits(
            journal,
            Sample.Commit(CommitPart.Nothing with { Forgets = ["incident/1"] }) with
            {
                Department = Sample.Aoba,
            }
        );
        Assert.Single(await journal.ReadPerishablesAsync("incident/1", default));
    }

    [Fact]
    public async Task Old_answers_go_in_small_steps_and_young_ones_stay()
    {
        PurgeCounter purges = null!;
        JournalOptions options = new() { PurgeBatch = 4 };
        JournalWriter journal = await OpenOwnedAsync(
            store => purges = new PurgeCounter(store),
            options
        );
        for (int i = 0; i < 10; i++)
        {
            await Commits(journal, Sample.FactAbout("a", Sample.Command($"old-{i}", "b", "a")));
        }

        Time.Advance(options.RequestRetention - options.UpkeepInterval);
        await Commits(journal, Sample.FactAbout("a", Sample.Command("young", "b", "a")));
        Assert.IsType<EarlierAnswer.Same>(await Earlier(journal, "old-0", "b"));
        purges.ExpectTotal(10);
        Time.Advance(options.UpkeepInterval + options.UpkeepInterval);
        await purges.Reached.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.IsType<EarlierAnswer.None>(await Earlier(journal, "old-0", "b"));
        Assert.IsType<EarlierAnswer.None>(await Earlier(journal, "old-9", "b"));
        Assert.IsType<EarlierAnswer.Same>(await Earlier(journal, "young", "b"));
        Assert.All(purges.Steps, step => Assert.InRange(step, 0, 4));
    }

    [Fact]
    public async Task A_closed_journal_takes_nothing_and_says_unknown()
    {
        JournalWriter journal = await OpenOwnedAsync();
        await journal.DisposeAsync();
        Assert.False(journal.IsAccepting);
        Assert.IsType<CommitOutcome.Unknown>(
            await journal.CommitAsync(Sample.FactAbout("a"), default)
        );
    }

    [Fact]
    public async Task A_commit_that_breaks_its_promise_is_refused_before_it_meets_others()
    {
        JournalWriter journal = await OpenOwnedAsync();
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await journal.CommitAsync(
                Sample.FactAbout(
                    "a",
                    Sample.Command("r", "b", "a") with
                    {
                        BodyHash = new byte[3],
                    }
                ),
                default
            )
        );
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await journal.CommitAsync(Sample.FactAbout(""), default)
        );
        Assert.True(journal.IsAccepting);
    }

    [Fact]
    public async Task Audit_rows_link_to_a_chain_per_department()
    {
        JournalWriter journal = await OpenOwnedAsync();
        await journal.TakeOwnershipAsync(Sample.Aoba, "node-1", default);
        for (int i = 0; i < 5; i++)
        {
            await Commits(journal, Everything($"m/{i}", null));
            await Commits(journal, Everything($"a/{i}", null) with { Department = Sample.Aoba });
        }

        foreach (Vocabulary.Ids.DepartmentId department in new[] { Sample.Midori, Sample.Aoba })
        {
            AuditEnd end = AuditChain.Start(department);
            await foreach (AuditRow row in journal.ReadAuditAsync(department, 0, default))
            {
                Assert.True(AuditChain.Follows(row, end));
                end = new AuditEnd(department, row.Sequence, row.Hash);
            }

            Assert.Equal(5, end.Sequence);
        }
    }

    private static Commit Takes(string unit, string holder) =>
        Sample.Commit(CommitPart.Nothing with { Takes = [Sample.Unit(unit, holder)] });

    /// <summary>A commit that would change everything there is.</summary>
    private static Commit Everything(string subject, AnsweredCommand? command) =>
        Sample.Commit(
            CommitPart.Of(Sample.Fact(subject)) with
            {
                Takes = [Sample.Unit(subject, "order-of-" + subject)],
                Audit = [Sample.Entry(subject)],
                Keeps = [new Perishable(subject, "name", Sample.Bytes("value"))],
            },
            command
        );

    private static async Task Commits(JournalWriter journal, Commit commit) =>
        Assert.IsType<CommitOutcome.Committed>(await journal.CommitAsync(commit, default));

    private static async Task<List<JournaledFact>> FactsOf(JournalWriter journal)
    {
        List<JournaledFact> facts = [];
        await foreach (JournaledFact fact in journal.ReadFactsAsync(0, default))
        {
            facts.Add(fact);
        }

        return facts;
    }

    private static async Task<List<AuditRow>> AuditOf(JournalWriter journal)
    {
        List<AuditRow> rows = [];
        await foreach (AuditRow row in journal.ReadAuditAsync(Sample.Midori, 0, default))
        {
            rows.Add(row);
        }

        return rows;
    }

    private static ValueTask<EarlierAnswer> Earlier(
        JournalWriter journal,
        string request,
        string body
    )
    {
        AnsweredCommand command = Sample.Command(request, body, "");
        return journal.FindAnswerAsync(Sample.Midori, command.Key, command.BodyHash, default);
    }

    private static async Task<ReadOnlyMemory<byte>> SameAnswer(
        JournalWriter journal,
        string request,
        string body
    ) => Assert.IsType<EarlierAnswer.Same>(await Earlier(journal, request, body)).Answer;

    /// <summary>All that can be read of it, to see that nothing changed.</summary>
    private static async Task<string> StateOf(JournalWriter journal) =>
        string.Join(
            '\n',
            [
                $"position {journal.Position}",
                .. (await FactsOf(journal)).Select(fact => $"{fact.Position} {fact.Fact.Subject}"),
                .. (await AuditOf(journal)).Select(row =>
                    $"{row.Sequence} {Convert.ToHexString(row.Hash.Span)}"
                ),
                .. (await journal.ReadPerishablesAsync("b", default)).Select(kept => kept.Name),
            ]
        );

    private sealed class Recorder : IProjection
    {
        private readonly ConcurrentQueue<JournaledFact> told = new();

        public List<string> Lines =>
            [
                .. told.Select(fact =>
                    $"{fact.Position} {fact.Department} {fact.CommittedAt:O} {fact.Fact.Kind} {fact.Fact.Version} {fact.Fact.Subject} {Convert.ToHexString(fact.Fact.Body.Span)}"
                ),
            ];

        public IEnumerable<long> Positions => told.Select(fact => fact.Position);

        public void Apply(ReadOnlySpan<JournaledFact> facts)
        {
            foreach (JournaledFact fact in facts)
            {
                told.Enqueue(fact);
            }
        }
    }

    private sealed class BeforeAndAfter(IJournalStore inner, Recorder recorder)
        : JournalStoreDecorator(inner)
    {
        public List<int> ToldWhenWritten { get; } = [];

        public override StoredBatch Write(CommitBatch batch)
        {
            StoredBatch stored = Inner.Write(batch);
            ToldWhenWritten.Add(recorder.Lines.Count);
            return stored;
        }
    }

    /// <summary>Holds the writer before the store while it is shut, so that a batch gathers behind it.</summary>
    private sealed class Gate(IJournalStore inner) : JournalStoreDecorator(inner)
    {
        private readonly ManualResetEventSlim isOpen = new(true);
        private readonly TaskCompletionSource somebodyWaits = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );

        public Task SomebodyWaits => somebodyWaits.Task;

        public int LastBatch { get; private set; }

        public void Shut() => isOpen.Reset();

        public void LetGo() => isOpen.Set();

        public override StoredBatch Write(CommitBatch batch)
        {
            if (!isOpen.IsSet)
            {
                somebodyWaits.TrySetResult();
                Assert.True(isOpen.Wait(TimeSpan.FromSeconds(30)));
            }

            LastBatch = batch.Commits.Count;
            return Inner.Write(batch);
        }
    }

    private sealed class Breaking(IJournalStore inner) : JournalStoreDecorator(inner)
    {
        public bool IsBroken { get; set; }

        public int WritesAfterFailure { get; private set; }

        public override StoredBatch Write(CommitBatch batch)
        {
            if (WritesAfterFailure > 0 || IsBroken)
            {
                WritesAfterFailure++;
            }

            return IsBroken ? throw new IOException("The disk said no.") : Inner.Write(batch);
        }
    }

    private sealed class PurgeCounter(IJournalStore inner) : JournalStoreDecorator(inner)
    {
        private readonly TaskCompletionSource reached = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        private int expected = int.MaxValue;

        public ConcurrentQueue<int> Steps { get; } = new();

        public Task Reached => reached.Task;

        public void ExpectTotal(int total) => expected = total;

        public override int PurgeRequests(DateTimeOffset answeredBefore, int atMost)
        {
            int deleted = Inner.PurgeRequests(answeredBefore, atMost);
            Steps.Enqueue(deleted);
            if (Steps.Sum() >= expected)
            {
                reached.TrySetResult();
            }

            return deleted;
        }
    }
}
