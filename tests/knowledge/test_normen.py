"""National norms: "now" is the newest version that holds on the date of the clock."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import ContentError
from knowledge.normen import Norm, load_norms

NORMS = load_norms()
ONE_DAY = timedelta(days=1)
days = st.dates(min_value=date(2019, 1, 1), max_value=date(2030, 12, 31))


def _page(norm: Norm, day: date) -> str | None:
    version = norm.on(day)
    return version.page if version else None


@given(days, st.sampled_from(sorted(NORMS)))
def test_now_is_the_newest_version_that_holds(day: date, slug: str) -> None:
    norm = NORMS[slug]
    holding = [v for v in norm.versions if (v.start or date.min) <= day and (v.end is None or v.end >= day)]
    chosen = norm.on(day)
    assert (chosen is None) == (holding == [])
    if chosen is not None:
        assert chosen in holding
        assert all((version.start or date.min) <= (chosen.start or date.min) for version in holding)


@pytest.mark.parametrize("slug", sorted(NORMS))
def test_on_the_day_of_a_switch_the_new_version_holds_and_the_day_before_it_does_not(slug: str) -> None:
    norm = NORMS[slug]
    for version in norm.versions:
        if version.start is not None:
            assert norm.on(version.start) == version
            assert norm.on(version.start - ONE_DAY) != version
        if version.end is not None:
            assert norm.on(version.end) is not None
            assert norm.on(version.end + ONE_DAY) != version


def test_the_bijstandsnorm_switches_in_july() -> None:
    norm = NORMS["bijstandsnorm"]
    assert _page(norm, date(2026, 6, 30)) == "landelijk/bijstandsnormen-per-1-januari-2026"
    assert _page(norm, date(2026, 7, 1)) == "landelijk/bijstandsnormen-per-1-juli-2026"
    assert _page(norm, date(2025, 12, 31)) == "landelijk/bijstandsnormen-per-1-juli-2025"


def test_a_year_without_a_known_version_gives_none_rather_than_an_old_one() -> None:
    assert NORMS["vermogensgrens"].on(date(2025, 6, 1)) is None
    assert NORMS["zorgtoeslag"].on(date(2027, 1, 1)) is None


def test_a_norm_without_dates_always_holds() -> None:
    version = NORMS["incassokosten"].on(date(2000, 1, 1))
    assert version is not None
    assert version == NORMS["incassokosten"].on(date(2030, 1, 1))


def test_versions_stand_oldest_first_and_end_after_they_start() -> None:
    for norm in NORMS.values():
        starts = [version.start or date.min for version in norm.versions]
        assert starts == sorted(starts)
        assert len(starts) == len(set(starts)), f"{norm.slug}: two versions start on one day"
        for version in norm.versions:
            assert version.end is None or (version.start or date.min) <= version.end


@pytest.mark.parametrize(
    "text",
    [
        "",
        "slug: x",
        "[x",
        "slug: x\nname: X\nexplanation: X\nversions: [{from: 2026-01-01}]",
        "slug: x\nname: X\nexplanation: X\nversions:\n- source: {url: u, title: t, peildatum: p, zekerheid: hoog}\n"
        "  amounts: [{for_whom: x, cents: 1, period: eeuw}]",
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "normen").mkdir()
    (tmp_path / "normen" / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=r"normen/x\.yaml"):
        load_norms(tmp_path)
