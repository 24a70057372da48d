"""Where and when every scene plays: as the brief says it, in each language."""

from typing import get_args

import pytest

from state.brief import NovelaBrief, PlaceBrief
from state.script import Genre, Language, Place, SetKind, TimeOfDay
from state.writing import PlanSeriesInput, SeriesPlan
from tools.models.offline.brief.story import story_of
from tools.models.offline.places.articles import article_of
from tools.models.offline.places.hours import hour_in
from tools.models.offline.places.lexicon import mentions_in
from tools.models.offline.places.place_nouns import kinds_of_nouns
from tools.models.offline.places.sets import kind_of, name_place, props_of, title_of_place
from tools.models.offline.places.skies import sky_of
from tools.models.offline.plan import compose_plan
from tools.models.offline.words.bank import bank, structure

LANGUAGES: tuple[Language, ...] = get_args(Language)


def brief_of(language: Language, text: str, genre: Genre = "drama", **more: object) -> NovelaBrief:
    return NovelaBrief.model_validate(
        {"title": "X", "description": text, "genre": genre, "language": language, "scenes_per_episode": 4,
         "shots_per_scene": 3, "episode_seconds": 60, **more}
    )  # fmt: skip


def plan_of(language: Language, text: str, genre: Genre = "drama", **more: object) -> SeriesPlan:
    return compose_plan(PlanSeriesInput(brief=brief_of(language, text, genre, **more)))


def kinds_in(plan: SeriesPlan) -> list[SetKind]:
    by_name = {one.name: one.kind for one in plan.places}
    return [by_name[scene.place] for scene in plan.episodes[0].scenes]


def times_in(plan: SeriesPlan) -> list[TimeOfDay]:
    return [scene.time for scene in plan.episodes[0].scenes]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_set_has_a_dozen_nouns_and_nothing_else_is_listed(language: Language):
    table, kinds = bank(language)["where"], set(get_args(SetKind))
    assert {kind for kind, nouns in table["nouns"].items() if len(nouns) >= 12} == kinds
    assert set(table["cues"]) <= kinds
    assert set(bank(language)["words"]["sets"]) == kinds
    listed = structure()
    assert {*listed["alike"], *listed["signs"], *listed["effects"]["places"]} <= kinds


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("language", "text", "kinds"), [
    ("en", "Two rivals are stuck in the lift. One has a cake. The other a knife. They eat.", ["lift"] * 4),
    ("es", "Rubén y Maruca quedan encerrados en el elevador. Afuera los vecinos apuestan. "
           "Ella confiesa que ganó la lotería. Rubén llora.", ["lift"] * 4),
    ("pt-BR", "Ada e Beto ficam presos no elevador. Ele tem fome. Ela tem bolo. Lá fora o prédio ouve.",
     ["lift"] * 4),
    ("es", "Bajo la carpa de un circo, Delia cose. Bruno vendió los caballos. La espera en el camerino. "
           "Ella grita.", ["tent", "tent", "dressing_room", "dressing_room"]),
    ("pt-BR", "Lia vende balas no Cine Bijou. Um cego compra uma entrada. Ela conta o filme. "
              "Depois ela o procura na praia.", ["cinema", "cinema", "cinema", "beach"]),
    ("en", "Maud, a librarian, finds a letter. She cries. She follows its stamp to a pharmacy. Iain blushes.",
     ["library", "library", "pharmacy", "pharmacy"]),
    ("en", "Priya runs a dry cleaner's. A quiet man brings a gown. She follows him. He is painting the gown.",
     ["laundry", "laundry", "laundry", "art_studio"]),
    ("es", "Bruno, gerente de un banco, descubre un robo. Delia ríe. Ortiz huye. Bruno corre a la calle y lo "
           "alcanza en la plaza.", ["bank", "bank", "bank", "plaza"]),
    ("en", "Tunde sits in the control room of an underground car park. A woman waves. He goes down. He runs.",
     ["control_room", "control_room", "car_park", "car_park"]),
])  # fmt: skip
def test_scenes_follow_the_story_from_place_to_place(language: Language, text: str, kinds: list[str]):
    assert kinds_in(plan_of(language, text)) == kinds


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("language", "text", "kind"), [
    ("pt-BR", "Zulmira trabalha nas salinas de Macau, no Rio Grande do Norte.", "salt_flats"),
    ("pt-BR", "Cíntia trabalha na portaria em Campo Grande.", "lobby"),
    ("es", "En Puerto Rico, Alma baja al sótano.", "cellar"),
    ("es", "Hernán trabaja en un frigorífico de Mar del Plata.", "cold_store"),
    ("es", "Nieves prepara la última sesión del Cine Apolo antes de que lo conviertan en garaje.", "cinema"),
    ("en", "Maureen has piloted the island ferry for years, before the bridge opens.", "boat_deck"),
    ("en", "Desmond wins the village show with leeks from his allotment.", "fairground"),
    ("en", "They wait in the field behind the church.", "field"),
    ("pt-BR", "A última balsa sai às dez. O barqueiro ri.", "boat_deck"),
    ("es", "El capataz cruza el maizal.", "field"),
])  # fmt: skip
def test_a_name_or_a_noun_that_only_tells_which_is_no_place(language: Language, text: str, kind: str):
    assert kinds_in(plan_of(language, text))[0] == kind


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Ana sells the flat."), ("en", "The bakery's owner laughs."), ("es", "Ana vende la casa."),
    ("pt-BR", "Ana vende a casa."), ("es", "Lo convierten en garaje."), ("pt-BR", "É do Rio Grande."),
])  # fmt: skip
def test_what_is_sold_or_only_named_puts_nobody_there(language: Language, text: str):
    assert not [one for one in mentions_in(text, language) if one.strong]


@pytest.mark.parametrize(("language", "genre", "text", "times"), [
    ("en", "drama", "Night shift at the hospital. Ada waits. A bell rings. She runs.", ["night"] * 4),
    ("en", "comedy", "On the morning of the show Al finds foam. He swaps it in the dark of the tea tent. "
                     "Bea sees it. They laugh.", ["day"] * 4),
    ("es", "comedy", "La jueza se jubila esa tarde. El loro habla. Los dos callan. Ella ríe.", ["day"] * 4),
    ("pt-BR", "drama", "Janete faz a faxina noturna do hotel. Ela acha um gravador. Ela foge. Ele bate.",
     ["night"] * 4),
    ("es", "drama", "Ana plancha en la tintorería. Bruno entra. Esa noche ella lo llama. Él calla.",
     ["day", "day", "night", "night"]),
    ("en", "drama", "At four in the morning Luca bakes bread. Mia sleeps. He sings. At dawn she eats.",
     ["night", "night", "night", "day"]),
    ("en", "thriller", "Three robbers enter the bank. Norma knows one. He runs. She shouts.", ["day"] * 4),
    ("en", "drama", "Ana cooks in the kitchen. Bruno lies. Ana shouts. Bruno leaves.", ["day"] * 4),
])  # fmt: skip
def test_the_hour_changes_only_when_the_words_say_so(
    language: Language, genre: Genre, text: str, times: list[TimeOfDay]
):
    assert times_in(plan_of(language, text, genre)) == times


@pytest.mark.parametrize(("language", "name", "description", "kind"), [
    ("en", "Freezer hall", "long white aisle of steel freezer doors, frost on the floor", "cold_store"),
    ("en", "Guard booth", "cramped glass cabin with six monitors", "control_room"),
    ("es", "Sala del juzgado", "sala pequeña con ventilador de techo", "courtroom"),
    ("en", "The family house", "a living room with a tall window", "living_room"),
    ("en", "The harbour street", "a narrow street above the port", "street"),
    ("pt-BR", "Sala da Lia", "cavalete e telas viradas", "art_studio"),
    ("en", "Mo's", "rows of washing machines", "laundry"),
])  # fmt: skip
def test_a_listed_place_is_what_its_words_describe(
    language: Language, name: str, description: str, kind: str
):
    asked = PlaceBrief(name=name, description=description)
    assert kind_of(asked, story_of(brief_of(language, "Ana waits."))) == kind


def test_a_listed_kind_counts_and_what_is_seen_becomes_its_props():
    asked = PlaceBrief(name="Freezer hall", kind="attic")
    assert kind_of(asked, story_of(brief_of("en", "Ana waits."))) == "attic"
    seen = "cramped cabin with six monitors, a half-eaten sandwich and a key cabinet"
    assert props_of(seen, "en") == ["cramped cabin", "six monitors", "half-eaten sandwich", "key cabinet"]


@pytest.mark.parametrize(("language", "name", "kind", "loc"), [
    ("en", "Freezer hall", "cold_store", "in the freezer hall"),
    ("en", "The ferry", "boat_deck", "on the ferry"),
    ("en", "The Regal Cinema", "cinema", "at the Regal Cinema"),
    ("es", "Cine Apolo", "cinema", "en el Cine Apolo"),
    ("es", "La cabina de proyección", "control_room", "en la cabina de proyección"),
    ("es", "Las salinas", "salt_flats", "en las salinas"),
    ("pt-BR", "A portaria do hotel", "lobby", "na portaria do hotel"),
    ("pt-BR", "Câmara dos vidros", "cold_store", "na câmara dos vidros"),
    ("pt-BR", "Os trilhos", "train", "nos trilhos"),
])  # fmt: skip
def test_sentences_name_a_place_with_its_article(language: Language, name: str, kind: SetKind, loc: str):
    assert name_place(Place(name=name, kind=kind), language).loc == loc


@pytest.mark.parametrize(("language", "name", "time", "title"), [
    ("en", "The ferry wheelhouse", "night", "Ferry wheelhouse, night"),
    ("es", "La acequia", "dusk", "Acequia, atardecer"),
    ("pt-BR", "O elevador", "day", "Elevador, dia"),
])  # fmt: skip
def test_a_title_says_where_and_when(language: Language, name: str, time: TimeOfDay, title: str):
    assert title_of_place(Place(name=name, kind="lift"), time, language) == title


@pytest.mark.parametrize(("language", "noun", "kind"), [
    ("en", "wheelhouse", "boat_cabin"), ("en", "marquee", "tent"), ("en", "dry cleaner's", "laundry"),
    ("es", "montacargas", "lift"), ("es", "cámara frigorífica", "cold_store"), ("es", "acequia", "canal"),
    ("pt-BR", "horta", "allotment"), ("pt-BR", "balsa", "boat_deck"), ("pt-BR", "tenda", "tent"),
])  # fmt: skip
def test_regional_words_lead_to_their_set(language: Language, noun: str, kind: str):
    assert kinds_of_nouns(language)[noun] == kind


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("language", "text", "kinds"), [
    ("en", "A retired judge and a nurse wait. Their car is late. The horn blares. Nobody moves.", {"car"}),
    ("es", "La jueza y el cura esperan. El tráfico parado. Toca la bocina. Nadie avanza.", {"car"}),
    ("pt-BR", "No terreiro, o padre e a juíza vigiam o bode. Ele come. Eles riem. O sol nasce.", {"yard"}),
    ("es", "En el río, Tulio rema su canoa. Nubia espera en el embarcadero. Él calla. Ella ríe.", {"river"}),
    ("es", "En el puerto, Tulio limpia la cubierta. Sale en su lancha. Vuelve.", {"harbour", "boat_deck"}),
    ("en", "Dan mends dolls in a workshop in the village. A girl comes. He nods. She goes.", {"workshop"}),
    ("en", "A vicar and a baker share a tent on a Scottish hillside. One snores. They eat. Rain.", {"tent"}),
    ("en", "A judge wakes. In the car Tom waits. The horn blares. Nobody moves.", {"car"}),
    ("en", "Ines drives home. Her car dies on the bridge. She waits. Nobody comes.", {"bridge"}),
    ("pt-BR", "Rui e Lia dividem um banco na praça. Ele tosse. Ela ri. Chove.", {"plaza"}),
])  # fmt: skip
def test_a_trade_never_says_where_when_other_words_do(language: Language, text: str, kinds: set[str]):
    assert set(kinds_in(plan_of(language, text))) <= kinds


@pytest.mark.parametrize(("language", "name", "description", "kind"), [
    ("en", "The crane cab", "A glass box ninety metres up", "control_room"),
    ("en", "The courtyard of the hotel", "Wet cobbles and bins", "yard"),
    ("en", "The tower block", "Grey high-rise", "street"),
    ("es", "El embarcadero", "Escalones que bajan al río", "river"),
    ("es", "El embarcadero", "Gaviotas y olas de mar", "harbour"),
    ("pt-BR", "Corredor dos bastidores", "Cordas e contrapesos", "stage"),
])  # fmt: skip
def test_a_listed_place_is_read_by_its_head_noun(language: Language, name: str, description: str, kind: str):
    given = PlaceBrief(name=name, description=description)
    assert kind_of(given, story_of(brief_of(language, "Ana espera."))) == kind


def test_every_listed_place_is_used():
    places = [
        PlaceBrief(name="The cellar", description="barrels"),
        PlaceBrief(name="The roof", description="antenna"),
    ]
    text = "In the cellar Ann waits. Tom mends the antenna. She drinks. He sleeps in the cellar."
    scenes = plan_of("en", text, places=places).episodes[0].scenes
    assert {one.place for one in scenes} == {"The cellar", "The roof"}


def test_another_visit_has_a_light_of_its_own_and_a_thriller_is_day_unless_said():
    text = "Tom enters the shop. Ann frowns. He leaves. On his third visit she smiles."
    assert times_in(plan_of("en", text, "thriller")) == ["day", "day", "day", "dusk"]


@pytest.mark.parametrize(("language", "text", "about"), [
    ("en", "In a cabin by the creek, 1931, Ruth waits.", ["rural", "period"]),
    ("en", "In a flat in the city, Ruth waits.", []),
    ("es", "En la orilla del embalse, tras años de sequía, Ana espera.", ["dry"]),
    ("pt-BR", "Na calçada, depois da enchente, Rui espera.", ["flooded"]),
    ("es", "En el taller, la costurera Ana espera.", ["sewing", "fine_work"]),
])  # fmt: skip
def test_a_place_knows_how_the_story_says_it_looks(language: Language, text: str, about: list[str]):
    assert plan_of(language, text).places[0].about == about


@pytest.mark.parametrize(("language", "text", "kinds"), [
    ("en", "Agnes works at the undertaker's. A caller says that he lies in the church. She sews.",
     ["workshop"] * 4),
    ("en", "Snow stops the train on the viaduct. Priya reads. A piano tuner hums. She smiles.",
     ["train"] * 4),
    ("es", "Zulma espera en la estación. Mira el río. El camión llega. Llora.", ["station"] * 4),
    ("pt-BR", "Valdir dirige o ônibus. Ele para no terminal. Odete nunca desce. Amanhece na estrada.",
     ["bus"] * 4),
    ("pt-BR", "Jandira trabalha na central de emergência. Atende a ligação de um menino preso no elevador. "
              "Ela escuta. A ambulância chega.", ["control_room"] * 4),
    ("pt-BR", "Numa casa de penhores Isaac recebe um violino. Ele toca. Ela ouve. Os dois riem.",
     ["shop"] * 4),
    ("en", "Ina sits alone at the switchboard. The Skerra lighthouse, empty for years. She waits.",
     ["telephone_exchange"] * 4),
    ("es", "Caracas, frente a una panadería cerrada. Yubiri espera. Wilfrido canta. Ella ríe.",
     ["street"] * 4),
])  # fmt: skip
def test_what_is_reported_or_ridden_past_is_no_set(language: Language, text: str, kinds: list[str]):
    assert kinds_in(plan_of(language, text)) == kinds


@pytest.mark.parametrize(("language", "text", "time"), [
    ("en", "3 a.m.", "night"), ("en", "at seven in the evening", "dusk"), ("en", "6 a.m.", "day"),
    ("en", "noon", "day"), ("en", "the score was 13 to 12", None),
    ("en", "he says that it was midnight", None),
    ("es", "a las siete de la tarde", "dusk"), ("es", "las once de la noche", "night"),
    ("es", "tres de la mañana", "night"), ("pt-BR", "são sete da manhã", "day"),
    ("pt-BR", "às 22h30", "night"),
])  # fmt: skip
def test_the_clock_tells_the_light(language: Language, text: str, time: TimeOfDay | None):
    assert hour_in(text, language) == time


def test_before_the_dawn_it_is_night():
    text = "Ada mends a net on the beach. She sings. Nobody answers. At dawn a boat comes in."
    assert times_in(plan_of("en", text)) == ["day", "day", "night", "day"]


@pytest.mark.parametrize(("language", "story", "scene", "sky"), [
    ("en", "Fog on the Banks. Tom rows. The fog lifts. A ship is there.", "A ship is there.", "clear"),
    ("en", "Fog on the Banks. Tom rows. The fog lifts. A ship is there.", "Tom rows.", "fog"),
    ("es", "Afuera, un ciclón. Él cuenta. Ha pasado el ciclón. Ella ríe.", "Ella ríe.", "clear"),
    ("pt-BR", "Geada no campo. Ele sai. Começa a chover. Ele ri.", "Começa a chover.", "rain"),
])  # fmt: skip
def test_weather_stands_until_it_is_over(language: Language, story: str, scene: str, sky: str):
    assert sky_of(scene, story, "day", language) == sky


@pytest.mark.parametrize(("noun", "article"), [
    ("camión", "el"), ("catedral", "la"), ("facultad", "la"), ("tranvías", "los"), ("clases", "las"),
])  # fmt: skip
def test_spanish_places_have_their_gender(noun: str, article: str):
    assert article_of(noun, "es") == article


@pytest.mark.parametrize(("noun", "article"), [
    ("lanchonete", "a"), ("caminhonete", "a"), ("creche", "a"), ("fusca", "o"), ("pontes", "as"),
    ("trem", "o"),
    ("estações", "as"), ("hotéis", "os"),
])  # fmt: skip
def test_portuguese_places_have_their_gender(noun: str, article: str):
    assert article_of(noun, "pt-BR") == article


@pytest.mark.parametrize(("language", "noun"), [
    ("es", "almacenes"), ("es", "talleres"), ("es", "salas de cine"), ("pt-BR", "porões"),
    ("pt-BR", "hospitais"),
    ("en", "churches"), ("en", "ferries"),
])  # fmt: skip
def test_several_of_a_place_are_known(language: Language, noun: str):
    assert noun in kinds_of_nouns(language)


def test_a_place_of_the_title_is_where_the_story_begins():
    text = "Seu Adão desmonta a porteira. O filho olha. Eles calam. No asfalto, ele dobra à esquerda."
    kinds = kinds_in(plan_of("pt-BR", text, title="A porteira"))
    assert (kinds[0], kinds[-1]) == ("farmyard", "roadside")


def test_a_business_that_no_table_lists_is_nobodys_home():
    assert not mentions_in("Ela trabalha numa casa de fumaça.", "pt-BR")
    assert mentions_in("Ela trabalha na casa de dona Rosa.", "pt-BR")[0].kind == "living_room"


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("language", "text", "kinds"), [
    ("en", "In the toll booth Denise counts. A man has a bride in the back of his car. He pays. She waits.",
     ["booth"] * 4),
    ("en", "Okafor takes his driving test. The examiner waits. He parks. She laughs.", ["car"] * 4),
    ("en", "Pete runs into the ice rink. Behind a mountain of brooms he finds it. Orla waits. She laughs.",
     ["rink"] * 4),
    ("en", "At the bootmaker's, Silas cuts a last. He sends his boy to school. He sews. Ned pays.",
     ["workshop"] * 4),
    ("es", "En una barbería, Lalo afeita a un hombre. Mira la navaja. Calla. El hombre paga.", ["salon"] * 4),
    ("es", "En la fábrica de puros, Ana lee. Calla. En la caja fuerte el dueño encuentra un puro. Ana ríe.",
     ["factory"] * 4),
    ("pt-BR", "Zenaide faz a prova de direção. O examinador espera. Ela engata a ré. Ele ri.", ["car"] * 4),
    ("pt-BR", "Na cabine de pedágio, Neide conta moedas. Um homem paga. Ela ri. Ele chora.", ["booth"] * 4),
    ("pt-BR", "Numa sapataria de conserto, Amaro recebe sapatos de noiva. Ele costura. Calça um. Chora.",
     ["workshop"] * 4),
])  # fmt: skip
def test_a_trade_plays_where_it_is_done(language: Language, text: str, kinds: list[str]):
    assert kinds_in(plan_of(language, text)) == kinds


@pytest.mark.parametrize(("text", "sign"), [
    ("In a schoolroom in the desert Ana reads.", "arid"),
    ("In a bank, 1947, Ana counts.", "period"),
    ("In a bakery of a fishing village Ana bakes.", "seaside"),
])  # fmt: skip
def test_a_room_knows_what_its_windows_show(text: str, sign: str):
    assert sign in plan_of("en", text).places[0].about
    assert sign not in plan_of("en", "In a bank in the city Ana counts.").places[0].about


def test_how_long_something_took_is_no_hour():
    told = "Saturday morning at the rink. Ana has swept it all night. She waits. She laughs."
    assert times_in(plan_of("en", told)) == ["day"] * 4


@pytest.mark.parametrize(("language", "text", "kind"), [
    ("es", "Bogotá, hoy, un taller de talla en un tercer piso de la avenida Jiménez.", "workshop"),
    ("es", "Juan llega a la pulpería. Quiere mandar a su hijo a la escuela de Iquique.", "shop"),
    ("es", "Ana abre la panadería. El horno huele tan fuerte que todos entran.", "bakery"),
])  # fmt: skip
def test_an_address_an_errand_and_a_quality_are_no_set(language: Language, text: str, kind: SetKind):
    told = f"{text} Berta espera. Berta mira a Carlos y Carlos se ríe de ella sin decir nada."
    assert set(kinds_in(plan_of(language, told))) == {kind}
