using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MinaKyukyu.MedicalInfo.Caching;
using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.MedicalInfo.Sealing;
using MinaKyukyu.MedicalInfo.Sources;
using MinaKyukyu.MedicalInfo.Summaries;

namespace MinaKyukyu.MedicalInfo;

/// <summary>The door of the room.</summary>
public static class MedicalInfoModule
{
    /// <summary>Adds <see cref="MedicalSummaries"/>, reading from the FHIR server of the options.</summary>
    /// <remarks>
    /// Needs a <see cref="TimeProvider"/> and logging. An <see cref="IDistributedCache"/>, if the host has one, becomes the
    /// second level; it sees sealed bytes only. A host with another source registers its <see cref="IRecordSource"/> before.
    /// </remarks>
    public static IServiceCollection AddMedicalInfo(
        this IServiceCollection services,
        Action<MedicalInfoOptions> configure
    )
    {
        services.AddOptions<MedicalInfoOptions>().Configure(configure).ValidateOnStart();
        services.TryAddSingleton<IValidateOptions<MedicalInfoOptions>, RangesHold>();
        services.TryAddSingleton<IRecordSource>(BuildSource);
        services.TryAddSingleton(BuildSummaries);
        return services;
    }

    private static FhirRecordSource BuildSource(IServiceProvider services)
    {
        MedicalInfoOptions options = services
            .GetRequiredService<IOptions<MedicalInfoOptions>>()
            .Value;
        return new FhirRecordSource(
            SourceHttp.Build(options),
            options,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<FhirRecordSource>>()
        );
    }

    private static MedicalSummaries BuildSummaries(IServiceProvider services) =>
        Build(
            services.GetRequiredService<IRecordSource>(),
            services.GetService<IDistributedCache>(),
            services.GetRequiredService<IOptions<MedicalInfoOptions>>().Value,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILoggerFactory>()
        );

    internal static MedicalSummaries Build(
        IRecordSource source,
        IDistributedCache? distributed,
        MedicalInfoOptions options,
        TimeProvider time,
        ILoggerFactory logging
    )
    {
        IncidentKeys keys = new(time, options.KeptFor);
        SummaryCache cache = new(
            new FirstLevel(options.FirstLevelEntries, options.FirstLevelBytes, time),
            distributed is null
                ? null
                : new SecondLevel(distributed, options, time, logging.CreateLogger<SecondLevel>()),
            keys,
            options,
            time,
            logging.CreateLogger<SummaryCache>()
        );
        RecordFlights flights = new(
            source,
            cache,
            options,
            time,
            logging.CreateLogger<RecordFlights>()
        );
        return new MedicalSummaries(flights, cache, keys, options, time);
    }

    /// <summary>Holds the ranges that the options name, and the address's shape.</summary>
    private sealed class RangesHold : IValidateOptions<MedicalInfoOptions>
    {
        public ValidateOptionsResult Validate(string? name, MedicalInfoOptions options)
        {
            List<ValidationResult> broken = [];
            Validator.TryValidateObject(
                options,
                new ValidationContext(options),
                broken,
                validateAllProperties: true
            );
            List<string> words = [.. broken.Select(b => b.ErrorMessage ?? "out of range")];
            if (
                options.SourceAddress is { } address
                && !(address.IsAbsoluteUri && address.AbsolutePath.EndsWith('/'))
            )
            {
                words.Add("SourceAddress is absolute and ends with a slash.");
            }

            return words.Count == 0
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(words);
        }
    }
}
