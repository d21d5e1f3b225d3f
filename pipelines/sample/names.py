"""Names put together from syllables: nobody can guess them, and they share parts with one another."""

from collections.abc import Callable
from itertools import count

from pipelines.sample.chance import Chance


def words(text: str) -> list[str]:
    """The words of `text`; a long list of short names is easier on the eye like this."""
    return text.split()


_ONSETS = words("B Br D Dr F G Gr H J K L M N P Pr R S Sk St T Tr V W Y Z")
_VOWELS = "aeiou"
_CODAS = words("l r n v d lm rn nd lt rv st sk ld rt")
_CITY = ["ora", "avik", "stad", "haven", "ow", "ika", "olm", "by", "dale", "grad", "ent", "una", "isk", "abruck"]
_RIVER = ["awen", "essa", "ira", "eya", "onna", "une", "enne", "avel"]
_BARE = ["in", "or", "am", "esk", "ino", "um", "av"]
_PROVINCE = ["mark", "eland", "eria", "any", "wold", "engau"]
_SURNAME = ["ic", "sen", "ell", "ard", "eck", "wyn", "as", "itz", "ano", "ow", "ev", "oy", "ash", "ert", "ulis", "un"]
_FIRST = words("Al Ben Cor Dan Ed Fil Gal Hel Iv Jan Kar Lin Mir Nel Os Pav Ris Sev Tam Ur Vin Wil Yan Zor")
_FIRST_HE = ["o", "ek", "an", "us", "mir", "ric", "ald"]
_FIRST_SHE = ["a", "ina", "elle", "eth", "is", "ora", "enka"]
_COMPANY = ["and Sons", "Works", "Company", "Brothers", "Industries", "Manufactory", "Group", "Workshops"]
_SCHOOL = ["University", "College", "Institute", "Academy"]
_ADJECTIVE = words("""Glass Silent Winter Crooked Golden Borrowed Hollow Northern Patient Broken Green Distant Restless
Sleeping Blue Unwritten Paper Salt Second Burning Forgotten Wooden Copper Drowned Slow Early Little Nameless""")
_NOUN = words("""Orchard Bridge Lantern Harbour Garden Window Ferry Clock Letter Mirror Staircase Field Tower Wedding
Sparrow Well Voyage Mill Candle Summer Kitchen Shore Road Chapel Market Guest Neighbour Carpenter Piano
Fountain Meadow Station Lighthouse Daughter Horse Visitor Cellar Island Evening""")
_TITLES = ["The {a} {n}", "{n} and {m}", "The {n} and the {m}", "The {n} of {a} {s}", "{a} {n}"]
# Combinations that are words, or names that real people and places bear.
_TAKEN = frozenset(
    words(
        """
    Hernia Urina Baltic Barnard
    Bastard Below Benin Bernard Darby Denmark Derby Devin Divert Donor Drastic Dustin Favor Fortune
    Forum Gavin Gerard Gundam Gustav Hansen Harvard Hiram Honor Jensen Jonas Judas Julia Justin Karin Kevin Kirby
    Landmark Larsen Lenin Leroy Levin Madam Madonna Mania Manor Maria Marin Marino Martin Marvin Media Milano Minas
    Minor Moritz Mustard Nadia Nestor Pandora Panic Parent Pastor Prevent Relic Ronin Rustic Savoy Serum Silas Silent
    Sonia Sonic Sonora Stalin Standard Student Talent Tenor Tonic Torino Trevor Trident Tudor Tunic Turin Valor
    Vanessa Vedic Vendor Wendell Widow Window Alan Ala Cora Dana Edo Gala Ivo Ivan Jana Kara Lina Mira"""
    )
)
_FOREIGN_STEMS = 400
_UNFIT_STEMS = frozenset({"Porn", "God"})


class NameSource:
    """Gives each name once.

    The stems are drawn from a pool that grows with the world, so that in a world of any size some names share them.
    Whoever has no article is named from a pool of other stems.
    """

    def __init__(self, chance: Chance, *, stems: int) -> None:
        self._chance = chance
        everything = [onset + vowel + coda for onset in _ONSETS for vowel in _VOWELS for coda in _CODAS]
        fit = [stem for stem in everything if stem not in _UNFIT_STEMS]
        order = chance.shuffled(fit, "stems")
        self._foreign, self._stems = order[:_FOREIGN_STEMS], order[_FOREIGN_STEMS:][:stems]
        self._given: set[str] = set()

    def city(self, key: str) -> str:
        """Such as Velmora."""
        return self._fresh(lambda n: self._stem(key, n) + self._chance.pick(_CITY, "ending", key, n))

    def river(self, key: str) -> str:
        """Such as River Tarvessa."""
        return "River " + self._fresh(lambda n: self._stem(key, n) + self._chance.pick(_RIVER, "ending", key, n))

    def province(self, key: str) -> str:
        """Such as Haldmark."""
        return self._fresh(lambda n: self._stem(key, n) + self._chance.pick(_PROVINCE, "ending", key, n))

    def country(self, key: str) -> str:
        """Such as Morvia; with an n behind it, its adjective."""
        return self._fresh(lambda n: self._stem(key, n) + "ia")

    def feature(self, key: str, kind: str) -> str:
        """Hills or a sea, such as Selmesk Hills."""
        return self._fresh(lambda n: f"{self._bare(key, n)} {kind}")

    def company(self, key: str) -> str:
        """Such as Korvin and Sons; says neither the product nor the founder."""
        return self._fresh(lambda n: f"{self._bare(key, n)} {self._chance.pick(_COMPANY, 'form', key, n)}")

    def school(self, key: str) -> str:
        """Such as Wendor College; does not say the city."""
        return self._fresh(lambda n: f"{self._bare(key, n)} {self._chance.pick(_SCHOOL, 'school', key, n)}")

    def person(self, key: str, *, woman: bool) -> str:
        """A first name and a surname; the surname may be somebody else's too."""
        return self._fresh(lambda n: f"{self._first(key, n, woman=woman)} {self._surname(key, n)}")

    def stranger(self, key: str) -> str:
        """Somebody without an article, once all articles have their names; the same `key`, the same person."""
        named = (f"{self._first(key, n, woman=n % 2 == 0)} {self._foreign_surname(key, n)}" for n in count(len(key)))
        return next(name for name in named if name not in self._given and not _TAKEN.intersection(name.split()))

    def foreign_city(self, key: str) -> str:
        """A city without an article, once all articles have their names."""
        named = (
            self._chance.pick(self._foreign, "stem", key, n) + self._chance.pick(_CITY, "foreign", key, n)
            for n in count()
        )
        return next(name for name in named if name not in self._given and name not in _TAKEN)

    def title(self, key: str) -> str:
        """The title of a book, a painting or a piece of music."""
        return self._unused(lambda n: self._title(key, n))

    def event(self, key: str, kind: str) -> str:
        """Such as Silent Lantern Flood; says neither the place nor the year."""
        return self._unused(lambda n: f"{self._emblem(key, n)} {kind.capitalize()}")

    def _fresh(self, make: Callable[[int], str]) -> str:
        """The first name that is nobody else's, here or in the real world."""
        return self._unused(make, _TAKEN)

    def _unused(self, make: Callable[[int], str], taken: frozenset[str] = frozenset()) -> str:
        names = (name for name in map(make, count()) if not taken.intersection(name.split()))
        name = next(name for name in names if name not in self._given)
        self._given.add(name)
        return name

    def _emblem(self, key: str, attempt: int) -> str:
        noun = self._chance.pick(_NOUN, "emblem", key, attempt)
        plain = self._chance.happens(0.5, "plain", key) and not attempt
        return noun if plain else f"{self._chance.pick(_ADJECTIVE, 'emblem adjective', key, attempt)} {noun}"

    def _stem(self, key: str, attempt: int) -> str:
        return self._chance.pick(self._stems, "stem", key, attempt)

    def _bare(self, key: str, attempt: int) -> str:
        return self._stem(key, attempt) + self._chance.pick(_BARE, "bare", key, attempt)

    def _first(self, key: str, attempt: int, *, woman: bool) -> str:
        endings = _FIRST_SHE if woman else _FIRST_HE
        return self._chance.pick(_FIRST, "first", key, attempt) + self._chance.pick(endings, "gender", key, attempt)

    def _surname(self, key: str, attempt: int) -> str:
        return self._stem(key, attempt) + self._chance.pick(_SURNAME, "surname", key, attempt)

    def _foreign_surname(self, key: str, attempt: int) -> str:
        stem = self._chance.pick(self._foreign, "stem", key, attempt)
        return stem + self._chance.pick(_SURNAME, "surname", key, attempt)

    def _title(self, key: str, attempt: int) -> str:
        nouns = self._chance.shuffled(_NOUN, "nouns", key, attempt)
        adjective = self._chance.pick(_ADJECTIVE, "adjective", key, attempt)
        return self._chance.pick(_TITLES, "title", key, attempt).format(
            a=adjective, n=nouns[0], m=nouns[1], s=_plural(nouns[1])
        )


def _plural(noun: str) -> str:
    """Such as Ferries."""
    return noun[:-1] + "ies" if noun.endswith("ry") else f"{noun}s"
