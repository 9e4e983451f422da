using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MinaKyukyu.GrpcTests.Fuzz.Oracles;

/// <summary>Hears every line that is logged, and keeps those that nobody expects.</summary>
internal sealed class LogWitness : ILoggerProvider
{
    private const int MostKept = 20;

    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentQueue<string> _leaks = new();
    private long _lines;

    /// <summary>How many lines were heard: an oracle that hears nothing says nothing.</summary>
    public long Lines => Interlocked.Read(ref _lines);

    /// <exception cref="FuzzFinding">An error was logged, or a canary.</exception>
    public void ThrowIfAny()
    {
        if (_leaks.TryDequeue(out var leak))
        {
            throw new FuzzFinding(FindingKind.Canary, $"in the log: {leak}");
        }

        if (_errors.TryDequeue(out var error))
        {
            throw new FuzzFinding(FindingKind.Unforeseen, $"in the log: {error}");
        }
    }

    /// <summary>For errors that were to be expected; what leaked is kept.</summary>
    public void ForgetErrors() => _errors.Clear();

    public ILogger CreateLogger(string categoryName) => new Ear(this, categoryName);

    public void Dispose() { }

    private void Hear(string category, LogLevel level, string text, Exception? exception)
    {
        Interlocked.Increment(ref _lines);
        var line = $"{level} {category}: {text} {exception}";
        if (level >= LogLevel.Error && _errors.Count < MostKept)
        {
            _errors.Enqueue(line);
        }

        if (Canaries.FindIn(line) is not null && _leaks.Count < MostKept)
        {
            _leaks.Enqueue(line);
        }
    }

    private sealed class Ear(LogWitness witness, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => witness.Hear(category, logLevel, formatter(state, exception), exception);
    }
}
