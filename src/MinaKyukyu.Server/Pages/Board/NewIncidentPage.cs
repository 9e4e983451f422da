using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Pages.Access;
using MinaKyukyu.Server.Pages.Forms;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Pages.Words;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Server.Pages.Board;

/// <summary>The 119 call, as a form.</summary>
internal sealed class NewIncidentPage(PageFrame frame, Towns towns, CodeBook codes, IIdSource ids)
{
    public PageAnswer Show(PageCall call)
    {
        Html body = Html.Of(
            $"""
            <main class="form wide">
            <form method="post" action="/board/new">
            {PageForm.Marks(call.Session, ids)}
            <fieldset><legend>場所 <span lang="en">place</span></legend>
            <label for="town">町丁目 <span lang="en">town</span></label>{Fields.Select(
                "town",
                towns.All.Select(t => new Choosable(t.Name, t.Name, "")),
                "",
                "(選択なし)"
            )}
            <p class="hint">町丁目だけの場合は「町の代表点」として記録され、住所としては扱われません。</p>
            <label for="address">番地・建物 <span lang="en">as spoken</span></label><input id="address" name="address" maxlength="200">
            <label for="landmark">目標物 <span lang="en">landmark</span></label><input id="landmark" name="landmark" maxlength="200">
            <label for="floor">階 <span lang="en">floor</span></label><input id="floor" name="floor" inputmode="numeric" maxlength="4">
            <label for="lat">緯度・経度 <span lang="en">lat, lon</span></label><span class="pair"><input id="lat" name="lat" inputmode="decimal" aria-label="緯度"><input name="lon" inputmode="decimal" aria-label="経度"></span>
            <label for="precision">場所の精度 <span lang="en">precision</span></label>{Fields.Select(
                "precision",
                Precisions(),
                ((int)PlacePrecision.TownCentre).ToString(
                    System.Globalization.CultureInfo.InvariantCulture
                )
            )}
            </fieldset>
            <fieldset><legend>通報 <span lang="en">call</span></legend>
            <label for="urgency">緊急度 <span lang="en">urgency</span></label>{Fields.Select(
                "urgency",
                Urgencies()
            )}
            <label for="type">事故種別 <span lang="en">type</span></label>{Fields.Codes(
                "type",
                codes,
                "incident-type",
                "(未選択)"
            )}
            <label for="age-band">年齢区分 <span lang="en">age</span></label>{Fields.Codes(
                HolderComparison.AgeBands,
                codes,
                HolderComparison.AgeBands,
                "(不明)"
            )}
            <label for="sex">性別 <span lang="en">sex</span></label>{Fields.Codes(
                HolderComparison.Sexes,
                codes,
                HolderComparison.Sexes,
                "(不明)"
            )}
            <p class="hint">カードの持ち主と違うとき、隊に本人のカードかを尋ねます。</p>
            <label for="card">マイナンバーカード <span lang="en">card</span></label>{Fields.Select(
                "card",
                Cards()
            )}
            <label for="callback">通報者の電話番号 <span lang="en">callback number</span></label><input id="callback" name="callback" inputmode="tel" maxlength="24">
            <p class="hint">電話番号は出動した隊にだけ表示され、引揚時に消去されます。</p>
            <label for="remarks">備考 <span lang="en">remarks</span></label><textarea id="remarks" name="remarks" rows="4" maxlength="2000"></textarea>
            </fieldset>
            <div class="buttons"><button class="primary">事案を登録する <span lang="en">open the incident</span></button><a class="button" href="/board">やめる <span lang="en">back</span></a></div>
            </form>
            <p class="credit">{towns.Credit}</p>
            </main>
            """
        );
        return new PageAnswer.Page(
            frame.Around(new PageHead("新しい事案", "New incident", "page-form"), body)
        );
    }

    private static IEnumerable<Choosable> Precisions() =>
        Enum.GetValues<PlacePrecision>().Select(p => Choice((int)p, Places.Words(p)));

    private static IEnumerable<Choosable> Urgencies() =>
        Enum.GetValues<UrgencyLevel>().Select(u => Choice((int)u, IncidentWords.Of(u)));

    private static IEnumerable<Choosable> Cards() =>
        Enum.GetValues<CardReadiness>().Select(c => Choice((int)c, IncidentWords.Of(c)));

    private static Choosable Choice(int value, (string Ja, string En) words) =>
        new(value.ToString(System.Globalization.CultureInfo.InvariantCulture), words.Ja, words.En);
}
