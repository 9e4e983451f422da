using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Runs;
using MinaKyukyu.Forecasting.Serving;
using MinaKyukyu.Forecasting.Tests.Serving;

namespace MinaKyukyu.Forecasting.Tests.Files;

public sealed class ModelDirectoryTests : IDisposable
{
    private const int Seed = 61;

    private readonly Folder _folder = new();
    private readonly ModelSigner _signer = ModelSigner.Temporary();
    private readonly string _model;

    public ModelDirectoryTests()
    {
        _model = _folder.In("model");
        SmallModel.Train(_model, _signer);
    }

    public void Dispose()
    {
        _signer.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(ModelDirectory.Manifest)]
    [InlineData(ModelDirectory.Binary)]
    [InlineData(ModelDirectory.Signature)]
    public void One_turned_bit_and_the_model_is_refused(string name)
    {
        byte[] whole = File.ReadAllBytes(At(name));
        var chance = new Random(Seed);
        for (int round = 0; round < 250; round++)
        {
            byte[] turned = [.. whole];
            int place = round < 8 ? round : chance.Next(turned.Length);
            turned[place] ^= (byte)(1 << chance.Next(8));
            File.WriteAllBytes(At(name), turned);
            Refused($"{name}, byte {place}, seed {Seed}");
        }

        File.WriteAllBytes(At(name), whole);
        Load();
    }

    [Theory]
    [InlineData(ModelDirectory.Manifest)]
    [InlineData(ModelDirectory.Binary)]
    [InlineData(ModelDirectory.Signature)]
    [InlineData(ModelDirectory.Signer)]
    public void A_file_that_is_cut_or_gone_and_the_model_is_refused(string name)
    {
        byte[] whole = File.ReadAllBytes(At(name));
        var chance = new Random(Seed);
        // The last byte of the key is the end of its line: without it, it is the same key.
        int last = name == ModelDirectory.Signer ? whole.Length - 2 : whole.Length - 1;
        IEnumerable<int> lengths =
        [
            0,
            1,
            last,
            .. Enumerable.Range(0, 60).Select(_ => chance.Next(last)),
        ];
        foreach (int length in lengths)
        {
            File.WriteAllBytes(At(name), whole[..length]);
            RefusedBy(ModelTrust.Anybody, $"{name}, first {length} bytes, seed {Seed}");
        }

        File.Delete(At(name));
        RefusedBy(ModelTrust.Anybody, $"without {name}");
    }

    [Fact]
    public void What_is_no_directory_is_no_model()
    {
        foreach (string path in (string[])[_folder.Write("file", "x"), _folder.In("nowhere"), ""])
        {
            Assert.Throws<ForecastException>(() => ModelDirectory.Load(path, ModelTrust.Anybody));
        }
    }

    [Fact]
    public void A_turned_bit_in_the_key_that_lies_beside_a_model_never_makes_another_key_believed()
    {
        byte[] whole = File.ReadAllBytes(At(ModelDirectory.Signer));
        var chance = new Random(Seed);
        for (int round = 0; round < 200; round++)
        {
            byte[] turned = [.. whole];
            turned[chance.Next(turned.Length)] ^= (byte)(1 << chance.Next(8));
            File.WriteAllBytes(At(ModelDirectory.Signer), turned);
            try
            {
                // What is turned around the key itself changes nothing.
                ModelDirectory.Load(_model, ModelTrust.Anybody);
            }
            catch (ForecastException)
            {
                // The only word for it.
            }
        }
    }

    [Fact]
    public void Whoever_may_sign_cannot_make_a_broken_model_answer_nonsense()
    {
        byte[] whole = File.ReadAllBytes(At(ModelDirectory.Binary));
        var chance = new Random(Seed);
        var said = new TimeToScene[Absurd.Drives.Length];
        int refused = 0;
        for (int round = 0; round < 400; round++)
        {
            byte[] turned = [.. whole];
            int place = chance.Next(turned.Length);
            turned[place] ^= (byte)(1 << chance.Next(8));
            SmallModel.ReplaceBinary(_model, _signer, turned);
            try
            {
                var model = new TimeToSceneModel(Load(), "test");
                foreach (SceneConditions scene in Absurd.Scenes)
                {
                    model.Predict(scene, Absurd.Drives, said);
                    Assert.All(said, one => Sane.Check(one, $"byte {place}, seed {Seed}"));
                }
            }
            catch (ForecastException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 50, 400);
    }

    [Fact]
    public void Whoever_may_sign_a_broken_manifest_is_refused_or_has_changed_nothing_that_counts()
    {
        byte[] whole = File.ReadAllBytes(At(ModelDirectory.Manifest));
        var chance = new Random(Seed);
        for (int round = 0; round < 300; round++)
        {
            byte[] turned = [.. whole];
            turned[chance.Next(turned.Length)] ^= (byte)(1 << chance.Next(8));
            File.WriteAllBytes(At(ModelDirectory.Manifest), turned);
            SmallModel.Sign(_model, _signer);
            try
            {
                Assert.NotNull(new TimeToSceneModel(Load(), "test").Identity.Provider);
            }
            catch (ForecastException)
            {
                // The only word for it.
            }
        }
    }

    [Theory]
    [InlineData("\"window\": {", "\"window\": null, \"x\": {")]
    [InlineData("\"format\": 1", "\"format\": 0")]
    [InlineData("\"format\": 1", "\"format\": 2")]
    [InlineData("\"provider\": \"mina-trees\"", "\"provider\": \"somebody\"")]
    [InlineData("\"provider\": \"mina-trees\"", "\"provider\": null")]
    [InlineData("\"expected\"", "\"crew\"")]
    [InlineData("\"runs\":", "\"rums\":")]
    public void A_signed_manifest_of_another_format_or_of_another_model_is_refused(
        string from,
        string to
    )
    {
        string text = File.ReadAllText(At(ModelDirectory.Manifest));
        Assert.Contains(from, text, StringComparison.Ordinal);
        int place = text.IndexOf(from, StringComparison.Ordinal);
        File.WriteAllText(
            At(ModelDirectory.Manifest),
            string.Concat(text.AsSpan(0, place), to, text.AsSpan(place + from.Length))
        );
        SmallModel.Sign(_model, _signer);
        Refused(to);
    }

    [Fact]
    public void The_manifest_of_another_model_is_refused()
    {
        SmallModel.Train(_folder.In("other"), _signer, RunTables.Of(DrawnRuns.Of(600, seed: 52)));
        foreach (string name in (string[])[ModelDirectory.Manifest, ModelDirectory.Signature])
        {
            File.Copy(_folder.In("other", name), At(name), overwrite: true);
        }

        Assert.Contains(
            "not the one that its manifest describes",
            Refused("other manifest").Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_model_that_a_stranger_signed_is_refused_unless_anybody_will_do()
    {
        using ModelSigner stranger = ModelSigner.Temporary();
        SmallModel.Sign(_model, stranger);
        File.WriteAllText(At(ModelDirectory.Signer), stranger.PublicPem);
        Assert.Contains("signature", Refused("stranger").Message, StringComparison.Ordinal);
        ModelDirectory.Load(_model, ModelTrust.Anybody);
        ModelDirectory.Load(_model, ModelTrust.In(_signer.PublicPem, stranger.PublicPem));
    }

    [Fact]
    public void A_model_that_answers_otherwise_than_when_it_was_made_is_refused()
    {
        SmallModel.Rewrite(
            _model,
            _signer,
            manifest =>
                manifest with
                {
                    Canaries = manifest.Canaries.SetItem(
                        3,
                        manifest.Canaries[3] with
                        {
                            Milliseconds = manifest
                                .Canaries[3]
                                .Milliseconds.SetItem(2, manifest.Canaries[3].Milliseconds[2] + 3),
                        }
                    ),
                }
        );
        Assert.Contains("canary", Refused("canary").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_without_canaries_or_with_some_that_do_not_fit_is_refused()
    {
        byte[] whole = File.ReadAllBytes(At(ModelDirectory.Manifest));
        Func<ModelManifest, ModelManifest>[] changes =
        [
            manifest => manifest with { Canaries = [] },
            manifest => manifest with { Canaries = [manifest.Canaries[0] with { Features = [] }] },
            manifest => manifest with { Canaries = [manifest.Canaries[0] with { Cell = [] }] },
            manifest =>
                manifest with
                {
                    Canaries = [manifest.Canaries[0] with { Milliseconds = [] }],
                },
        ];
        foreach (Func<ModelManifest, ModelManifest> change in changes)
        {
            File.WriteAllBytes(At(ModelDirectory.Manifest), whole);
            SmallModel.Rewrite(_model, _signer, change);
            Refused("canaries");
        }
    }

    [Fact]
    public void A_model_that_answers_everything_the_same_is_refused()
    {
        RunSchema blind = RunTables.Journal with
        {
            Decision = DecisionStage.Call,
            Department = null,
            ExpectBy = [],
            CalibrateBy = [],
        };
        SmallModel.Train(
            _model,
            _signer,
            RunTables.Of(DrawnRuns.Of(600, seed: 53), blind),
            SmallModel.Options with
            {
                Fit = SmallModel.Options.Fit with { Trees = 0 },
            }
        );
        Assert.Contains(
            "everything the same",
            Refused("constant").Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_model_that_was_learned_without_the_road_cannot_be_served()
    {
        StoredModel model = SmallModel.Of(
            RunTables.Of(
                DrawnRuns.Of(600, seed: 54),
                RunTables.Journal with
                {
                    Decision = DecisionStage.Call,
                }
            )
        );
        ForecastException refused = Assert.Throws<ForecastException>(() =>
            new TimeToSceneModel(model, "test")
        );
        Assert.Contains("without the road's time", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_looks_at_what_no_advice_knows_cannot_be_served()
    {
        RunSchema schema = RunTables.Journal with
        {
            Columns = RunTables.Journal.Columns.Add(
                new RunColumn("snow_cm", RunColumnKind.Number, KnownWhen.Call)
            ),
        };
        string csv = RunTables.With(
            RunTables.Csv(DrawnRuns.Of(600, seed: 55)),
            "snow_cm",
            row => $"{row % 5}"
        );
        StoredModel model = SmallModel.Of(RunTables.Read(csv, schema).Runs);
        ForecastException refused = Assert.Throws<ForecastException>(() =>
            new TimeToSceneModel(model, "test")
        );
        Assert.Contains(
            "snow_cm, which no advice knows",
            refused.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_next_training_gets_the_next_version_and_leaves_nothing_beside_it()
    {
        string before = Load().Manifest.ModelSha256;
        ModelManifest second = SmallModel.Train(
            _model,
            _signer,
            RunTables.Of(DrawnRuns.Of(600, seed: 56))
        );
        Assert.Equal(2, second.Version);
        Assert.NotEqual(before, Load().Manifest.ModelSha256);
        Assert.Equal(["model"], _folder.Names);
        Assert.Equal(
            9,
            SmallModel
                .Train(_model, _signer, options: SmallModel.Options with { Version = 9 })
                .Version
        );
    }

    [Fact]
    public void A_model_that_cannot_be_written_leaves_the_one_before_in_its_place()
    {
        string before = Load().Manifest.ModelSha256;
        _folder.Write("model.new", "somebody's file");
        Assert.Throws<ForecastException>(() =>
            SmallModel.Train(_model, _signer, RunTables.Of(DrawnRuns.Of(600, seed: 57)))
        );
        Assert.Equal(before, Load().Manifest.ModelSha256);
    }

    [Fact]
    public void Where_power_failed_between_two_models_the_old_one_stays_until_the_new_one_is_whole()
    {
        Directory.Move(_model, _folder.In("model.old"));
        _folder.Write("model.new", "in the way");
        Assert.Throws<ForecastException>(() => SmallModel.Train(_model, _signer));
        ModelDirectory.Load(_folder.In("model.old"), ModelTrust.In(_signer.PublicPem));

        File.Delete(_folder.In("model.new"));
        SmallModel.Train(_model, _signer);
        Load();
        Assert.Equal(["model"], _folder.Names);
    }

    [Fact]
    public void The_signing_key_is_made_once_for_its_owner_alone_and_read_ever_after()
    {
        string file = _folder.In("keys", "model.key");
        using ModelSigner made = ModelSigner.LoadOrCreate(file);
        using ModelSigner read = ModelSigner.LoadOrCreate(file);
        Assert.Equal(made.PublicPem, read.PublicPem);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(file)
            );
        }

        foreach (string wrong in (string[])["", "no key", made.PublicPem[..40], "\0\0\0"])
        {
            File.WriteAllText(file, wrong);
            Assert.Throws<ForecastException>(() => ModelSigner.LoadOrCreate(file));
        }
    }

    private string At(string name) => Path.Combine(_model, name);

    private StoredModel Load() => ModelDirectory.Load(_model, ModelTrust.In(_signer.PublicPem));

    private ForecastException Refused(string why) =>
        RefusedBy(ModelTrust.In(_signer.PublicPem), why);

    private ForecastException RefusedBy(ModelTrust trust, string why)
    {
        Exception? refused = Record.Exception(() => ModelDirectory.Load(_model, trust));
        Assert.True(refused is ForecastException, $"{why}: {refused?.ToString() ?? "loaded"}");
        return (ForecastException)refused!;
    }
}
