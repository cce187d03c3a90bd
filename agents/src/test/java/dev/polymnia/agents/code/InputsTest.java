package dev.polymnia.agents.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What candidates are called with, and how what they return is compared, in real Python.
final class InputsTest {
    @Test
    void what_is_equal_reads_alike() {
        assertThat(
                        DriverFixture.run(
                                """
                                import collections
                                class Plain:
                                    def __init__(self, x): self.x = x
                                Pair = collections.namedtuple("Pair", "x y")
                                alike = [
                                    (6, 6.0), (0.1 + 0.2, 0.3), (0.0, -0.0), (10**20, 1e20), ([6, (1,)], [6.0, (1.0,)]),
                                    ({1, 2, 9}, {9, 2, 1}), ({"a", "b"}, frozenset("ba")),
                                    ({"a": 1, "b": 2}, {"b": 2, "a": 1.0}), (Pair(1, 2), (1, 2)),
                                    (Plain(1), Plain(1)), (map(str, [1]), (each for each in ["1"])), (len, len),
                                    (lambda: 1, lambda: 1), (10**5000, 10**5000),
                                ]
                                apart = [
                                    (True, 1), (False, 0), (None, "None"), ("1", 1), ([1], (1,)), ([], ""), ({}, set()),
                                    (0.3, 0.31), ([1, 2], [2, 1]), (Plain(1), Plain(2)), (iter([1]), iter([2])),
                                    (float("inf"), float("nan")), (10**20, 10**20 + 1), (b"a", "a"), (1j, 2j),
                                ]
                                print([each for each in alike if words(each[0]) != words(each[1])])
                                print([each for each in apart if words(each[0]) == words(each[1])])
                                """))
                .isEqualTo("[]\n[]\n");
    }

    @Test
    void what_a_test_has_around_a_call_is_put_around_what_is_compared() {
        assertThat(
                        DriverFixture.run(
                                """
                                cases = [
                                    ("assert f(1) == [1, 2]", [2, 1], [1, 2], False),
                                    ("assert f(1) == [1, 2]", (1, 2), [1, 2], False),
                                    ("assert set(f(1)) == {1, 2}", (2, 1), [1, 2], True),
                                    ("assert set(f(1)) == set([1, 2])", iter([2, 1]), [1, 2], True),
                                    ("assert set(f(1)) == {1, 2}", [1, 3], [1, 2], False),
                                    ("assert sorted(f(1)) == [1, 2]", [2, 1], {1, 2}, True),
                                    ("assert sorted(f(1), reverse=True) == [2, 1]", [2, 1], (1, 2), True),
                                    ("assert tuple(sorted(f(1))) == (1, 2)", [2, 1], (1, 2), True),
                                    ("assert [1, 2] == list(f(1))", (1, 2), [1, 2], True),
                                    ("assert round(f(1), 2) == 0.33", 0.333, 0.3333, True),
                                    ("assert round(f(1), 2) == 0.33", 0.333, 0.343, False),
                                    ("assert abs(f(1) - 0.5) < 1e-3", 0.50001, 0.5, True),
                                    ("assert abs(0.5 - f(1)) <= 1e-3", 0.50001, 0.5, True),
                                    ("assert abs(f(1) - 0.5) < 1e-3", 0.502, 0.5, False),
                                    ("assert math.isclose(f(1), 5e5, rel_tol=0.01)", 5.0001e5, 5e5, True),
                                    ("assert math.isclose(f(1), 5e5, rel_tol=0.01)", 5.1e5, 5e5, False),
                                    ("assert math.isclose(f(1), 0.5, abs_tol=0.01)", 0.5001, 0.5, True),
                                    ("assert math.isclose(f(1), 0.5)", 0.5 + 1e-12, 0.5, True),
                                    ("assert set(f(1)) == {1}", None, None, True),
                                    ("assert set(f(1)) == {1}", None, 0, False),
                                    ("assert len(f(1)) == 2", [1, 2], [1, 3], False),
                                    ("assert abs(f(1)) == 2", -2, 2, False),
                                ]
                                for test, one, other, alike in cases:
                                    (name, given, forms), = calls_in(ast.parse(test), {"f"})
                                    assert (name, given) == ("f", [1])
                                    if (compared(one, forms) == compared(other, forms)) != alike:
                                        print(test, one, other)
                                """))
                .isEmpty();
    }

    @Test
    void where_no_call_is_shown_annotations_tell_inputs_the_edges_first() {
        assertThat(
                        DriverFixture.run(
                                """
                                def begin(arguments):
                                    head = "def f(%s): pass" % arguments
                                    return [given for _, given, _ in inputs([], "f", signature(head, "f"))]

                                for each in [
                                    "n: int", "x: float", "s: str", "b: bool", "xs: List[int]", "xs: 'list[str]'", "xs: list",
                                    "t: Tuple[int, str]", "t: tuple[int, ...]", "d: Dict[str, int]", "s: typing.Set[int]",
                                    "o: Optional[int]", "u: int | None", "n: int, s: str", "n: int, m: int = 3", "x: Any",
                                ]:
                                    made = begin(each)
                                    assert len(made) == 24 and made == begin(each)
                                    print(each, "->", *made[:5])
                                for each in ["x", "n: int, x", "f: Callable", "", "*xs: int", "n: int, *, k: int", "s: Set[List[int]]",
                                             "x: " + "List[" * 9 + "int" + "]" * 9]:
                                    assert begin(each) == []
                                """))
                .isEqualTo(
                        """
                        n: int -> [0] [1] [-1] [2] [10]
                        x: float -> [0.0] [1.0] [-1.0] [0.5] [70.95]
                        s: str -> [''] ['a'] ['Ab'] ['a b'] ['121']
                        b: bool -> [False] [True] [False] [True] [True]
                        xs: List[int] -> [[]] [[0]] [[1]] [[0, 1, -1, 2, 10]] [[1, 1]]
                        xs: 'list[str]' -> [[]] [['']] [['a']] [['', 'a', 'Ab', 'a b', '121']] [['a', 'a']]
                        xs: list -> [[]] [[0]] [[1]] [[0, 1, -1, 2, 10]] [[1, 1]]
                        t: Tuple[int, str] -> [(0, '')] [(1, 'a')] [(-1, 'Ab')] [(2, 'a b')] [(10, '121')]
                        t: tuple[int, ...] -> [()] [(0,)] [(1,)] [(0, 1, -1, 2, 10)] [(1, 1)]
                        d: Dict[str, int] -> [{}] [{'': 0}] [{'a': 1}] [{'': 0, 'a': 1, 'Ab': -1, 'a b': 2, '121': 10}] [{'a': 1}]
                        s: typing.Set[int] -> [set()] [{0}] [{1}] [{0, 1, 2, 10, -1}] [{1}]
                        o: Optional[int] -> [None] [0] [1] [-1] [2]
                        u: int | None -> [0] [1] [-1] [2] [10]
                        n: int, s: str -> [0, ''] [1, 'a'] [-1, 'Ab'] [2, 'a b'] [10, '121']
                        n: int, m: int = 3 -> [0] [1] [-1] [2] [10]
                        x: Any -> [0] [''] [[]] [1] ['a']
                        """);
    }

    @Test
    void inputs_that_annotations_tell_are_small_and_of_the_kind() {
        assertThat(
                        DriverFixture.run(
                                """
                                arguments = signature("def f(n: int, xs: List[str], d: Dict[str, float]): pass", "f")
                                for _, (n, xs, d), forms in inputs([], "f", arguments):
                                    assert type(n) is int and abs(n) <= 100 and not forms
                                    assert len(xs) <= 10 and all(type(x) is str and len(x) <= 8 for x in xs)
                                    assert len(d) <= 10 and all(type(key) is str for key in d)
                                    assert all(type(each) is float for each in d.values())
                                """))
                .isEmpty();
    }
}
