"""Words come from one place, in the language spoken now."""

from collections.abc import Iterator

import pytest

from jejaring.errors import BankError
from jejaring.language import LANGUAGES, language, pick, use_language, word


@pytest.fixture(autouse=True)
def back_to_the_original() -> Iterator[None]:
    yield
    use_language(next(iter(LANGUAGES)))


def test_the_original_is_indonesian() -> None:
    assert next(iter(LANGUAGES)) == language() == "id"


def test_an_unknown_language_is_refused_and_nothing_changes() -> None:
    with pytest.raises(ValueError, match=r"'fr'.*id, en"):
        use_language("fr")
    assert language() == "id"


def test_pick_follows_the_language_and_falls_back_to_the_original() -> None:
    use_language("en")
    assert pick({"id": "kursi", "en": "seat"}) == "seat"
    assert pick({"id": "kursi"}) == "kursi"


def test_braces_without_fields_are_left_alone() -> None:
    assert pick({"id": "himpunan {1, 2}"}) == "himpunan {1, 2}"


def test_an_unknown_word_names_its_neighbours() -> None:
    with pytest.raises(BankError, match=r"exercise\.chekc"):
        word("exercise.chekc")
