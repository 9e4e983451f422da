using MinaKyukyu.Tablet.Cards.Pcsc;

namespace MinaKyukyu.Tablet.Cards;

/// <summary>The card readers of this machine, by the names that <see cref="CardReaderOptions.ReaderName"/> takes.</summary>
public static class CardReaders
{
    /// <returns>Empty when there is none, or when the smart-card service does not run.</returns>
    public static IReadOnlyList<string> List()
    {
        IPcscLibrary library = PcscLibrary.OfThisPlatform();
        try
        {
            if (library.EstablishContext(out nuint context) != PcscCode.Success)
            {
                return [];
            }

            _ = library.ListReaders(context, out IReadOnlyList<string> names);
            _ = library.ReleaseContext(context);
            return names;
        }
        catch (DllNotFoundException)
        {
            return [];
        }
    }
}
