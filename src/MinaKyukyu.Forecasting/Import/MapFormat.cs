using System.Collections.Frozen;

namespace MinaKyukyu.Forecasting.Import;

/// <summary>How the cells of a source column are read.</summary>
internal abstract record MapFormat
{
    /// <summary>The canonical moment that must be known first, or null.</summary>
    public virtual string? Needs => null;

    /// <summary>How many source columns the row of the map must name.</summary>
    public virtual int Sources => 1;
}

/// <summary>Date and time in one cell, in any of the Japanese shapes, or by a pattern of .NET that has four digits of a year.</summary>
internal sealed record MomentFormat(string? Pattern) : MapFormat;

/// <summary>Date in one column, time of day in another.</summary>
internal sealed record DateAndTimeFormat : MapFormat
{
    public override int Sources => 2;
}

/// <summary>A time of day, which is the first such moment after another stamp of the row.</summary>
internal sealed record TimeAfterFormat(string Column) : MapFormat
{
    public override string Needs => Column;
}

/// <summary>The same as another stamp of the row.</summary>
internal sealed record SameAsFormat(string Column) : MapFormat
{
    public override string Needs => Column;

    public override int Sources => 0;
}

/// <summary>A number, times a factor.</summary>
internal sealed record NumberFormat(double Factor) : MapFormat;

/// <summary>A name: as it stands, or, where names are listed, what stands there for it and nothing for the others.</summary>
internal sealed record CategoryFormat(FrozenDictionary<string, string>? Listed) : MapFormat;

/// <summary>Yes or no.</summary>
internal sealed record FlagFormat(FrozenDictionary<string, bool> Listed) : MapFormat;

/// <summary>The same text in every row.</summary>
internal sealed record ConstantFormat(string Value) : MapFormat
{
    public override int Sources => 0;
}
