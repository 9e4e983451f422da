using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MinaKyukyu.Authorization;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Ports;
using MinaKyukyu.Authorization.Revocation;
using MinaKyukyu.Authorization.SignOn;
using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Fleet.Positions;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Ports;
using MinaKyukyu.Incidents.Roads;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Journal;
using MinaKyukyu.MedicalInfo;
using MinaKyukyu.Redis;
using MinaKyukyu.Server.Advice;
using MinaKyukyu.Server.City;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Forecasts;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Identity.Tokens;
using MinaKyukyu.Server.Pages;
using MinaKyukyu.Server.Pages.Access;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Server.Watching;
using MinaKyukyu.Server.Wire;
using MinaKyukyu.Server.Wire.Interceptors;
using MinaKyukyu.Server.Wire.Mapping;
using MinaKyukyu.Server.Wire.Services;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Server.Hosting;

/// <summary>Every room's part of the house, in the order in which one stands on the other.</summary>
internal static class House
{
    /// <summary>Largest message either way. A summary section is the largest thing that is ever sent.</summary>
    private const int MessageLimit = 64 * 1024;

    public static void AddHouse(this IServiceCollection services, MinaServerOptions options)
    {
        CityPlan city = CityFile.Read(options.City);
        services.AddSingleton(options);
        services.AddSingleton(options.Time);
        services.AddSingleton<IIdSource, UuidSource>();
        services.AddSingleton(city);
        services.AddSingleton(city.Plan);
        services.AddSingleton(CodeBook.Parse(File.ReadAllText(options.Codes), options.Codes));
        services.AddTruth();
        services.AddCards(options);
        services.AddSignOn(options);
        services.AddFlows(options);
        services.AddWire(options);
        services.AddPages();
        Telemetry.TelemetryModule.AddTelemetry(services, options);
    }

    /// <summary>The journal and what is derived from it.</summary>
    private static void AddTruth(this IServiceCollection services)
    {
        services.AddSingleton<JournalHandle>();
        services.AddSingleton<IJournal>(s => s.GetRequiredService<JournalHandle>());
        services.AddSingleton<FleetProjection>();
        services.AddSingleton<IncidentsProjection>();
        services.AddSingleton<RoadRestrictionsProjection>();
        services.AddSingleton<Arrivals>();
        services.AddSingleton<ChangeBell>();
        services.AddSingleton<Ownership>();
        services.AddSingleton<IPositionBoard, PositionBoard>();
        services.AddSingleton<Department>();
        services.AddHostedService<JournalHost>();
        services.AddHostedService<AlarmClock>();
        services.AddSingleton<OversightDesk>();
        services.AddHostedService(s => s.GetRequiredService<OversightDesk>());
    }

    private static void AddCards(this IServiceCollection services, MinaServerOptions options)
    {
        CardOptions? card = options.Card;
        services.AddSingleton(new CardAvailability(card is not null));
        services.AddCardAuthorization(
            new AuthorizationOptions
            {
                LevelB = card?.LevelB,
                LevelA = card?.LevelA,
                Revocation = card?.Revocation ?? new RevocationOptions(),
            },
            Anchors(card),
            card?.VerifierKeyFile is { } key
                ? TrustedVerifier.FromPem(File.ReadAllText(key), card.VerifierApproval)
                : null,
            new PatientRefKey(KeyFile.LoadOrCreate(options.Data, KeyFile.PatientRefs)),
            card?.Ocsp is { } ocsp ? new HttpOcspResponder(ocsp) : null,
            [.. (card?.Lists ?? []).Select(ListSource)]
        );
        services.AddHostedService<RevocationKeeper>();
        if (options.Redis is { } redis)
        {
            services.AddRedisCache(redis);
        }

        services.AddMedicalInfo(medical =>
            medical.SourceAddress = card?.Records ?? new Uri("http://127.0.0.1:9/")
        );
    }

    private static void AddSignOn(this IServiceCollection services, MinaServerOptions options)
    {
        services.AddSingleton(options.SignOn);
        services.AddSingleton(
            new SignOnSecrets(KeyFile.LoadOrCreate(options.Data, KeyFile.SignOn))
        );
        services.AddSingleton<MemberProofs>();
        services.AddSingleton<LiveConnections>();
    }

    /// <summary>Who is believed: the machine's administrator, a tablet's certificate, a token; what a call says of itself only in a demonstration.</summary>
    private static void AddIdentities(this IServiceCollection services, MinaServerOptions options)
    {
        services.AddSingleton<AdministratorSocket.Identity>();
        services.AddSingleton<EnrolledDevices>();
        services.AddSingleton<DemoIdentities>();
        services.AddTokens(options);
        services.AddSingleton<IIdentitySource>(s =>
        {
            List<IIdentitySource> known =
            [
                s.GetRequiredService<AdministratorSocket.Identity>(),
                s.GetRequiredService<EnrolledDevices>(),
            ];
            if (s.GetService<ConsoleTokens>() is { } tokens)
            {
                known.Add(tokens);
            }

            if (options.DemoIdentities)
            {
                known.Add(s.GetRequiredService<DemoIdentities>());
            }

            return new FirstThatKnows(known);
        });
    }

    private static void AddTokens(this IServiceCollection services, MinaServerOptions options)
    {
        if (options.DevelopmentIssuer)
        {
            services.AddSingleton(DevelopmentIssuer.Options);
            services.AddSingleton<DevelopmentIssuer>();
            services.AddSingleton<ITokenIssuer>(s => s.GetRequiredService<DevelopmentIssuer>());
        }
        else if (options.Oidc is { } oidc)
        {
            services.AddSingleton(oidc);
            services.AddSingleton<ITokenIssuer>(s =>
                ActivatorUtilities.CreateInstance<DiscoveredIssuer>(
                    s,
                    new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
                )
            );
        }
        else
        {
            return;
        }

        services.AddSingleton<ConsoleTokenReader>();
        services.AddSingleton<ConsoleTokens>();
        services.AddSingleton<TokenSignIn>();
    }

    private static ICrlSource ListSource(string place) =>
        Uri.TryCreate(place, UriKind.Absolute, out Uri? address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? new HttpCrlSource(address)
            : new FileCrlSource(place);

    /// <summary>Without a card's options the room stands behind a closed door: an authority that never signed anything.</summary>
    private static TrustAnchors Anchors(CardOptions? card)
    {
        try
        {
            return card is null
                ? TrustAnchors.Load([ClosedDoor.AuthorityPem()], [])
                : TrustAnchors.Load(
                    card.AnchorFiles.Select(File.ReadAllText),
                    [.. card.AnchorPins]
                );
        }
        catch (TrustAnchorsException refused)
        {
            throw new MinaServerException(refused.Message);
        }
        catch (CryptographicException unreadable)
        {
            throw new MinaServerException($"A trust anchor cannot be read: {unreadable.Message}");
        }
    }

    private static void AddFlows(this IServiceCollection services, MinaServerOptions options)
    {
        services.AddSingleton<Turnstile>();
        services.AddSingleton(options.Journal);
        services.AddSingleton<CommandDesk>();
        services.AddSingleton(options.Watch);
        services.AddSingleton(options.Dispatch);
        services.AddSingleton<ITimeToSceneTrainer, TimeToSceneTrainer>();
        services.AddSingleton<CoverageWatch>();
        services.AddSingleton<ModelsInForce>();
        services.AddSingleton<IModelInForce>(s => s.GetRequiredService<ModelsInForce>());
        services.AddSingleton<NightlyLearning>();
        services.AddHostedService(s => s.GetRequiredService<NightlyLearning>());
        services.AddSingleton<ModelFailures>();
        services.AddSingleton<Situations>();
        services.AddSingleton<RecommendationBook>();
        services.AddSingleton<CareNeedBook>();
        services.AddSingleton<CallbackNumbers>();
        services.AddSingleton<OrderWatchDesk>();
        services.AddSingleton<IncidentFeed>();
        services.AddSingleton<RollingSigns>();
        services.AddSingleton<OpenIncident>();
        services.AddSingleton<RecommendUnits>();
        services.AddSingleton<AssignUnit>();
        services.AddSingleton<RestrictRoads>();
        services.AddSingleton<FollowOrders>();
        services.AddSingleton<RunDuty>();
        services.AddSingleton<VerifyMember>();
        services.AddSingleton<Enrol>();
        services.AddSingleton<ReportMilestone>();
        services.AddSingleton<CheckCard>();
        services.AddSingleton<ReadSummary>();
        services.AddSingleton<ChooseHospital>();
        services.AddSingleton<OpenRecords>();
        services.AddSingleton<OverseeEmergencies>();
        services.AddSingleton<AdviceSentences>();
    }

    private static void AddWire(this IServiceCollection services, MinaServerOptions options)
    {
        services.AddSingleton<CodeTables>();
        services.AddSingleton<OversightMethods>();
        services.AddSingleton<RoadMethods>();
        services.AddSingleton<IncidentPicture>();
        services.AddSingleton<UnitPicture>();
        services.AddSingleton<AdvicePicture>();
        services.AddSingleton<RoadPicture>();
        services.AddIdentities(options);
        services.AddSingleton<StreamLimit>();
        services.AddSingleton<IdentityInterceptor>();
        services.AddSingleton<RequestInterceptor>();
        services
            .AddGrpc(grpc =>
            {
                grpc.MaxReceiveMessageSize = MessageLimit;
                grpc.MaxSendMessageSize = MessageLimit;
                grpc.Interceptors.Add<IdentityInterceptor>();
                grpc.Interceptors.Add<RequestInterceptor>();
            })
            // The one thing on the radio that is long and is text: it goes in half its size.
            .AddServiceOptions<MedicalInfoService>(grpc =>
                grpc.ResponseCompressionAlgorithm = "gzip"
            )
            .AddServiceOptions<ReflectionService>(grpc =>
                grpc.MaxSendMessageSize = ReflectionService.MessageLimit
            );
        services.AddWebCalls(options);
        services.TryAddSingleton<IncidentService>();
        services.TryAddSingleton<CrewService>();
        services.TryAddSingleton<EnrolmentService>();
        services.TryAddSingleton<DispatchService>();
        services.TryAddSingleton<AuthorizationService>();
        services.TryAddSingleton<MedicalInfoService>();
        services.TryAddSingleton<AnalyticsService>();
        services.TryAddSingleton<HealthService>();
        services.TryAddSingleton<ReflectionService>();
    }

    public static void MapWire(this WebApplication app, MinaServerOptions options)
    {
        app.UseWebCalls();
        app.MapGrpcService<HealthService>().ForConsoles();
        app.MapGrpcService<IncidentService>().ForConsoles();
        app.MapGrpcService<CrewService>().ForConsoles();
        app.MapGrpcService<EnrolmentService>().ForConsoles();
        app.MapGrpcService<DispatchService>().ForConsoles();
        app.MapGrpcService<AuthorizationService>().ForConsoles();
        app.MapGrpcService<AnalyticsService>().ForConsoles();
        // A record is read on a tablet, never in a browser.
        app.MapGrpcService<MedicalInfoService>();
        if (options.Reflection)
        {
            app.MapGrpcService<ReflectionService>();
        }
    }
}
