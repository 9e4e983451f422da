using Microsoft.Data.Sqlite;
using MinaKyukyu.Journal.Ports;
using SQLitePCL;

namespace MinaKyukyu.Storage.Sqlite;

/// <summary>SQLite's result codes in words for whoever stands before the machine.</summary>
internal static class SqliteTrouble
{
    public static StoreUnavailableException Of(SqliteException e, string path)
    {
        (StoreTrouble trouble, string words) = e.SqliteErrorCode switch
        {
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => (
                StoreTrouble.Corrupt,
                "is damaged or is not a database of this program; restore the data directory from a backup"
            ),
            raw.SQLITE_FULL => (
                StoreTrouble.DiskFull,
                "cannot grow: the disk is full; free some room and start again"
            ),
            raw.SQLITE_PERM or raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_AUTH => (
                StoreTrouble.NotPermitted,
                "cannot be opened for writing; check the owner and the rights of the file and its directory"
            ),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => (
                StoreTrouble.InUse,
                "is locked by another program; end it and start again"
            ),
            _ => (
                StoreTrouble.Failed,
                $"failed (SQLite {e.SqliteErrorCode}, extended {e.SqliteExtendedErrorCode}); check the disk and start again"
            ),
        };
        return new StoreUnavailableException(trouble, $"{path} {words}.", e);
    }

    /// <summary>Runs something that speaks to SQLite and gives its failures the port's word.</summary>
    public static T Translate<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException e)
        {
            throw Of(e, path);
        }
    }
}
