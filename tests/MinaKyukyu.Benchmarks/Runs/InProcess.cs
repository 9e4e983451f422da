using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace MinaKyukyu.Benchmarks.Runs;

/// <summary>BenchmarkDotNet in this process: it generates and builds no project of its own, so it needs no package source.</summary>
internal static class InProcess
{
    public static int Run(string[] words)
    {
        IConfig config = ManualConfig
            .CreateEmpty()
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance))
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .AddExporter(MarkdownExporter.GitHub)
            .WithArtifactsPath(Path.Combine(Networks.Checkout.Scratch, "BenchmarkDotNet"));
        return BenchmarkSwitcher
            .FromAssembly(typeof(InProcess).Assembly)
            .Run(words, config)
            .All(summary => !summary.HasCriticalValidationErrors)
            ? 0
            : 1;
    }
}
