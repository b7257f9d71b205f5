"""How passages are ordered: properties of the pure functions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.ranking import (
    RankingWeights,
    best_per_document,
    reciprocal_rank_fusion,
    scope_distance,
    validity_weight,
)
from tests.knowledge.builders import chunk

WEIGHTS = RankingWeights()
ids = st.lists(st.sampled_from("abcdefghijkl"), unique=True, max_size=12)
rankings = st.lists(st.tuples(ids, st.floats(min_value=0.1, max_value=5)), min_size=1, max_size=4)
constants = st.integers(min_value=0, max_value=100)


@given(rankings, constants, st.randoms(use_true_random=False))
def test_the_order_of_the_lists_does_not_matter(
    lists: list[tuple[list[str], float]], constant: int, random: object
) -> None:
    shuffled = list(lists)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert reciprocal_rank_fusion(shuffled, constant) == pytest.approx(reciprocal_rank_fusion(lists, constant))


@given(ids.filter(bool), st.floats(min_value=0.1, max_value=5), constants)
def test_one_list_keeps_its_order_and_its_leader_scores_one(order: list[str], weight: float, constant: int) -> None:
    fused = reciprocal_rank_fusion([(order, weight)], constant)
    assert sorted(fused, key=fused.__getitem__, reverse=True) == order
    assert fused[order[0]] == pytest.approx(1)


@given(rankings, constants)
def test_scores_lie_between_nothing_and_one(lists: list[tuple[list[str], float]], constant: int) -> None:
    fused = reciprocal_rank_fusion(lists, constant)
    assert fused.keys() == {identifier for order, _ in lists for identifier in order}
    assert all(0 < score <= 1 + 1e-9 for score in fused.values())


@given(rankings, constants, st.data())
def test_a_better_place_never_lowers_a_score(
    lists: list[tuple[list[str], float]], constant: int, data: st.DataObject
) -> None:
    candidates = [(i, place) for i, (order, _) in enumerate(lists) for place in range(1, len(order))]
    if not candidates:
        return
    which, place = data.draw(st.sampled_from(candidates))
    order, weight = lists[which]
    risen = order[place]
    better = [*order[: place - 1], risen, order[place - 1], *order[place + 1 :]]
    improved = [*lists[:which], (better, weight), *lists[which + 1 :]]
    before, after = reciprocal_rank_fusion(lists, constant), reciprocal_rank_fusion(improved, constant)
    assert after[risen] > before[risen]


def test_being_in_two_lists_beats_leading_one() -> None:
    fused = reciprocal_rank_fusion([(["a", "b"], 1.0), (["c", "b"], 1.0)], 20)
    assert fused["b"] > fused["a"] == fused["c"]


def test_no_lists_give_no_scores() -> None:
    assert reciprocal_rank_fusion([], 20) == {}
    assert reciprocal_rank_fusion([([], 1.0)], 20) == {}


def test_the_own_gemeente_goes_before_the_region_before_the_country() -> None:
    own, region, country = (
        scope_distance(chunk(f"{scope}/geld#0"), WEIGHTS) for scope in ("enschede", "regio-twente", "landelijk")
    )
    some = scope_distance(chunk("regio-twente/geld#0", only_for=("enschede", "haaksbergen")), WEIGHTS)
    assert 0.0 == own < some < region < country


def test_a_stopped_regeling_sinks_but_stays() -> None:
    assert validity_weight(chunk(), WEIGHTS) == (1.0, ())
    factor, why = validity_weight(chunk(stopped=True), WEIGHTS)
    assert 0 < factor < 1
    assert why == ("gestopt",)


def test_the_best_chunk_of_every_document() -> None:
    first, second, other = chunk("enschede/a#0"), chunk("enschede/a#1"), chunk("enschede/b#0")
    best = best_per_document([(first, 0.2), (second, 0.9), (other, 0.1), (first, 0.5)])
    assert best == {"enschede/a": (second, 0.9), "enschede/b": (other, 0.1)}
