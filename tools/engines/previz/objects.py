"""Things a story turns on, drawn in a square of -100 to 100, and the words they are known by.

What is drawn by hand here is the first choice; anything else comes from the picture library.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from math import log10

from tools.engines.previz import belongings as b
from tools.engines.previz import keepsakes as k
from tools.engines.previz import papers as p
from tools.engines.previz import story_carried as ca
from tools.engines.previz import story_cases as sq
from tools.engines.previz import story_clues as sc
from tools.engines.previz import story_craft as cr
from tools.engines.previz import story_daily as da
from tools.engines.previz import story_furniture as fu
from tools.engines.previz import story_garments as sg
from tools.engines.previz import story_goods as go
from tools.engines.previz import story_hands as sh
from tools.engines.previz import story_hardware as hw
from tools.engines.previz import story_household as ho
from tools.engines.previz import story_machines as sm
from tools.engines.previz import story_openings as sw
from tools.engines.previz import story_outdoors as sd
from tools.engines.previz import story_papers as sp
from tools.engines.previz import story_people as pe
from tools.engines.previz import story_places as pl
from tools.engines.previz import story_portraits as po
from tools.engines.previz import story_rooms as sr
from tools.engines.previz import story_sheets as se
from tools.engines.previz import story_small as ss
from tools.engines.previz import story_strings as sv
from tools.engines.previz import story_things as st
from tools.engines.previz import story_tools as so
from tools.engines.previz import story_turns as tu
from tools.engines.previz.picture_library import drawings, inked_picture
from tools.engines.previz.whole_animals import whole_animal
from tools.pictures.library import pictures

Draw = Callable[[str], str]
OBJECTS: dict[str, Draw] = {
    "biscuit_tin": sq.biscuit_tin, "shoebox": sq.shoebox, "violin_case": sq.violin_case, "tarpaulin": sq.tarpaulin,
    "embroidery": sq.embroidery, "photo_of_woman": sq.photo_of_woman, "towel": sq.folded_towel,
    "letter": k.letter, "envelope": k.envelope, "phone": k.phone, "ring": k.ring, "key": k.key,
    "photo": k.photo, "glass": k.glass, "suitcase": k.suitcase, "flower": k.flower,
    "document": k.document, "coffee": k.coffee, "necklace": k.necklace, "book": k.book, "money": k.money,
    "bottle": k.bottle, "watch": k.watch, "jewel_box": k.box_, "box": pe.wooden_box, "parcel": k.parcel, "passport": p.passport,
    "pregnancy_test": b.pregnancy_test, "medicine": b.medicine, "cake": b.cake, "laptop": b.laptop,
    "ledger": p.ledger, "map": p.map_, "candle": b.candle, "guitar": b.guitar, "bread": b.bread,
    "ticket": p.ticket, "camera": b.camera, "bracelet": b.bracelet, "toy": b.toy, "scarf": b.scarf,
    "car_key": b.car_key, "mask": b.mask, "knife": b.knife, "wallet": p.wallet, "newspaper": p.newspaper,
    "shoes": sg.worn_shoes, "baby_shoes": b.shoes, "memory_stick": p.memory_stick, "pen": p.pen, "bag": b.bag,
    "contract": sp.contract, "testament": sp.testament, "cheque": sp.cheque, "diary": sp.diary, "badge":
    sp.badge, "seeds": sp.seeds, "cassette": sp.cassette, "tape_recorder": sp.tape_recorder, "film_reel":
    sp.film_reel, "record": sp.record, "typewriter": sp.typewriter, "wedding_dress": st.wedding_dress,
    "marrow": sd.marrow, "pumpkin": sd.pumpkin, "boot": st.boot, "sluice_wheel": sd.sluice_wheel,
    "fire_alarm": st.fire_alarm, "steering_wheel": sd.steering_wheel, "rope": sd.rope, "key_ring":
    st.key_ring, "lamp": st.lamp, "cradle": st.cradle, "cage": st.cage, "net": sd.net, "sack": sd.sack,
    "barrel": sd.barrel, "gun": st.gun, "handcuffs": st.handcuffs, "easel": st.easel, "boat": sd.boat,
    "walking_stick": st.walking_stick, "dachshund": sd.dachshund, "cuica": sd.cuica, "oil": st.oil,
    "lighter": st.lighter, "matches": st.matches, "security_camera": st.security_camera, "vaccine":
    st.vaccine, "spade": sd.spade, "tie": st.tie, "doll": st.doll, "pan": st.pan, "tap": sd.tap,
    "petrol_can": sd.petrol_can, "intercom": st.intercom, "cross": sd.cross, "seagull": sd.seagull,
    "chicken": sd.hen, "funeral_urn": st.urn,
    "gavel": so.gavel, "sickle": so.sickle, "watering_can": so.watering_can, "wheelbarrow": so.wheelbarrow,
    "rifle": so.rifle, "bullet": so.bullet, "bomb": so.bomb, "pram": so.pram, "well": so.well, "windmill":
    so.windmill, "sewing_machine": so.sewing_machine, "iron": so.iron, "gramophone": so.gramophone,
    "rolling_pin": so.rolling_pin, "electric_fan": so.electric_fan, "switch": so.switch, "ball_of_string":
    so.ball_of_string, "harmonica": so.harmonica, "cart": so.cart,
    "safe": ss.safe, "mop": ss.mop, "hung_jacket": ss.hung_jacket, "tiered_cake":
    ss.tiered_cake, "closed_sign": ss.closed_sign, "pincushion": ss.pincushion, "walkie_talkie":
    ss.walkie_talkie, "seed_heap": ss.seed_heap, "film_tin": ss.film_tin, "glass_eye": ss.glass_eye,
    "gold_bar": sh.gold_bar, "trombone": sh.trombone, "tuba": sh.tuba, "tambourine": sh.tambourine,
    "wig": sh.wig, "drill": sh.drill, "drill_bit": sh.drill_bit, "binoculars": sh.binoculars,
    "dentures": sh.dentures, "gloves": sh.gloves, "single_glove": sh.single_glove, "poncho": sh.poncho,
    "tape_measure": sh.tape_measure, "smoking_pipe": sh.smoking_pipe, "whistle": sh.whistle,
    "stick": sh.stick, "oar": sh.oar, "horseshoe": sh.horseshoe, "thermos": sh.thermos,
    "piggy_bank": sh.piggy_bank, "marionette": sh.marionette, "gate": sr.gate, "plank": sr.plank,
    "giant_puppet": sr.giant_puppet, "switchboard": sr.switchboard, "dial_telephone": sr.dial_telephone, "blackboard": sr.blackboard,
    "stove": sr.stove, "fridge": sr.fridge, "wardrobe": sr.wardrobe, "washing_machine": sr.washing_machine,
    "pillow": sr.pillow, "blanket": sr.blanket, "cooler_box": sr.cooler_box, "flag": sw.plain_flag,
    "poster": sr.poster, "bust": sr.bust, "walking_frame": sr.walking_frame, "aquarium": sr.aquarium,
    "veil": sr.veil, "wreath": sr.wreath, "scarecrow": sr.scarecrow, "rug": sr.rug,
    "phone_booth": sr.phone_booth, "baby": pe.baby, "crowd": pe.crowd, "statue": pe.statue, "chef_hat": pe.chef_hat, "hat": pe.hat,
    "token": sc.token, "token_towers": sc.token_towers, "pebble": sc.pebble, "upside_down_book": sc.upside_down_book, "kerchief": sc.kerchief, "bundle": sc.bundle, "rake": sc.rake, "hung_apron": sc.hung_apron, "swallow": sc.swallow, "emerald": sc.emerald, "ruby": sc.ruby, "sapphire": sc.sapphire, "number_plate": sc.number_plate, "prescription": sc.prescription, "market_stall": sc.market_stall, "empty_shelf": sc.empty_shelf, "satin_shoes": sc.satin_shoes, "sardine": sc.sardine, "snow_heap": sc.snow_heap, "ice_resurfacer": sc.ice_resurfacer, "written_note": sc.written_note, "written_sign": sc.written_sign,
    "suit_jacket": sg.suit_jacket, "dressing_gown": sg.dressing_gown, "pyjamas": sg.pyjamas,
    "folded_cloth": sg.folded_cloth, "spread_cloth": sg.spread_cloth,
    "dress_shoes": sg.dress_shoes, "one_shoe": sg.one_shoe, "slippers": sg.slippers,
    "weight": sm.weight, "loudspeaker": sm.horn_loudspeaker, "blender": sm.blender,
    "photocopier": sm.photocopier, "piano": sm.piano, "rubber_stamp": sm.rubber_stamp, "cargo_tricycle": sm.cargo_tricycle,
    "steam_pot": sm.steam_pot, "exercise_book": sm.exercise_book, "sheaf": sm.sheaf, "one_page": sm.one_page, "cup": sm.cup,
    "key_card": ca.key_card, "lottery_ticket": ca.lottery_ticket, "torch": ca.flashlight,
    "earring": ca.drop_earring, "butterfly_earring": ss.earring, "ships_wheel": ca.ships_wheel,
    "door": sw.door, "window": sw.half_open_window, "steamed_window": sw.steamed_window, "numbered_door": sw.numbered_door,
    "screw": hw.screw, "nail": hw.nail, "gear_knob": hw.gear_knob, "door_knob": hw.door_knob,
    "coil_spring": hw.coil_spring, "cable": hw.cable, "hose": hw.hose, "remote_control": hw.remote_control,
    "motor": hw.motor, "propeller": hw.propeller, "metal_part": hw.metal_part, "small_device":
    hw.small_device, "tool_roll": hw.tool_roll, "pressure_cooker": ho.pressure_cooker, "electric_cooker":
    ho.electric_cooker, "bowl": ho.bowl, "tray": ho.tray, "cushion": ho.cushion, "stool": ho.stool,
    "cash_register": ho.cash_register, "swimming_float": ho.swimming_float, "buoy": ho.buoy, "photo_frame":
    ho.photo_frame, "album": ho.album, "covered_dish": ho.covered_dish, "notice": se.notice, "leaflet":
    se.leaflet, "torn_leaf": se.torn_leaf, "half_pencil": se.half_pencil, "paper_slip": se.paper_slip,
    "postage_stamp": se.postage_stamp, "line_shirt": se.line_shirt, "coin_bag": se.coin_bag, "hanger":
    se.hanger, "brooch": se.brooch, "belt": se.belt, "school_desk": ho.school_desk, "spectacles": se.spectacles,
    "hand_plane": cr.hand_plane, "wood_shaving": cr.wood_shaving, "gouge": cr.gouge, "mallet": cr.mallet, "rasp": cr.rasp, "trowel": cr.trowel, "sander": cr.sander, "stone_block": cr.stone_block, "pottery_wheel": cr.pottery_wheel, "cello": sv.cello, "guitarron": sv.guitarron, "vihuela": sv.vihuela, "violin_bow": sv.violin_bow, "music_stand": sv.music_stand, "cat_portrait": po.cat_portrait, "dog_portrait": po.dog_portrait, "horse_portrait": po.horse_portrait, "bird_portrait": po.bird_portrait, "woman_portrait": po.woman_portrait, "man_portrait": po.man_portrait, "child_portrait": po.child_portrait, "couple_portrait": po.couple_portrait, "crate": go.crate, "sacks": go.sacks, "oxygen_cylinder": go.oxygen_cylinder, "gas_cylinder": go.gas_cylinder, "jar_lid": go.jar_lid, "mitten": go.mitten, "woolly_hat": go.woolly_hat, "lily": go.lily, "cheese_breads": go.cheese_breads, "bread_roll": go.bread_roll, "raft": go.raft, "surfboard": go.surfboard, "beehive": go.beehive, "earbuds": go.earbuds, "goggles": go.goggles, "neon_sign": go.neon_sign, "life_jacket": go.life_jacket, "honey": go.honey_jar, "sheet_music": sv.score,
    "vial": tu.vial, "vial_shelf": tu.vial_shelf, "ticket_stub": tu.ticket_stub, "letter_opener":
    tu.letter_opener, "cut_wire": tu.cut_wire, "cash_box": tu.cash_box, "lining": tu.lining, "ribbon_key":
    tu.ribbon_key, "rope_bell": tu.rope_bell, "holdall": tu.holdall, "hatch": tu.hatch, "lever": tu.lever,
    "grapevine": pl.grapevine, "hay_bale": pl.hay_bale, "water_glass": da.water_glass, "cream": da.cream, "vegetables": da.vegetables, "radish": da.radish, "paper_letters": da.paper_letters, "thimble": da.thimble, "sash": da.sash, "button": da.button, "sweater": da.sweater, "skirt": da.skirt, "bow_tie": da.bow_tie, "peaked_cap": da.peaked_cap, "tote": da.tote, "clothes_heap": da.clothes_heap, "table": fu.table, "bench": fu.bench, "mattress": fu.mattress, "hammock": fu.hammock, "desk_lamp": fu.desk_lamp, "lampshade": fu.lampshade, "stairs": fu.stairs, "bookcase": fu.bookcase, "curtain": fu.curtain, "drawer": fu.drawer, "railing": fu.railing, "swing": fu.swing, "fireplace": fu.fireplace, "shop_counter": pl.shop_counter, "basin": da.basin, "hair_dryer": da.hair_dryer, "tumble_dryer": pl.tumble_dryer, "alarm_bell": pl.alarm_bell, "empty_frame": pl.empty_frame, "cotton_wool": da.cotton_wool, "cleaning_cart": pl.cleaning_cart, "chess_queen": da.chess_queen, "drip_bag": pl.drip_bag, "rear_mirror": pl.rear_mirror, "wheel_brace": pl.wheel_brace, "bicycle_pedal": pl.bicycle_pedal, "wire_fence": pl.wire_fence, "boat_sail": pl.boat_sail, "arcade_machine": pl.arcade_machine, "chalk": da.chalk, "trawler": pl.trawler, "narrowboat": pl.narrowboat, "lighthouse": pl.lighthouse, "bandstand": pl.bandstand,
}  # fmt: skip
OBJECT_NAMES: tuple[str, ...] = tuple(OBJECTS)
"""What an insert can show, by the name that a staging's subject has."""
UNKNOWN = "parcel"
NAMES: dict[str, tuple[str, ...]] = {
    "pregnancy_test": ("pregnancy", "embarazo", "gravidez"),
    "car_key": ("car key", "car keys", "llave del coche", "llaves del coche", "chave do carro", "chaves do carro"),
    "memory_stick": ("memory stick", "usb", "pendrive", "pen drive", "flash drive", "memoria usb"),
    "bracelet": ("bracelet", "wristband", "pulsera", "pulseira", "brazalete"),
    "letter": ("letter", "letters", "carta", "cartas", "note", "nota", "bilhete", "message", "mensaje", "mensagem"),
    "envelope": ("envelope", "sobre", "sobres"),
    "phone": ("phone", "telephone", "cellphone", "smartphone", "telefono", "telefone", "celular", "movil", "call", "text message"),
    "necklace": ("necklace", "collar", "colar", "locket", "medallion", "medallon", "medalhao", "medalla", "medalha", "pendant", "relicario"),
    "ring": ("ring", "rings", "anillo", "anel", "alianca", "alianza", "aliancas"),
    "key": ("key", "keys", "llave", "llaves", "chave", "chaves"),
    "photo": ("photo", "photos", "photograph", "photographs", "foto", "fotos", "fotografia", "picture", "retrato", "portrait", "album", "polaroid"),
    "camera": ("camera", "camara", "camera fotografica"),
    "coffee": ("coffee", "cafe", "cup", "taza", "xicara", "tea", "mug"),
    "medicine": ("medicine", "medicines", "medication", "pill", "pills", "pastillas", "medicina", "medicamento", "comprimidos", "remedio", "pastilla", "drug", "poison", "veneno"),
    "bottle": ("bottle", "bottles", "botella", "garrafa", "perfume", "frasco"),
    "glass": ("glass", "glasses of wine", "copa", "vaso", "taca", "copo", "wine", "vino", "vinho", "champagne"),
    "flower": ("flower", "flowers", "flor", "flores", "rose", "roses", "rosa", "rosas", "bouquet", "ramo", "buque"),
    "wallet": ("wallet", "billetera", "cartera", "carteira"),
    "money": ("money", "dinero", "dinheiro", "cash", "bills", "billetes", "banknotes", "cheque"),
    "watch": ("watch", "reloj", "relogio", "clock", "pocket watch"),
    "ledger": ("ledger", "accounts", "account book", "libro de cuentas", "livro de contas", "livro-caixa", "contabilidad"),
    "book": ("book", "books", "libro", "livro", "diary", "diario", "notebook", "cuaderno", "caderno", "journal", "recipe book", "bible", "biblia"),
    "passport": ("passport", "pasaporte", "passaporte", "visa", "identity card"),
    "laptop": ("laptop", "computer", "ordenador", "computadora", "computador", "notebook computer", "email", "screen"),
    "newspaper": ("newspaper", "periodico", "jornal", "headline", "titular", "manchete"),
    "ticket": ("ticket", "tickets", "boleto", "boletos", "entrada", "entradas", "billete", "ingresso", "passagem", "lottery"),
    "map": ("map", "mapa", "plano", "blueprint", "planos", "planta"),
    "candle": ("candle", "candles", "vela", "velas"),
    "guitar": ("guitar", "guitarra", "violao"),
    "bread": ("bread", "pan", "pao", "loaf", "pastry", "dough", "croissant"),
    "cake": ("cake", "tarta", "pastel", "bolo", "torta", "birthday"),
    "toy": ("toy", "teddy", "teddy bear", "doll", "juguete", "oso de peluche", "muneca", "brinquedo", "urso", "boneca"),
    "scarf": ("scarf", "bufanda", "panuelo", "cachecol", "lenco", "shawl"),
    "mask": ("mask", "mascara", "disguise", "antifaz"),
    "knife": ("knife", "cuchillo", "faca"),
    "shoes": ("shoes", "shoe", "zapatos", "zapatitos", "sapatos", "sapatinhos", "booties", "patucos"),
    "pen": ("pen", "pluma", "boligrafo", "caneta", "pencil", "lapiz"),
    "bag": ("bag", "handbag", "purse", "bolso", "bolsa"),
    "suitcase": ("suitcase", "suitcases", "maleta", "maletas", "mala", "malas", "luggage", "valija", "briefcase", "maletin"),
    "document": (
        "document", "documents", "contract", "contrato", "testament", "testamento", "will", "paper", "papers",
        "papel", "papeles", "papeis", "documento", "documentos", "certificate", "certificado", "certidao", "deed",
        "escritura", "file", "folder", "result", "results", "resultado", "resultados", "report", "informe",
        "relatorio", "agreement", "acuerdo", "acordo", "invoice", "factura", "bill", "script",
    ),
    "box": ("box", "caja", "caixa", "chest", "cofre", "jewel", "joyero", "casket"),
    "parcel": ("parcel", "paquete", "pacote", "gift", "regalo", "presente", "package", "packet"),
}  # fmt: skip
"""Whole words and phrases in English, Spanish and Portuguese, without accents; the first that fits wins."""
SIZES = {
    "ring": 0.62, "key": 0.8, "watch": 0.8, "suitcase": 1.3, "coffee": 0.85, "phone": 0.95, "car_key": 0.8,
    "pregnancy_test": 0.85, "memory_stick": 0.7, "bracelet": 0.8, "medicine": 0.85, "guitar": 1.35,
    "laptop": 1.15, "pen": 0.8, "shoes": 0.85, "wallet": 0.85, "bag": 1.1, "newspaper": 1.1,
}  # fmt: skip
"""How large a thing lies on the table, against a letter."""
LEAST, MOST = 0.66, 1.4
USUAL_CM = 25.0
UNITS_IN_CM = 4.3
"""Figure units in a centimetre: people are 168 cm."""
LINE = 4.0
"""How wide the outline of an object is in its square."""
ROD = 6.5
"""A stroke of ink from this width on is the outline of a narrower one that lies on it."""


def drawn_object(name: str, ink: str = "#2a1a20", *, line: float = LINE) -> str:
    """The object of that name; a wrapped parcel for one we do not know.

    Its outlines are `line` units wide, so that a large thing can be drawn large with the lines
    of everything else.
    """
    known = known_object(name)
    if known in OBJECTS:
        return _relined(OBJECTS[known](ink), ink, line)
    whole = whole_animal(known)
    return whole(ink, line) if whole else inked_picture(known, ink, line)


def _relined(drawn: str, ink: str, line: float) -> str:
    """A drawing with outlines of another width; what is drawn as a wider stroke under another stays so."""
    if line == LINE:
        return drawn
    k = min(max(line / LINE, 0.4), 1.5)

    def width(found: re.Match[str]) -> str:
        was = float(found[1])
        return f'stroke="{ink}" stroke-width="{was * k if was < ROD else was - 2 * LINE * (1 - k):.2f}"'

    return re.sub(rf'stroke="{ink}" stroke-width="([\d.]+)"', width, drawn)


def known_object(name: str) -> str:
    """The object we draw for a name, found by its words in any of our languages."""
    plain = _plain(name)
    exact = plain.strip().replace(" ", "_")
    if exact in OBJECTS or exact in drawings():
        return exact
    for words in (NAMES, _library_words()):
        fits = ((_place(plain, word), key) for key, listed in words.items() for word in listed)
        found = [(at, key) for at, key in fits if at is not None]
        if found:
            return min(found)[1]
    return UNKNOWN


@lru_cache(maxsize=1)
def _library_words() -> dict[str, tuple[str, ...]]:
    """The library's nouns, plain."""
    return {
        name: tuple(_plain(word).strip() for words in one.words.values() for word in words)
        for name, one in pictures().items()
    }


def _plain(name: str) -> str:
    """Lower case, accents off, everything that is no letter a space, a space at both ends."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return f" {' '.join(''.join(c if c.isalnum() else ' ' for c in bare).split())} "


def _place(plain: str, word: str) -> tuple[int, int] | None:
    """Where a word stands in a name, the longer one first when two begin there."""
    at = plain.find(f" {word} ")
    return (at, -len(word)) if at >= 0 else None


def size_of(name: str) -> float:
    """How large the object of that name is drawn: what is small in life is drawn less small."""
    known = known_object(name)
    if known in SIZES or known not in pictures():
        return SIZES.get(known, 1.0)
    return 1.0 if known in OBJECTS else min(max(0.5 + 0.34 * log10(pictures()[known].cm), LEAST), MOST)


def centimetres(name: str) -> float:
    """How long the longer side of that object is in life."""
    known = known_object(name)
    return pictures()[known].cm if known in pictures() else USUAL_CM
