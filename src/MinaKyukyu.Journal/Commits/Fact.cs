namespace MinaKyukyu.Journal.Commits;

/// <summary>Something that happened, as versioned bytes that only the room which wrote them reads.</summary>
/// <param name="Kind">Such as <c>incident.opened</c>; lower case, room first.</param>
/// <param name="Version">Version of the body's shape, from 1; a reader keeps reading every version that was ever written.</param>
/// <param name="Subject">What it is about, such as <c>incident/01J…</c>; the journal indexes it and knows nothing else of it.</param>
/// <param name="Body">UTF-8 JSON.</param>
public sealed record Fact(string Kind, int Version, string Subject, ReadOnlyMemory<byte> Body);

/// <summary>Something that at most one holder may hold at a time, such as a unit by its active order.</summary>
/// <param name="Kind">Such as <c>unit</c>, <c>challenge</c>, <c>device-session</c>.</param>
/// <param name="Key">Which one.</param>
/// <param name="Holder">Who holds it; a release names the same holder.</param>
public sealed record Claim(string Kind, string Key, string Holder);

/// <summary>A row of the department's audit chain. Never medical content, names or card numbers.</summary>
/// <param name="Event">Such as <c>access.granted</c>; listed in docs/AUDIT_EVENTS.md.</param>
/// <param name="Subject">What it is about, such as <c>grant/01J…</c>.</param>
/// <param name="Detail">UTF-8 JSON, by the fields of docs/AUDIT_EVENTS.md.</param>
public sealed record AuditEntry(string Event, string Subject, ReadOnlyMemory<byte> Detail);

/// <summary>A value that is kept beside the facts and can be forgotten, such as a caller's telephone number.</summary>
/// <param name="Scope">Forgotten together, such as <c>incident/01J…</c>.</param>
public sealed record Perishable(string Scope, string Name, ReadOnlyMemory<byte> Value);
