using System.Globalization;
using Microsoft.Data.Sqlite;
using MinaKyukyu.Journal.Ports;
using SQLitePCL;

namespace MinaKyukyu.Storage.Sqlite;

/// <summary>Opens connections and asserts what durability rests on, each time.</summary>
internal static class SqliteConnections
{
    /// <summary>5 seconds: far longer than any transaction of this program; only an operator's own shell can hold the lock.</summary>
    private const int BusyTimeoutMilliseconds = 5_000;

    /// <summary>4,000 pages of 4 KiB (16 MiB): a checkpoint costs two more flushes, so it must not come with every few batches.</summary>
    private const int CheckpointPages = 4_000;

    public static SqliteConnection OpenWriter(string path)
    {
        CreateForOwnerOnly(path);
        SqliteConnection connection = Open(path, SqliteOpenMode.ReadWrite);
        try
        {
            Execute(connection, "PRAGMA journal_mode = WAL");
            Execute(connection, "PRAGMA synchronous = FULL");
            Execute(connection, "PRAGMA foreign_keys = ON");
            Execute(connection, "PRAGMA secure_delete = ON");
            Execute(connection, "PRAGMA mmap_size = 0");
            Execute(connection, $"PRAGMA wal_autocheckpoint = {CheckpointPages}");
            Require(connection, path, "journal_mode", "wal");
            Require(connection, path, "synchronous", "2");
            Require(connection, path, "foreign_keys", "1");
            Require(connection, path, "secure_delete", "1");
            Require(connection, path, "mmap_size", "0");
            CloseWithoutCheckpoint(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static SqliteConnection OpenReader(string path)
    {
        SqliteConnection connection = Open(path, SqliteOpenMode.ReadOnly);
        try
        {
            Execute(connection, "PRAGMA mmap_size = 0");
            Require(connection, path, "mmap_size", "0");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A file that nobody writes, in a directory that we may not write either.</summary>
    public static SqliteConnection OpenUnchanging(string path) =>
        Open($"file:{Uri.EscapeDataString(path)}?immutable=1", SqliteOpenMode.ReadOnly);

    /// <summary>How long a statement waits for what another connection holds.</summary>
    public static void WaitForLocks(
        SqliteConnection connection,
        int milliseconds = BusyTimeoutMilliseconds
    ) => Execute(connection, $"PRAGMA busy_timeout = {milliseconds}");

    public static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Every caller passes text of this program or of its embedded migrations.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public static string Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // As above.
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        SqliteConnection connection = new(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = mode,
                Pooling = false,
                DefaultTimeout = 5,
            }.ConnectionString
        );
        try
        {
            connection.Open();
            WaitForLocks(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Require(
        SqliteConnection connection,
        string path,
        string pragma,
        string expected
    )
    {
        string actual = Scalar(connection, $"PRAGMA {pragma}");
        if (!string.Equals(actual, expected, StringComparison.OrdinalIgnoreCase))
        {
            throw new StoreUnavailableException(
                StoreTrouble.WeakDurability,
                $"{path}: SQLite answers {pragma} = {actual} where {expected} is required; put the data directory on a local disk."
            );
        }
    }

    /// <summary>
    /// Closing must not sync: after a failed flush the next process decides from what the disk holds. An orderly close makes its
    /// own checkpoint before.
    /// </summary>
    private static void CloseWithoutCheckpoint(SqliteConnection connection)
    {
        int result = raw.sqlite3_db_config(
            connection.Handle,
            raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
            1,
            out int isSet
        );
        if (result != raw.SQLITE_OK || isSet != 1)
        {
            throw new StoreUnavailableException(
                StoreTrouble.WeakDurability,
                "SQLite does not close without a checkpoint."
            );
        }
    }

    private static void CreateForOwnerOnly(string path)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using FileStream file = new(path, options);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new StoreUnavailableException(
                StoreTrouble.NotPermitted,
                $"{path} cannot be opened for writing; check the owner and the rights of the file and its directory.",
                e
            );
        }
    }
}
