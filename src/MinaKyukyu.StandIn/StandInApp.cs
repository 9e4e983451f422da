using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.StandIn.Counts;
using MinaKyukyu.StandIn.Records;
using MinaKyukyu.StandIn.Revocation;
using MinaKyukyu.StandIn.Verifier;

namespace MinaKyukyu.StandIn;

/// <summary>The national side as one small web application; loopback only, because it hands out private keys.</summary>
public static class StandInApp
{
    /// <summary>Longest body that any request may have; a card, a challenge and a signature fit into a tenth of it.</summary>
    private const long LongestBody = 64 * 1024;

    public static WebApplication Build(StandInOptions options, TimeProvider time)
    {
        if (!IPAddress.IsLoopback(options.Listen.Address))
        {
            throw new ArgumentException(
                "The stand-in hands out private keys and listens on loopback only.",
                nameof(options)
            );
        }

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = LongestBody;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
            kestrel.Listen(options.Listen);
        });
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            // What is not understood is refused: a misspelt field must not silently become its default.
            json.SerializerOptions.AllowDuplicateProperties = false;
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, WireJson.Default);
            json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<RequestCounts>();
        builder.Services.AddSingleton(new IssuedCards(time, options.Seed, options.Patients));
        builder.Services.AddSingleton<IIssuedCards>(s => s.GetRequiredService<IssuedCards>());
        builder.Services.AddSingleton<ApprovedVerifier>();
        builder.Services.AddSingleton<RevocationFaults>();

        WebApplication app = builder.Build();
        app.Use(
            static (context, next) =>
            {
                context.Response.Headers[Simulated.HeaderName] = Simulated.HeaderValue;
                return next(context);
            }
        );
        app.MapCards();
        app.MapVerifier();
        app.MapRevocation();
        app.MapCounts();
        app.MapRecords(new RecordsOptions { Seed = options.Seed, Delay = options.RecordDelay });
        return app;
    }
}
