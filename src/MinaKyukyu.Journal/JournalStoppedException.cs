namespace MinaKyukyu.Journal;

/// <summary>The journal takes nothing any more: it failed, or it was closed.</summary>
public sealed class JournalStoppedException : Exception
{
    public JournalStoppedException()
        : base("The journal takes nothing any more.") { }

    public JournalStoppedException(string message)
        : base(message) { }

    public JournalStoppedException(string message, Exception? inner)
        : base(message, inner) { }
}
