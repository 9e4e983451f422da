using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MinaKyukyu.Server.Commands;

namespace MinaKyukyu.Server.Wire;

/// <summary>
/// A message that is too large never becomes a request, so no interceptor sees it: its bare status gets the reason and the sentence
/// here that every other refusal has.
/// </summary>
internal static class OversizeWords
{
    private const string StatusHeader = "grpc-status";

    public static void UseOversizeWords(this WebApplication app) =>
        app.Use(
            static async (context, next) =>
            {
                await next(context);
                if (IsBareRefusal(context.Response))
                {
                    byte[] details = RefusalStatus
                        .StatusOf(new Refusal("MESSAGE_TOO_LARGE"))
                        .ToByteArray();
                    context.Response.Headers[RefusalStatus.DetailsKey] = Convert.ToBase64String(
                        details
                    );
                }
            }
        );

    private static bool IsBareRefusal(HttpResponse response) =>
        !response.HasStarted
        && response.Headers[StatusHeader]
            == ((int)StatusCode.ResourceExhausted).ToString(
                System.Globalization.CultureInfo.InvariantCulture
            )
        && !response.Headers.ContainsKey(RefusalStatus.DetailsKey);
}
