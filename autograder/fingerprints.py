"""Which texts of one question share long passages, found without comparing each text with each other.

A text is a row of tokens. Of all its runs of ``gram`` tokens, winnowing keeps a few as fingerprints, so that two texts
which share a run of ``sure`` tokens always share a fingerprint, and less than ``gram`` tokens never count [1]_. Only
pairs that share fingerprints are then compared token by token. What stands in the assignment itself, or in very many
submissions, is set aside first, as Moss does [2]_.

In code only the shape counts: names that the author chose, comments, layout and the wording of strings are left out, so
that renaming hides nothing; keywords, built-in functions, methods, operators and numbers stay.

References
----------
.. [1] Schleimer, S., Wilkerson, D. S., & Aiken, A. (2003). Winnowing: local algorithms for document fingerprinting.
   Proceedings of SIGMOD 2003, 76-85. https://doi.org/10.1145/872757.872770
.. [2] https://theory.stanford.edu/~aiken/moss/ (base files; option ``-m``, by default 10)
"""

import builtins
import hashlib
import io
import keyword
import re
import tokenize
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

__all__ = ["CODE", "PROSE", "Found", "Method", "Pair", "Passage", "Text", "Token", "code", "compare", "prose", "winnow"]

BUILT_IN = frozenset(dir(builtins))
LAYOUT = {
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER,
    tokenize.ENCODING,
}  # fmt: skip


@dataclass(frozen=True)
class Token:
    """One word or sign: what it counts as, and where it stands in its text."""

    word: str
    start: int
    end: int


@dataclass(frozen=True)
class Text:
    """What one student wrote for one question."""

    student: str
    source: str


@dataclass(frozen=True)
class Passage:
    """A run of tokens that two texts share.

    Parameters
    ----------
    first, second : tuple of int
        Where it starts and ends in either text, in characters.
    tokens : int
        Its length.
    """

    first: tuple[int, int]
    second: tuple[int, int]
    tokens: int


@dataclass(frozen=True)
class Pair:
    """Two texts that are alike.

    Parameters
    ----------
    first, second : Text
        In the order in which they were given.
    share : float
        Which part of the tokens that are its own the one shares that shares more; from 0 to 1.
    passages : tuple of Passage
        What they share, in the order of the first.
    """

    first: Text
    second: Text
    share: float
    passages: tuple[Passage, ...]

    @property
    def tokens(self) -> int:
        """How many tokens they share."""
        return sum(passage.tokens for passage in self.passages)


@dataclass(frozen=True)
class Found:
    """What a comparison gave.

    Parameters
    ----------
    pairs : tuple of Pair
        The most alike first.
    texts : int
        How many texts were long enough.
    compared : int
        How many pairs were compared token by token.
    common : tuple of (str, int)
        What more than ``limit`` texts hold and the assignment doesn't: the passage and in how many texts, for people to
        see what was set aside; the most frequent first.
    limit : int
        In how many texts a passage may stand before it is set aside.
    """

    pairs: tuple[Pair, ...]
    texts: int
    compared: int
    common: tuple[tuple[str, int], ...]
    limit: int


@dataclass(frozen=True)
class Method:
    """How one kind of text is compared.

    Parameters
    ----------
    tokens : callable
        Splits a text.
    gram : int
        Shared runs that are shorter never count.
    sure : int
        Shared runs of this length are always found.
    least : int
        Texts with fewer tokens of their own are passed over: there are few ways to write them.
    share : float
        Pairs that share less of the one that shares more are not listed.
    """

    tokens: Callable[[str], list[Token]]
    gram: int
    sure: int
    least: int
    share: float


def prose(text: str) -> list[Token]:
    """Split prose into words, without capitals and punctuation.

    Examples
    --------
    >>> [token.word for token in prose("Gotong royong, kata *Bowen*.")]
    ['gotong', 'royong', 'kata', 'bowen']
    """
    return [
        Token(unicodedata.normalize("NFKC", found[0]).casefold(), *found.span()) for found in re.finditer(r"\w+", text)
    ]


def code(text: str) -> list[Token]:
    """Split Python code into the tokens of its shape; where it is no Python any more, it ends.

    Examples
    --------
    >>> [token.word for token in code("total = sum(seats)  # all of them")]
    ['name', '=', 'sum', '(', 'name', ')']
    >>> [token.word for token in code("x = sum(y)")] == [token.word for token in code("total=sum( seats )")]
    True
    >>> code("%%bash")[0].word
    '%'
    """
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found: list[Token] = []
    try:
        for one in tokenize.generate_tokens(io.StringIO(text, newline="").readline):
            if one.type not in LAYOUT and one.string:
                place = [starts[row - 1] + column for row, column in (one.start, one.end)]
                found.append(Token(_shape(one, found[-1].word if found else ""), *place))
    except (tokenize.TokenError, SyntaxError):
        pass  # students hand in unfinished code too
    return found


def _shape(one: tokenize.TokenInfo, before: str) -> str:
    """What a token counts as."""
    if one.type == tokenize.NAME:
        kept = keyword.iskeyword(one.string) or one.string in BUILT_IN or before == "."
        return one.string if kept else "name"
    return "text" if one.type == tokenize.STRING else one.string


# Of 107 pairs of the course's own sample essays one shared more than nothing, 10 %; right solutions that go different
# ways share 12 to 38 % of their tokens. A copied paragraph, or a solution with other names in it, is well above these.
PROSE = Method(prose, gram=5, sure=8, least=40, share=0.2)
CODE = Method(code, gram=10, sure=14, least=40, share=0.6)


def winnow(hashes: Sequence[int], window: int) -> list[int]:
    """Choose the places of the fingerprints: in each window the smallest number, of equal ones the last.

    Parameters
    ----------
    hashes : sequence of int
        One number for each run of tokens. Fewer than a window holds count as one window.
    window : int
        How many runs a window holds.

    Returns
    -------
    list of int
        Places, ascending.

    Examples
    --------
    The example of the paper (p. 79):

    >>> hashes = [77, 74, 42, 17, 98, 50, 17, 98, 8, 88, 67, 39, 77, 74, 42, 17, 98]
    >>> [(hashes[place], place) for place in winnow(hashes, 4)]
    [(17, 3), (17, 6), (8, 8), (39, 11), (17, 15)]
    """
    chosen: list[int] = []
    for start in range(max(1, len(hashes) - window + 1) if hashes else 0):
        inside = range(start, min(start + window, len(hashes)))
        place = min(inside, key=lambda at: (hashes[at], -at))
        if not chosen or chosen[-1] != place:
            chosen.append(place)
    return chosen


def compare(texts: Sequence[Text], method: Method, known: Iterable[str] = ()) -> Found:
    """Find the pairs of texts that share much of what is their own.

    Parameters
    ----------
    texts : sequence of Text
        One per student.
    method : Method
        `PROSE` or `CODE`.
    known : iterable of str
        What everybody was given: the assignment, the lessons. Passages from it don't count.

    Examples
    --------
    Every word is the other's, but the four that differ; runs of fewer than five words don't count:

    >>> words = [f"kata{number}" for number in range(60)]
    >>> other = ["lain"] + words[1:30] + ["lain"] + words[31:]
    >>> found = compare([Text("a", " ".join(words)), Text("b", " ".join(other))], PROSE)
    >>> [(pair.first.student, pair.second.student, round(pair.share, 3), pair.tokens) for pair in found.pairs]
    [('a', 'b', 0.967, 58)]
    >>> [passage.tokens for passage in found.pairs[0].passages]
    [29, 29]
    >>> compare([Text("a", " ".join(words)), Text("b", " ".join(other))], PROSE, known=[" ".join(words)]).pairs
    ()
    """
    given = {gram for text in known for gram in _grams(method.tokens(text), method.gram)}
    split = [_Split(text, method) for text in texts]
    often = Counter(gram for one in split for gram in set(one.grams))
    limit = _limit(sum(len(one.tokens) >= method.least for one in split))
    common = {gram for gram, count in often.items() if count > limit} - given
    for one in split:
        one.set_aside(given | common, method.gram)
    long = [one for one in split if one.own >= method.least]
    pairs, compared = [], 0
    for a, b in _candidates([one.prints(method) for one in long], method):
        compared += 1
        one, two = long[a], long[b]
        runs = _runs(one, two, method.gram)
        share = sum(length for *_, length in runs) / min(one.own, two.own)
        if share >= method.share:
            pairs.append(Pair(one.text, two.text, share, tuple(_passage(one, two, *run) for run in runs)))
    pairs.sort(key=lambda pair: (-pair.share, -pair.tokens, pair.first.student, pair.second.student))
    return Found(tuple(pairs), len(long), compared, tuple(_shown(split, common, often, method.gram)), limit)


class _Split:
    """A text in tokens, with what of it is its author's own."""

    def __init__(self, text: Text, method: Method) -> None:
        self.text = text
        self.tokens = method.tokens(text.source)
        self.grams = _grams(self.tokens, method.gram)
        self.words: list[str | None] = [token.word for token in self.tokens]

    @property
    def own(self) -> int:
        """How many tokens are the author's."""
        return sum(word is not None for word in self.words)

    def set_aside(self, taken: set[int], gram: int) -> None:
        """Blank what comes from elsewhere."""
        for at, number in enumerate(self.grams):
            if number in taken:
                self.words[at : at + gram] = [None] * gram

    def prints(self, method: Method) -> set[int]:
        """The fingerprints of what is left, stretch by stretch."""
        found: set[int] = set()
        run: list[int] = []
        for at in range(len(self.grams) + 1):
            if at < len(self.grams) and None not in self.words[at : at + method.gram]:
                run.append(self.grams[at])
            else:
                found.update(run[place] for place in winnow(run, method.sure - method.gram + 1))
                run = []
        return found

    def first_places(self, gram: int) -> dict[int, int]:
        """Where each run of tokens that is left stands first."""
        found: dict[int, int] = {}
        for at, number in enumerate(self.grams):
            if number not in found and None not in self.words[at : at + gram]:
                found[number] = at
        return found


def _grams(tokens: Sequence[Token], gram: int) -> list[int]:
    """A number for each run of tokens; the same in every process, unlike ``hash``."""
    words = [token.word for token in tokens]
    return [
        int.from_bytes(hashlib.blake2b("\0".join(words[at : at + gram]).encode(), digest_size=8).digest(), "big")
        for at in range(len(words) - gram + 1)
    ]


def _limit(texts: int) -> int:
    """In how many texts a passage may stand: half of a small class, then ten, then one in twenty."""
    return min(max(10, texts // 20), max(3, texts // 2))


def _candidates(prints: Sequence[set[int]], method: Method) -> Iterator[tuple[int, int]]:
    """Pairs that share enough fingerprints to be worth a look: half of what the threshold would give on average."""
    holders = defaultdict(list)
    for place, found in enumerate(prints):
        for one in found:
            holders[one].append(place)
    shared = Counter(pair for places in holders.values() for pair in combinations(places, 2))
    for (a, b), count in sorted(shared.items()):
        if count >= method.share / 2 * min(len(prints[a]), len(prints[b])):
            yield a, b


def _runs(one: "_Split", two: "_Split", gram: int) -> list[tuple[int, int, int]]:
    """Shared runs that don't overlap: start in either, length. What a text repeats counts once: else it takes ages."""
    places = one.first_places(gram), two.first_places(gram)
    ends: dict[int, int] = {}
    found = []
    for number, a in places[0].items():
        b = places[1].get(number)
        if b is None or a < ends.get(a - b, 0):
            continue
        back, length = 0, gram
        while min(a, b) > back and one.words[a - back - 1] == two.words[b - back - 1] is not None:
            back += 1
        while (
            a + length < len(one.words)
            and b + length < len(two.words)
            and one.words[a + length] == two.words[b + length] is not None
        ):
            length += 1
        ends[a - b] = a + length
        found.append((a - back, b - back, back + length))
    return sorted(_apart(found, gram))


def _apart(runs: Iterable[tuple[int, int, int]], gram: int) -> Iterator[tuple[int, int, int]]:
    """The longest runs that share no token, cut where a longer one has taken their edge."""
    left: set[int] = set()
    right: set[int] = set()
    for a, b, length in sorted(runs, key=lambda run: (-run[2], run)):
        free = [at for at in range(length) if a + at not in left and b + at not in right]
        if free and free[-1] - free[0] + 1 == len(free) >= gram:
            left.update(a + at for at in free)
            right.update(b + at for at in free)
            yield a + free[0], b + free[0], len(free)


def _passage(one: _Split, two: _Split, a: int, b: int, length: int) -> Passage:
    """A run as a passage."""
    spans = [(side.tokens[at].start, side.tokens[at + length - 1].end) for side, at in ((one, a), (two, b))]
    return Passage(spans[0], spans[1], length)


def _shown(split: Sequence[_Split], common: set[int], often: Counter[int], gram: int) -> list[tuple[str, int]]:
    """Common passages, each once, as the first text has it."""
    seen: set[int] = set()
    found = []
    for one in split:
        run: list[int] = []
        for at in range(len(one.grams) + 1):
            if at < len(one.grams) and one.grams[at] in common and one.grams[at] not in seen:
                run.append(at)
            elif run:
                passage = one.text.source[one.tokens[run[0]].start : one.tokens[run[-1] + gram - 1].end]
                found.append((passage, min(often[one.grams[place]] for place in run)))
                seen.update(one.grams[place] for place in run)
                run = []
    return sorted(found, key=lambda passage: -passage[1])
