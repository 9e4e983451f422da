using System.Globalization;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MinaKyukyu.GrpcTests.Fuzz;
using MinaKyukyu.GrpcTests.Fuzz.Oracles;
using MinaKyukyu.GrpcTests.Fuzz.Protobuf;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Tests.Refusals;
using Xunit.Abstractions;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>The house with a witness of its log.</summary>
public sealed class FuzzedHouse : ServedHouse
{
    internal LogWitness Log { get; } = new();

    protected override void Plug(IServiceCollection services) =>
        services.AddSingleton<ILoggerProvider>(Log);
}

/// <summary>Requests of the contract changed by their structure, sent to every method as everybody who may call it.</summary>
public sealed class FuzzTests(FuzzedHouse house, ITestOutputHelper output)
    : IClassFixture<FuzzedHouse>
{
    private const int Each = 20;

    /// <summary>A stream that has nothing to say is left after that; whether its first message comes in time is not asked here.</summary>
    private static readonly TimeSpan ForStreams = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

#if PUBLIC_PACKAGES
    /// <summary>Grpc.AspNetCore takes a message that cannot be read for an exception of the handler, and logs it as an error.</summary>
    private const StatusCode Unreadable = StatusCode.Unknown;
#else
    private const StatusCode Unreadable = StatusCode.Internal;
#endif

    [Fact]
    public async Task Answers_every_mutated_request_definitely() =>
        await GoAsync(FuzzSeed.Asked, Each * FuzzSeed.Times);

    private async Task GoAsync(int seed, int each)
    {
        output.WriteLine(FuzzSeed.HowToReplay(seed));
        string incident = await OpenAsync();
        var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        int exchange = 0;
        foreach (WireMethod method in WireMethod.All)
        {
            foreach (CallerRole role in System.Enum.GetValues<CallerRole>().Where(method.Allows))
            {
                for (int i = 0; i < each; i++)
                {
                    var said = new List<string>();
                    byte[] request = Mutated(method, incident, FuzzSeed.Of(seed, exchange++), said);
                    try
                    {
                        string outcome = await JudgedAsync(method, role, request);
                        outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
                    }
                    catch (FuzzFinding finding)
                    {
                        throw Located(
                            finding,
                            seed,
                            $"{method.Path} as {role}: {string.Join("; ", said)}\n{Convert.ToHexString(request)}"
                        );
                    }
                }
            }

            await OpenAsync();
        }

        output.WriteLine(string.Join(", ", outcomes.Select(o => $"{o.Key} {o.Value}")));
    }

    private byte[] Mutated(WireMethod method, string incident, Random random, List<string> said)
    {
        var known = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["request_id"] = house.Next(),
            ["unit_id"] = house.Unit(0).Id.Value,
            ["incident_id"] = incident,
            ["remarks"] = Canaries.Text,
            ["address_text"] = Canaries.Text,
        };
        byte[] request = FilledRequest.Of(method.Descriptor.InputType, known).ToByteArray();
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            request = MessageMutations.Mutate(request, random, said);
        }

        return request;
    }

    /// <returns>The status, in a word.</returns>
    private async Task<string> JudgedAsync(WireMethod method, CallerRole role, byte[] request)
    {
        var options = new CallOptions(
            deadline: method.Descriptor.IsServerStreaming
                ? TimeProvider.System.GetUtcNow().UtcDateTime + ForStreams
                : null
        );
        string outcome = nameof(StatusCode.OK);
        try
        {
            await method.CallAsync(house.As(role), request, options).WaitAsync(Patience);
        }
        catch (RpcException refused)
        {
            Judge(method, request, refused);
            outcome = refused.StatusCode.ToString();
#if PUBLIC_PACKAGES
            if (refused.StatusCode == Unreadable)
            {
                house.Log.ForgetErrors();
            }
#endif
        }
        catch (TimeoutException)
        {
            throw new FuzzFinding(FindingKind.Hang, "the call did not end");
        }

        house.Log.ThrowIfAny();
        return outcome;
    }

    private static void Judge(WireMethod method, byte[] request, RpcException refused)
    {
        string words = string.Join(
            '\n',
            refused
                .Trailers.Select(t => $"{t.Key}: {Encoding.Latin1.GetString(t.ValueBytes)}")
                .Append(refused.Status.Detail)
        );
        if (Canaries.FindIn(words) is { } canary)
        {
            throw new FuzzFinding(FindingKind.Canary, $"{canary} in {words}");
        }

        bool isDefinite = refused.StatusCode switch
        {
            Unreadable => !CanBeRead(method, request),
            StatusCode.Unknown
            or StatusCode.Internal
            or StatusCode.Cancelled
            or StatusCode.DataLoss => false,
            StatusCode.DeadlineExceeded => method.Descriptor.IsServerStreaming,
            _ => true,
        };
        if (!isDefinite)
        {
            throw new FuzzFinding(FindingKind.Unforeseen, $"{refused.StatusCode} {words}");
        }
    }

    private static bool CanBeRead(WireMethod method, byte[] request)
    {
        try
        {
            method.Descriptor.InputType.Parser.ParseFrom(request);
            return true;
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or IndexOutOfRangeException)
        {
            // The second is a slip of Google.Protobuf's own on some octets that end early; on the wire both are one status.
            return false;
        }
    }

    /// <summary>The journal takes what is in order, whatever came before.</summary>
    private async Task<string> OpenAsync() =>
        (await house.Dispatcher.Incidents.OpenIncidentAsync(Run.Plea(house))).IncidentId;

    private static FuzzFinding Located(FuzzFinding finding, int seed, string where) =>
        new(
            finding.Kind,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{finding.Message}\n{where}\n{FuzzSeed.HowToReplay(seed)}"
            ),
            finding
        );
}
