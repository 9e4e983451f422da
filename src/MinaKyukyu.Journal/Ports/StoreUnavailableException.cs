namespace MinaKyukyu.Journal.Ports;

/// <summary>Why a store cannot be used.</summary>
public enum StoreTrouble
{
    /// <summary>Another process owns the data directory.</summary>
    InUse,

    /// <summary>The files are not what they should be.</summary>
    Corrupt,

    /// <summary>The operating system does not let us.</summary>
    NotPermitted,

    /// <summary>There is no room left.</summary>
    DiskFull,

    /// <summary>A newer version of this program wrote it.</summary>
    NewerSchema,

    /// <summary>The database will not promise what durability rests on.</summary>
    WeakDurability,

    /// <summary>There is nothing there.</summary>
    Missing,

    /// <summary>The disk or the database failed in another way.</summary>
    Failed,
}

/// <summary>The store cannot be used. The message names the file and what to do, and is fit to be shown as it is.</summary>
public sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException()
        : this(StoreTrouble.Failed, "The store failed.") { }

    public StoreUnavailableException(string message)
        : this(StoreTrouble.Failed, message) { }

    public StoreUnavailableException(string message, Exception? inner)
        : this(StoreTrouble.Failed, message, inner) { }

    public StoreUnavailableException(StoreTrouble trouble, string message, Exception? inner = null)
        : base(message, inner) => Trouble = trouble;

    public StoreTrouble Trouble { get; }
}
