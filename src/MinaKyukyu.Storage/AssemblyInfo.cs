using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("MinaKyukyu.Journal.Tests")]
