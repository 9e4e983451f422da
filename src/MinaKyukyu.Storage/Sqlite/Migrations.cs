using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;
using MinaKyukyu.Journal.Ports;

namespace MinaKyukyu.Storage.Sqlite;

/// <summary>One numbered step of the schema.</summary>
internal sealed record Migration(int Number, string Name, string Sql);

/// <summary>Brings a database up to the schema that this program knows, each step in a transaction of its own.</summary>
internal static class Migrations
{
    private const string Folder = "Migrations/";

    /// <summary>Those embedded in this assembly, in order, numbered from 1 without gaps.</summary>
    public static IReadOnlyList<Migration> Known { get; } = Load();

    public static void Apply(
        SqliteConnection connection,
        string path,
        IReadOnlyList<Migration> known,
        DateTimeOffset at
    )
    {
        SqliteConnections.Execute(
            connection,
            "CREATE TABLE IF NOT EXISTS schema_migration (number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT"
        );
        int applied = AppliedTo(connection);
        if (applied > known.Count)
        {
            throw new StoreUnavailableException(
                StoreTrouble.NewerSchema,
                $"{path} has schema {applied}, this program knows {known.Count}: a newer version wrote it. Start that version, or restore a backup made before it."
            );
        }

        foreach (Migration migration in known.Skip(applied))
        {
            ApplyOne(connection, migration, at);
        }
    }

    public static int AppliedTo(SqliteConnection connection) =>
        int.Parse(
            SqliteConnections.Scalar(
                connection,
                "SELECT coalesce(max(number), 0) FROM schema_migration"
            ),
            CultureInfo.InvariantCulture
        );

    private static void ApplyOne(
        SqliteConnection connection,
        Migration migration,
        DateTimeOffset at
    )
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        using SqliteCommand step = connection.CreateCommand();
        step.Transaction = transaction;
#pragma warning disable CA2100 // An embedded file of this program.
        step.CommandText = migration.Sql;
#pragma warning restore CA2100
        step.ExecuteNonQuery();
        using SqliteCommand note = connection.CreateCommand();
        note.Transaction = transaction;
        note.CommandText =
            "INSERT INTO schema_migration (number, name, applied_at) VALUES ($number, $name, $at)";
        note.Parameters.AddWithValue("$number", migration.Number);
        note.Parameters.AddWithValue("$name", migration.Name);
        note.Parameters.AddWithValue("$at", Journal.WholeMicroseconds.Since1970(at));
        note.ExecuteNonQuery();
        transaction.Commit();
    }

    private static List<Migration> Load()
    {
        Assembly assembly = typeof(Migrations).Assembly;
        List<Migration> found = [];
        foreach (
            string resource in assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        )
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(resource)!);
            string name = resource[Folder.Length..];
            int number = int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture);
            if (number != found.Count + 1)
            {
                throw new InvalidOperationException(
                    $"Migration {name} is out of order: {found.Count + 1} comes next."
                );
            }

            found.Add(new Migration(number, name, reader.ReadToEnd()));
        }

        return found;
    }
}
