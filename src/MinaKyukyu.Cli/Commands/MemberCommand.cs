using System.CommandLine;
using System.Text;
using Google.Protobuf;
using MinaKyukyu.Authorization.SignOn;
using MinaKyukyu.Cli.Administration;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Server.Hosting;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Cli.Commands;

/// <summary><c>mina member</c>: who may sign on, with which second factor. A PIN is typed or piped in, never an argument: arguments are seen by everybody on the machine.</summary>
internal static class MemberCommand
{
    private static readonly Option<string> Number = new("--number")
    {
        Required = true,
        Description = "the department's own number of the member; not a name",
    };

    private static readonly Option<string> Role = new("--role")
    {
        Required = true,
        Description = "leader (救急隊長 = 閲覧責任者) or member (救急隊員)",
    };

    private static readonly Option<bool> Totp = new("--totp")
    {
        Description = "an authenticator instead of a PIN; its secret is shown once",
    };

    public static Command Build() =>
        new("member", "隊員の登録 / register crew members")
        {
            AdministratorOptions.WithService(
                new Command(
                    "register",
                    "隊員を登録、または暗証番号を変更します / register a member, or change the PIN"
                )
                {
                    Number,
                    Role,
                    Totp,
                },
                RegisterAsync
            ),
            AdministratorOptions.WithService(
                new Command("remove", "隊員を抹消します / remove a member") { Number },
                RemoveAsync
            ),
            AdministratorOptions.WithService(
                new Command("list", "隊員の一覧 / list members"),
                ListAsync
            ),
        };

    private static async Task<int> RegisterAsync(
        AdministratorChannel service,
        ParseResult words,
        CancellationToken stop
    )
    {
        string number = words.GetValue(Number)!;
        MemberRole role = words.GetValue(Role) switch
        {
            "leader" => MemberRole.Leader,
            "member" => MemberRole.Member,
            _ => throw new ArgumentException("--role is leader or member."),
        };
        SignOnSecrets secrets = new(
            KeyFile.LoadOrCreate(words.GetValue(AdministratorOptions.Data)!, KeyFile.SignOn)
        );
        string registration = NewId();
        string scope = Fleet.Members.MemberDecisions.ScopeOf(
            new Fleet.Members.MemberNumber(number),
            registration
        );
        string? shownOnce = null;
        byte[] sealedSecret;
        if (words.GetValue(Totp))
        {
            (sealedSecret, shownOnce) = secrets.SealNewTotp(scope);
        }
        else
        {
            sealedSecret = secrets.SealPin(await ReadPinAsync(), scope);
        }

        await service.Enrolment.RegisterMemberAsync(
            new RegisterMemberRequest
            {
                RequestId = NewId(),
                MemberNumber = number,
                Role = role,
                RegistrationId = registration,
                SealedSecret = ByteString.CopyFrom(sealedSecret),
            },
            cancellationToken: stop
        );
        await Console.Out.WriteLineAsync($"登録しました / registered: {number}");
        if (shownOnce is not null)
        {
            await Console.Out.WriteLineAsync(
                $"認証アプリに登録(一度だけ表示) / for the authenticator, shown once:\notpauth://totp/Mina-Kyukyu:{number}?secret={shownOnce}&issuer=Mina-Kyukyu"
            );
        }

        return ExitCode.Done;
    }

    /// <summary>From the keyboard without showing it, or one line of standard input.</summary>
    private static async Task<string> ReadPinAsync()
    {
        if (Console.IsInputRedirected)
        {
            return (await Console.In.ReadLineAsync() ?? "").Trim();
        }

        await Console.Error.WriteAsync("暗証番号 / PIN: ");
        StringBuilder typed = new();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace && typed.Length > 0)
            {
                typed.Length--;
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        await Console.Error.WriteLineAsync();
        return typed.ToString();
    }

    private static async Task<int> RemoveAsync(
        AdministratorChannel service,
        ParseResult words,
        CancellationToken stop
    )
    {
        await service.Enrolment.RemoveMemberAsync(
            new RemoveMemberRequest { RequestId = NewId(), MemberNumber = words.GetValue(Number)! },
            cancellationToken: stop
        );
        await Console.Out.WriteLineAsync($"抹消しました / removed: {words.GetValue(Number)}");
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
            ListMembersResponse page = await service.Enrolment.ListMembersAsync(
                new ListMembersRequest { Page = new PageRequest { PageToken = token } },
                cancellationToken: stop
            );
            foreach (Member member in page.Members)
            {
                string role =
                    member.Role == MemberRole.Leader ? "救急隊長 / leader" : "救急隊員 / member";
                string locked = member.LockTime is null ? "" : "\tロック / locked";
                await Console.Out.WriteLineAsync($"{member.MemberNumber}\t{role}{locked}");
            }

            token = page.Page.NextPageToken;
        } while (token.Length > 0);
        return ExitCode.Done;
    }

    private static string NewId() => new UuidSource(TimeProvider.System).Next();
}
