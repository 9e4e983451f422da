using MinaKyukyu.Server.Commands;

namespace MinaKyukyu.Server.Wire;

/// <summary>Whether this server was given anchors to trust and a source to ask. Without them the run goes on, and the crew is told so.</summary>
internal sealed class CardAvailability(bool isConfigured)
{
    public void Require()
    {
        if (!isConfigured)
        {
            throw new Refusal("CARD_NOT_CONFIGURED").ToRpcException();
        }
    }
}
