using Grpc.Core;

namespace MinaKyukyu.Server.Sentences;

/// <summary>What a crew is told when the card does not open a record. In every case the run goes on without it.</summary>
internal static class CardRefusalSentences
{
    public static readonly RefusalSentence[] Rows = [];
}
