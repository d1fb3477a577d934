"""The language of a document, and what becomes of claims where no roles can be given."""

from __future__ import annotations

from pathlib import Path

import pytest

from calc.claims import read_text
from calc.claims.tongue_rules import read_languages
from calc.documents import document_from_text
from calc.documents.languages import LANGUAGES, language_of

PAGES = Path(__file__).parent / "pages"
NEAR = ({"no", "da"}, {"cs", "sk"})  # which of two a single sentence is may stay open
READ = {"en", *read_languages()}

SENTENCES = {
    "en": [
        "Lithuania will pay for the drones, the ministry said on Monday.",
        "The package is worth 20 million euros and was agreed in Vilnius.",
        "Norway pledged 50 million kroner for winter fuel. It is to arrive by December.",
        "Denmark: 300 million kroner for shells made in Kharkiv, of which 100 million in 2025.",
    ],
    "uk": [
        "Литва виділить Україні 10 мільйонів євро на закупівлю дронів.",
        "Міністр оборони сказав, що перші системи надійдуть до кінця року.",
    ],
    "ru": [
        "Литва выделит Украине 10 миллионов евро на закупку беспилотников.",
        "Министр сказал, что первые системы поступят до конца года, если всё пойдёт по плану.",
    ],
    "de": [
        "Die Bundesregierung stellt der Ukraine weitere 200 Millionen Euro zur Verfügung.",
        "Litauen will der Ukraine zehn Millionen Euro für Drohnen geben, sagte der Minister.",
    ],
    "fr": [
        "La France va donner à l'Ukraine 200 millions d'euros pour ses drones.",
        "Le ministre a annoncé une aide de 30 millions d'euros, dont la moitié est un prêt.",
    ],
    "pl": [
        "Polska przekaże Ukrainie 100 mln zł na zakup generatorów, które mają dotrzeć do zimy.",
        "Minister powiedział, że pakiet jest wart 20 mln euro i będzie gotowy w tym roku.",
    ],
    "lt": [
        "Lietuva skirs Ukrainai 10 mln. eurų dronams, kurie bus pagaminti iki metų pabaigos.",
        "Ministras sakė, kad parama yra didesnė nei pernai, ir tai dar ne viskas.",
    ],
    "et": [
        "Eesti annab Ukrainale 10 miljonit eurot, et osta droone, mis on toodetud ka Eestis.",
        "Minister ütles, et see ei ole viimane abipakett ning uus tuleb juba sel aastal.",
    ],
    "sv": [
        "Sverige ger Ukraina 16 miljarder kronor för att köpa ammunition som ska levereras i år.",
        "Ministern säger att paketet är det största hittills och att mer kommer.",
    ],
    "no": [
        "Norge gir Ukraina 4,2 milliarder kroner til droner som skal bygges i landet, sier han.",
        "Støtten er ikke den siste, og regjeringen vil legge frem noe mer etter sommeren.",
    ],
    "da": [
        "Danmark giver Ukraine 1,2 milliarder kroner til artilleri, som skal leveres i sommer.",
        "Støtten er ikke den sidste, siger ministeren, og der er blevet afsat mere i år.",
    ],
    "nl": [
        "Nederland geeft Oekraïne 400 miljoen euro voor drones die in het land worden gemaakt.",
        "De minister zegt dat het pakket groter is dan het vorige en dat er meer komt.",
    ],
    "es": [
        "España dará a Ucrania 1.000 millones de euros para la compra de munición este año.",
        "El ministro dijo que la ayuda es la más grande y que no será la última.",
    ],
    "it": [
        "L'Italia darà all'Ucraina 200 milioni di euro per la difesa, secondo il ministro.",
        "Il pacchetto è più grande di quello dell'anno scorso, ma non sarà l'ultimo per i droni.",
    ],
    "lv": [
        "Latvija piešķirs Ukrainai 10 miljonus eiro, lai iegādātos dronus, kas ir ražoti šeit.",
        "Ministrs teica, ka tas nav pēdējais atbalsts un ka vēl kas tiks piešķirts šogad.",
    ],
    "pt": [
        "Portugal vai dar à Ucrânia 220 milhões de euros para a defesa, disse o ministro.",
        "O pacote é maior do que o do ano passado, mas não será o último para os drones.",
    ],
    "ro": [
        "România va da Republicii Moldova 10 milioane de euro și nu numai din buget.",
        "Pachetul este mai mare decât cel din anul trecut și nu este ultimul.",
    ],
    "cs": [
        "Česko dá Ukrajině 100 milionů korun na nákup munice, která se má dodat do konce roku.",
        "Ministr řekl, že balík je větší než loni a že bude ještě jeden podle plánu.",
    ],
    "sk": [
        "Slovensko dá Ukrajine 10 miliónov eur na generátory, ktoré sú už pripravené do zimy.",
        "Minister povedal, že balík je väčší ako vlani a že bude ešte jeden podľa plánu.",
    ],
    "hu": [
        "Magyarország 10 millió forint segélyt ad, és ez nem az utolsó, mondta a miniszter.",
        "A csomag nagyobb, mint a tavalyi volt, és még egy lesz az év végéig.",
    ],
    "fi": [
        "Suomi antaa Ukrainalle 10 miljoonaa euroa, ja se on jo toinen paketti tänä vuonna.",
        "Ministeri sanoi, että paketti on suurempi kuin viime vuonna mutta ei viimeinen.",
    ],
    "tr": [
        "Türkiye bu yıl Ukrayna için 10 milyon dolar ve daha çok yardım verecek, dedi.",
        "Bakan, paketin geçen yıla göre daha büyük olduğunu ancak yeterli değil dedi.",
    ],
    "hr": [
        "Hrvatska će dati Ukrajini 10 milijuna eura za obnovu koja je počela u proljeće.",
        "Ministar je rekao da je paket veći nego lani i da će biti još jedan do kraja godine.",
    ],
    "id": [
        "Indonesia akan memberi 10 juta dolar untuk Palestina, dan ini tidak yang terakhir.",
        "Menteri itu berkata bahwa paket ini lebih besar dari yang dulu dan akan ada lagi.",
    ],
}


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in SENTENCES.items() for text in texts]
)
def test_language_of_a_sentence(code: str, text: str) -> None:
    near = next((pair for pair in NEAR if code in pair), {code})
    assert language_of(text) in near


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_language_of_a_page(code: str) -> None:
    assert language_of(" ".join(SENTENCES[code] * 3)) == code


@pytest.mark.parametrize(
    "text",
    ["", "10 million euros", "€5 million", "Vilnius – Kyiv", "Norway pledges $5m", "1 2 3", "…"],
)
def test_too_little_text_leaves_the_language_open(text: str) -> None:
    assert language_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "日本政府はウクライナに対して五億円の追加支援を行うと発表した。東京で。",
        "بلغاريا تقدم لأوكرانيا مساعدات عسكرية جديدة",
    ],
)
def test_other_scripts_are_another_language(text: str) -> None:
    assert language_of(text) == "und"


def test_mixed_pages_stay_english() -> None:
    english = " ".join(SENTENCES["en"])
    for code, texts in SENTENCES.items():
        page = f"{english}\n\nФото: {texts[0]}\n\n{english}\n"
        assert document_from_text(page).language == "en", code


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code not in READ])
def test_figures_of_other_languages_are_kept_and_never_counted(code: str) -> None:
    claims = read_text(" ".join(SENTENCES[code]), published="2024-11-04")
    (entry,) = claims.attrs["documents"]
    assert entry["language"] == code
    assert entry["figures"] == 0
    assert set(claims["role"]) <= {"noise"}
    assert claims["donor"].isna().all()
    assert claims["recipient"].isna().all()
    for reason in claims["noise_reason"]:
        assert reason == f"language: no roles in {LANGUAGES[code]} yet"
    assert bool(entry["notes"]) == bool(len(claims))


def test_the_fourteen_languages_of_the_trade_are_read() -> None:
    other = {"uk", "ru", "de", "fr", "pl", "lt", "lv", "et", "sv", "no", "da", "nl", "es", "it"}
    assert {"en", *other} == READ


@pytest.mark.parametrize(
    "text",
    ["Dänemark stellt der Ukraine 140 Millionen Euro bereit", "Tyskland ger 5 miljoner kronor"],
)
def test_a_short_text_with_another_languages_million_is_not_english(text: str) -> None:
    assert language_of(text) not in (None, "en")


def test_teasers_keep_their_own_reason() -> None:
    text = (PAGES / "ukrainian_page.txt").read_text(encoding="utf-8")
    reasons = set(read_text(text)["noise_reason"].dropna())
    assert "teaser" in reasons
    assert not any("no roles" in reason for reason in reasons)
