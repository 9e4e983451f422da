using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Google.Protobuf;
using MinaKyukyu.Authorization.Devices;
using MinaKyukyu.Cli.Administration;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Server.City;
using MinaKyukyu.Server.Hosting;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Cli.Commands;

/// <summary><c>mina device</c>: the department's own authority, its tablets, and which of them are trusted.</summary>
internal static class DeviceCommand
{
    /// <summary>One year: a tablet's certificate is renewed with its yearly inspection.</summary>
    private const int UsualDays = 365;

    private static readonly Option<string> Device = new("--device")
    {
        Required = true,
        Description = "the tablet's id, as in the city's plan",
    };

    private static readonly Option<string?> Unit = new("--unit")
    {
        Description = "its unit; not needed when the plan has it",
    };

    private static readonly Option<string?> Request = new("--request")
    {
        Description = "the tablet's own request (PKCS#10, PEM); its key never leaves it",
    };

    private static readonly Option<string?> NewKey = new("--new-key")
    {
        Description = "or: make the key here and write it to this new file",
    };

    private static readonly Option<string> Out = new("--out")
    {
        Required = true,
        Description = "new file for the certificate, PEM",
    };

    private static readonly Option<int> Days = new("--days")
    {
        DefaultValueFactory = _ => UsualDays,
        Description = "how long the certificate is good",
    };

    private static readonly Option<string> Reason = new("--reason")
    {
        Required = true,
        Description = "lost, replaced, retired or key-compromised",
    };

    private static readonly Option<string[]> Names = new("--name")
    {
        Required = true,
        Description =
            "DNS name or address under which tablets reach the node; may be given several times",
    };

    public static Command Build()
    {
        Command authority = new(
            "authority",
            "端末認証局を作ります(一度だけ) / make the department's device authority, once"
        )
        {
            AdministratorOptions.Data,
            AdministratorOptions.City,
        };
        authority.SetAction(
            (words, _) =>
                AdministratorOptions.SayingWhyAsync(() => Task.FromResult(MakeAuthority(words)))
        );
        Command node = new(
            "node",
            "サーバー証明書を発行します / issue a node's certificate for TLS"
        )
        {
            AdministratorOptions.Data,
            Names,
            NewKey,
            Out,
            Days,
        };
        node.SetAction(
            (words, _) =>
                AdministratorOptions.SayingWhyAsync(() => Task.FromResult(IssueNode(words)))
        );
        return new Command("device", "端末の登録と失効 / enrol and revoke tablets")
        {
            authority,
            node,
            AdministratorOptions.WithService(
                new Command("enroll", "端末を登録し証明書を発行します / enrol a tablet")
                {
                    Device,
                    Unit,
                    Request,
                    NewKey,
                    Out,
                    Days,
                },
                EnrollAsync
            ),
            AdministratorOptions.WithService(
                new Command("revoke", "端末を失効させます / revoke a tablet at once")
                {
                    Device,
                    Reason,
                },
                RevokeAsync
            ),
            AdministratorOptions.WithService(
                new Command("list", "端末の一覧 / list tablets"),
                ListAsync
            ),
        };
    }

    private static int MakeAuthority(ParseResult words)
    {
        string data = words.GetValue(AdministratorOptions.Data)!;
        DepartmentId department = SampleCity.Plan(words.GetValue(AdministratorOptions.City)!).Id;
        using DeviceAuthority authority = AuthorityFiles.Create(
            data,
            department,
            TimeProvider.System.GetUtcNow()
        );
        Console.WriteLine($"{AuthorityFiles.CertificateIn(data)}");
        return ExitCode.Done;
    }

    private static int IssueNode(ParseResult words)
    {
        using DeviceAuthority authority = AuthorityFiles.Open(
            words.GetValue(AdministratorOptions.Data)!
        );
        (X509Certificate2 certificate, string key) = authority.IssueForNode(
            words.GetValue(Names)!,
            TimeSpan.FromDays(words.GetValue(Days)),
            TimeProvider.System.GetUtcNow()
        );
        using (certificate)
        {
            KeyFile.Write(
                words.GetValue(NewKey) ?? words.GetValue(Out)! + ".key",
                Encoding.ASCII.GetBytes(key)
            );
            Save(words.GetValue(Out)!, certificate);
        }

        return ExitCode.Done;
    }

    private static async Task<int> EnrollAsync(
        AdministratorChannel service,
        ParseResult words,
        CancellationToken stop
    )
    {
        DeviceId device = new(words.GetValue(Device)!);
        string file = words.GetValue(Out)!;
        if (File.Exists(file))
        {
            throw new IOException($"{file} is there already.");
        }

        using DeviceAuthority authority = AuthorityFiles.Open(
            words.GetValue(AdministratorOptions.Data)!
        );
        using X509Certificate2 certificate = authority.IssueForTablet(
            await RequestOfAsync(words, stop),
            device,
            TimeSpan.FromDays(words.GetValue(Days)),
            TimeProvider.System.GetUtcNow()
        );
        EnrollDeviceResponse enrolled = await service.Enrolment.EnrollDeviceAsync(
            new EnrollDeviceRequest
            {
                RequestId = NewId(),
                DeviceId = device.Value,
                UnitId = words.GetValue(Unit) ?? "",
                Certificate = ByteString.CopyFrom(certificate.RawData),
            },
            cancellationToken: stop
        );
        Save(file, certificate);
        await Console.Out.WriteLineAsync(
            $"登録しました / enrolled: {enrolled.Device.DeviceId} → {enrolled.Device.UnitId}, key {enrolled.Device.Key[..16]}…, {enrolled.Device.ExpireTime.ToDateTimeOffset():yyyy-MM-dd}まで"
        );
        return ExitCode.Done;
    }

    private static async Task<string> RequestOfAsync(ParseResult words, CancellationToken stop)
    {
        if (words.GetValue(Request) is { } request)
        {
            return await File.ReadAllTextAsync(request, stop);
        }

        string keyFile =
            words.GetValue(NewKey)
            ?? throw new ArgumentException(
                "Give the tablet's own request (--request F), or have a key made here (--new-key F)."
            );
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        KeyFile.Write(keyFile, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        return new CertificateRequest(
            "CN=tablet",
            key,
            HashAlgorithmName.SHA256
        ).CreateSigningRequestPem();
    }

    private static async Task<int> RevokeAsync(
        AdministratorChannel service,
        ParseResult words,
        CancellationToken stop
    )
    {
        DeviceRevocationReason reason = words.GetValue(Reason) switch
        {
            "lost" => DeviceRevocationReason.Lost,
            "replaced" => DeviceRevocationReason.Replaced,
            "retired" => DeviceRevocationReason.Retired,
            "key-compromised" => DeviceRevocationReason.KeyCompromised,
            _ => throw new ArgumentException(
                "--reason is lost, replaced, retired or key-compromised."
            ),
        };
        await service.Enrolment.RevokeDeviceAsync(
            new RevokeDeviceRequest
            {
                RequestId = NewId(),
                DeviceId = words.GetValue(Device)!,
                Reason = reason,
            },
            cancellationToken: stop
        );
        await Console.Out.WriteLineAsync($"失効させました / revoked: {words.GetValue(Device)}");
        return ExitCode.Done;
    }

    private static async Task<int> ListAsync(
        AdministratorChannel service,
        ParseResult words,
        CancellationToken stop
    )
    {
        string token = "";
        do
        {
            ListDevicesResponse page = await service.Enrolment.ListDevicesAsync(
                new ListDevicesRequest { Page = new PageRequest { PageToken = token } },
                cancellationToken: stop
            );
            foreach (Device device in page.Devices)
            {
                string state = device.RevokeTime is { } at
                    ? $"失効 / revoked {at.ToDateTimeOffset():yyyy-MM-dd HH:mm}Z"
                    : $"有効 / trusted until {device.ExpireTime.ToDateTimeOffset():yyyy-MM-dd}";
                await Console.Out.WriteLineAsync(
                    $"{device.DeviceId}\t{device.UnitId}\t{device.Key[..16]}\t{state}"
                );
            }

            token = page.Page.NextPageToken;
        } while (token.Length > 0);
        return ExitCode.Done;
    }

    private static void Save(string file, X509Certificate2 certificate) =>
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n");

    private static string NewId() => new UuidSource(TimeProvider.System).Next();
}
