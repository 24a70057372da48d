"""What clause reading makes of sentences: subject, verb and kind, and nothing garbled."""

import pytest

from state.brief import NovelaBrief
from tools.models.offline.clauses.people import Person
from tools.models.offline.clauses.reader import Reader
from tools.models.offline.words.fact import Fact

ANA = Person(name="Ana", woman=True, role="nurse")
BRUNO = Person(name="Bruno", woman=False, role="brother")
INES = Person(name="Inés", woman=True, role="tía")
AUNT = Person(name="Ruth", woman=True, role="aunt")
KEEPER = Person(name="Vera", woman=True, role="keeper", unnamed=True)


def read(language: str, text: str, *people: Person) -> list[Fact]:
    return Reader(language, people or (ANA, BRUNO)).read(text)  # type: ignore[arg-type]


ENGLISH = [
    ("Ana finds a key.", ("Ana", "finds", "a key", "event")),
    ("Ana has never answered his call.", ("Ana", "has never answered", "his call", "situation")),
    (
        "Bruno wants to sell the house before Friday.",
        ("Bruno", "wants", "to sell the house before Friday", "desire"),
    ),
    ("Bruno must leave.", ("Bruno", "must leave", "", "desire")),
    ("Her brother Bruno hides the will.", ("Bruno", "hides", "the will", "secret")),
    ("Ana and Bruno meet in the rain.", ("Ana and Bruno", "meet", "in the rain", "event")),
    ("Ten years ago Ana left the village.", ("Ana", "left", "the village", "event")),
    ("On the night of the storm, someone knocks at the door.", ("someone", "knocks", "at the door", "event")),
    ("Bruno threatens to burn it.", ("Bruno", "threatens", "to burn it", "threat")),
    ("A stranger named Caleb buys a ticket.", ("a stranger named Caleb", "buys", "a ticket", "event")),
    ("The wedding plans fall apart.", ("the wedding plans", "fall", "apart", "event")),
]
SPANISH = [
    ("Ana encuentra una llave.", ("Ana", "encuentra", "una llave", "event")),
    ("Bruno no quiere vender la casa.", ("Bruno", "no quiere", "vender la casa", "desire")),
    ("Ana se ha ido.", ("Ana", "se ha ido", "", "situation")),
    ("Ana la busca en la estación.", ("Ana", "la busca", "en la estación", "situation")),
    ("El médico, Bruno, esconde la carta.", ("Bruno", "esconde", "la carta", "secret")),
    ("En la casa de la playa Ana espera.", ("Ana", "espera", "", "situation")),
    ("Hace veinte años Ana vende flores.", ("Ana", "vende", "flores", "event")),
    ("Llega un hombre con una maleta.", ("un hombre", "llega", "con una maleta", "event")),
    (
        "Bruno tiene que decidir antes del viernes.",
        ("Bruno", "tiene", "que decidir antes del viernes", "desire"),
    ),
    ("Nadie sabe la verdad.", ("nadie", "sabe", "la verdad", "secret")),
    ("Los dos venden pan.", ("Los dos", "venden", "pan", "event")),
    ("Una madrugada sube Bruno llorando.", ("Bruno", "sube", "llorando", "event")),
    ("Faltan dos días para la fiesta.", ("dos días", "faltan", "para la fiesta", "situation")),
    ("Llega un inspector, Bruno.", ("bruno", "llega", "", "event")),
    ("A medianoche suena el teléfono de la difunta.", ("el teléfono de la difunta", "suena", "", "threat")),
    (
        "Los peones de la finca Bruno llevan tres meses sin cobrar.",
        ("los peones de la finca Bruno", "llevan", "tres meses sin cobrar", "event"),
    ),
]
PORTUGUESE = [
    ("Ana encontra uma chave.", ("Ana", "encontra", "uma chave", "event")),
    ("Bruno não quer vender a casa.", ("Bruno", "não quer", "vender a casa", "desire")),
    ("A Ana já tinha saído.", ("Ana", "já tinha saído", "", "situation")),
    ("O irmão, Bruno, esconde a carta.", ("Bruno", "esconde", "a carta", "secret")),
    ("Na última prova, a noiva desiste.", ("a noiva", "desiste", "", "situation")),
    ("Todo dia Ana e Bruno dividem o banco.", ("Ana e Bruno", "dividem", "o banco", "situation")),
    ("Bruno precisa fechar a loja.", ("Bruno", "precisa", "fechar a loja", "desire")),
    ("À noite, alguém bate na janela.", ("alguém", "bate", "na janela", "event")),
    ("Chega uma carta do Recife.", ("uma carta", "chega", "do Recife", "event")),
    ("A enfermeira Ana trafega pela cidade.", ("Ana", "trafega", "pela cidade", "situation")),
    ("Ana ameaça contar tudo.", ("Ana", "ameaça", "contar tudo", "threat")),
]


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        (language, text, parts)
        for language, rows in (("en", ENGLISH), ("es", SPANISH), ("pt-BR", PORTUGUESE))
        for text, parts in rows
    ],
)
def test_a_clause_has_subject_verb_rest_and_kind(language: str, text: str, parts: tuple[str, ...]):
    fact = read(language, text)[0]
    assert (fact.subject.lower(), fact.verb, fact.rest) == (parts[0].lower(), *parts[1:3])
    assert fact.kind in (parts[3], "backstory") if fact.tense == "past" else fact.kind == parts[3]


def test_a_sentence_is_cut_where_both_sides_stand():
    facts = read(
        "en", "Ana comes home and finds a letter, but Bruno says nothing; when night falls, she leaves."
    )
    assert [one.text for one in facts] == [
        "Ana comes home and finds a letter.",
        "But Bruno says nothing; when night falls, she leaves.",
    ]
    assert [one.text for one in read("en", "Ana locks the old door, but Bruno says nothing all night.")] == [
        "Ana locks the old door.", "But Bruno says nothing all night.",
    ]  # fmt: skip


def test_two_infinitives_are_one_wish():
    facts = read("en", "Ana wants to sell the house and burn the letter.")
    assert [fact.rest for fact in facts] == ["to sell the house and burn the letter"]


def test_pronouns_and_dropped_subjects_become_names():
    assert [one.text for one in read("en", "Ana finds a key in Bruno's coat. He says it opens nothing.")] == [
        "Ana finds a key in Bruno's coat.",
        "Bruno says it opens nothing.",
    ]
    assert read("es", "Ana abre la puerta. Encuentra a Bruno.")[1].text == "Ana encuentra a Bruno."
    assert read("pt-BR", "Ana abre a porta. Ela encontra Bruno.")[1].text == "Ana encontra Bruno."


def test_what_somebody_is_stays_an_aside():
    abril = Person(name="Abril", woman=True, role="hija")
    facts = read("es", "Su hija Abril, que es abogada, necesita la firma.", abril, BRUNO)
    assert [(one.subject, one.verb) for one in facts] == [("Abril", "necesita")]
    assert facts[0].text == "Su hija Abril, que es abogada, necesita la firma."


def test_a_sentence_about_it_stays_with_the_one_before():
    facts = read("en", "Ana finds a love letter. It names Bruno.")
    assert [one.text for one in facts] == ["Ana finds a love letter. It names Bruno."]


def test_a_role_means_the_person_who_has_it():
    assert read("en", "Ana waits. The aunt burns it.", ANA, AUNT)[1].subject == "Ruth"
    assert read("es", "Ana espera. La tía llega.", ANA, INES)[1].subject == "Inés"


def test_a_person_without_a_name_is_called_what_the_brief_calls_them():
    facts = read("en", "The keeper never speaks. The keeper lights the lamp.", KEEPER, BRUNO)
    assert [one.text for one in facts] == ["The keeper never speaks.", "The keeper lights the lamp."]
    assert [one.agent for one in facts] == ["Vera", "Vera"]


def test_the_mother_nobody_cast_is_not_mistaken_for_somebody_else():
    text = "Bruno told his mother he owns a bar. Now she is coming to visit."
    assert [one.text for one in read("en", text)] == [text]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Blue. Cold. Endless."),
        ("en", '"Run," says the voice.'),
        ("es", "¿Quién llama a estas horas?"),
        ("pt-BR", "Três portas, nenhuma chave."),
        ("en", "the wind and the rain and " * 40),
        ("en", "愛と裏切り。"),
    ],
)
def test_what_cannot_be_read_stays_as_it_is(language: str, text: str):
    facts = read(language, text)
    assert all(fact.subject == "" for fact in facts)
    assert all(fact.text.rstrip(".").lower() in text.lower() for fact in facts)


def test_facts_of_a_brief_come_in_order_with_everything_said_of_people():
    from tests.scripts import write_episode
    from tools.models.offline.telling.facts import facts_of

    brief = NovelaBrief.model_validate(
        {
            "title": "T", "description": "Ana finds a key.",
            "characters": [
                {"name": "Ana", "role": "a nurse", "wants": "the truth", "secret": "sold the ring"},
            ],
            "scenes": [{"number": 2, "description": "Ana opens the door."}],
        }
    )  # fmt: skip
    facts = facts_of(brief, write_episode(brief).plan.cast)
    assert [(fact.source, fact.text) for fact in facts] == [
        ("description", "Ana finds a key."),
        ("role", "Ana is a nurse."),
        ("want", "Ana wants the truth."),
        ("secret", "Ana sold the ring."),
        ("scene", "Ana opens the door."),
    ]
    assert [fact.order for fact in facts] == list(range(5))


@pytest.mark.parametrize(("text", "subjects"), [
    ("Ana y Bruno discuten. Esa noche actúan juntos.", ["Ana y Bruno", "Ana y Bruno"]),
    ("Ana y Bruno discuten. Al vaciar el armario encuentran un sobre.", ["Ana y Bruno", "Ana y Bruno"]),
    ("Una mañana sube Bruno y le pide un favor.", ["Bruno"]),
    ("Ana duda. Ella, que nació allí, se niega a irse.", ["Ana", "Ana"]),
    ("Nadie habla, solo se oye el mar.", [""]),
])  # fmt: skip
def test_a_time_before_a_spanish_verb_is_no_subject(text: str, subjects: list[str]):
    assert [fact.subject for fact in read("es", text)] == subjects


@pytest.mark.parametrize(("text", "about"), [
    ("Ana llega. Bruno la abandona.", ("Ana",)), ("Ana llega. Bruno le miente.", ("Ana",)),
    ("Ana llega. Bruno se lo cuenta.", ("Ana",)), ("Ana llega. Bruno la lee.", ()),
    ("Ana llega. Bruno lo abandona.", ()),
])  # fmt: skip
def test_a_pronoun_before_a_spanish_verb_names_the_other_one(text: str, about: tuple[str, ...]):
    assert read("es", text)[-1].about == about


def test_a_new_sentence_with_el_goes_on_about_the_last_one():
    carlos = Person(name="Carlos", woman=False)
    facts = read("es", "Bruno descansa. Carlos llega. Él llora.", BRUNO, carlos)
    assert facts[-1].subject == "Carlos"
