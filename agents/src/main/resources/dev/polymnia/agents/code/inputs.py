import ast
import copy
import itertools
import math
import random
import re

# What a candidate is called with, and how what it returns is compared; behind examples.py.

MOST_INPUTS, LONGEST, DIGITS, DEEPEST = 24, 2000, 12, 4

# What a test may put around a call such that several values pass: it is put around all of them.
FORMS = {each.__name__: each for each in (set, frozenset, sorted, list, tuple, dict, round, int, float, str, bool)}


# Returns a form that rounds to what a tolerance leaves, in places behind the point, or else in digits.
def rounded(tolerance, relative):
    places = max(0, math.floor(-math.log10(tolerance) + 1e-9))
    if relative:
        return lambda value: float(format(value, ".%dg" % max(1, places)))
    return lambda value: round(value, places)


def literal(node):
    return ast.literal_eval(node) if is_literal(node) else None


# Returns the tolerance of `abs(f(1) - 2) < 1e-6` or `math.isclose(f(1), 2)`, whether it is relative, and
# what is compared; None if the test is neither.
def tolerant(node):
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.Lt, ast.LtE)) and len(node.ops) == 1:
        tolerance, left = literal(node.comparators[0]), node.left
        if isinstance(left, ast.Call) and getattr(left.func, "id", "") == "abs" and len(left.args) == 1:
            inner = left.args[0]
            if isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Sub):
                return tolerance, False, [inner.left, inner.right]
    if isinstance(node, ast.Call) and ast.unparse(node.func) in ("math.isclose", "isclose"):
        given = {each.arg: literal(each.value) for each in node.keywords}
        relative = "abs_tol" not in given
        return given.get("rel_tol", 1e-9) if relative else given["abs_tol"], relative, node.args[:2]
    return None


# Yields the calls of the functions in a test: name, arguments, and the forms around it, the inner first.
def calls_in(node, names, forms=()):
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        name = node.func.id
        if name in names and not node.keywords and all(map(is_literal, node.args)):
            yield name, [ast.literal_eval(each) for each in node.args], forms
            return
        if name in FORMS and node.args:
            rest = [literal(each) for each in node.args[1:]]
            named = {each.arg: literal(each.value) for each in node.keywords if each.arg}
            yield from calls_in(node.args[0], names, (lambda value: FORMS[name](value, *rest, **named),) + forms)
            return
    within = tolerant(node)
    if within and isinstance(within[0], (int, float)) and 0 < within[0] < 1:
        for each in within[2]:
            yield from calls_in(each, names, (rounded(*within[:2]),))
        return
    for each in ast.iter_child_nodes(node):
        yield from calls_in(each, names)


# Returns a value like another one.
def varied(value, draws):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return draws.choice([value + 1, value - 1, -value, 0, 2 * value, value // 2])
    if isinstance(value, float):
        return draws.choice([value + 0.5, -value, 0.0, 10 * value])
    if isinstance(value, str):
        return draws.choice([value[::-1], value[: len(value) // 2], value + value, "", value.swapcase()])
    if isinstance(value, (list, tuple)):
        items = list(value)
        kind = draws.randrange(5)
        if kind == 0:
            items.reverse()
        elif kind == 1:
            items = items[: len(items) // 2]
        elif kind == 2:
            items = items + items[:2]
        elif kind == 3 and items:
            at = draws.randrange(len(items))
            items[at] = varied(items[at], draws)
        elif kind == 4:
            items = []
        return type(value)(items)
    if isinstance(value, dict):
        return {key: varied(each, draws) for key, each in list(value.items())[: len(value) - draws.randrange(2)]}
    return value


SEQUENCES = {"list", "sequence", "iterable", "collection", "mutablesequence"}
SETS = {"set", "frozenset", "abstractset", "mutableset"}
MAPPINGS = {"dict", "mapping", "mutablemapping"}
PLAIN = {
    "int": ([0, 1, -1, 2, 10], lambda draws: draws.randint(-20, 100)),
    "float": ([0.0, 1.0, -1.0, 0.5], lambda draws: round(draws.uniform(-20, 100), 2)),
    "str": (["", "a", "Ab", "a b", "121"], lambda draws: "".join(draws.choices("abcxyzABC 0129()", k=draws.randint(2, 8)))),
    "bool": ([False, True], lambda draws: draws.random() < 0.5),
    "none": ([None], lambda draws: None),
    "any": ([0, "", [], 1, "a"], lambda draws: draws.choice([2, -3, "ab", [1, 2]])),
}


# Returns the edge values of an annotation and what draws others; None if it is not known.
def drawn(kind, depth=0):
    if depth > DEEPEST:
        return None
    if isinstance(kind, ast.Constant) and isinstance(kind.value, str):
        kind = parsed(kind.value)
    if isinstance(kind, ast.BinOp) and isinstance(kind.op, ast.BitOr):
        return either([drawn(each, depth + 1) for each in (kind.left, kind.right)])
    inner = []
    if isinstance(kind, ast.Subscript):
        inner = kind.slice.elts if isinstance(kind.slice, ast.Tuple) else [kind.slice]
        kind = kind.value
    name = str(getattr(kind, "id", getattr(kind, "attr", getattr(kind, "value", "")))).lower()
    if name in PLAIN:
        return PLAIN[name]
    parts = [drawn(each, depth + 1) for each in inner]
    if name in ("optional", "union"):
        return either([PLAIN["none"]] * (name == "optional") + parts)
    if name in MAPPINGS:
        return several(together(parts if len(parts) == 2 else [PLAIN["str"], PLAIN["int"]]), dict)
    if name == "tuple" and parts and not (len(inner) == 2 and getattr(inner[1], "value", None) is ...):
        return together(parts)
    one = parts[0] if parts else PLAIN["int"]
    if name == "tuple" or name in SEQUENCES:
        return several(one, tuple if name == "tuple" else list)
    return several(one, set) if name in SETS else None


def either(parts):
    if not parts or None in parts:
        return None
    return [each for edges, _ in parts for each in edges], lambda draws: draws.choice(parts)[1](draws)


def together(parts):
    if None in parts:
        return None
    longest = max(len(edges) for edges, _ in parts)
    edges = [tuple(edges[i % len(edges)] for edges, _ in parts) for i in range(longest)]
    return edges, lambda draws: tuple(draw(draws) for _, draw in parts)


# Returns what draws none, one, or some.
def several(part, kind):
    if part is None:
        return None
    edges, draw = part
    try:
        made = [kind([]), kind(edges[:1]), kind(edges[1:2]), kind(edges), kind(edges[1:2] * 2)]
    except TypeError:
        return None
    return made, lambda draws: kind([draw(draws) for _ in range(draws.randint(2, 6))])


# Returns inputs for the arguments by their annotations, the edge values first; none if one is not known.
def inputs_for(arguments):
    if arguments is None:
        return []
    wanted = arguments.posonlyargs + arguments.args
    wanted = wanted[: len(wanted) - len(arguments.defaults)]
    parts = [drawn(each.annotation) for each in wanted]
    if not parts or None in parts or None in arguments.kw_defaults:
        return []
    draws = random.Random(0)
    edges, draw = together(parts)
    made = [list(each) for each in edges]
    while len(made) < MOST_INPUTS:
        # Some of the arguments are at an edge.
        at_edge = [draws.random() < 0.25 for _ in parts]
        made.append([draws.choice(part[0]) if edge else part[1](draws) for part, edge in zip(parts, at_edge)])
    return made[:MOST_INPUTS]


# Returns what a candidate is called with: name, arguments, forms. The calls that are shown, and others
# like them; if none is shown, what the annotations of the arguments allow.
def inputs(shown, name, arguments):
    if not shown:
        return [(name, given, ()) for given in inputs_for(arguments)]
    made = list(shown)
    draws = random.Random(0)
    for i in range(MOST_INPUTS):
        called, given, forms = shown[i % len(shown)]
        changed = copy.deepcopy(given)
        if changed:
            at = draws.randrange(len(changed))
            changed[at] = varied(changed[at], draws)
        made.append((called, changed, forms))
    return made


# Returns a value in words, such that what is equal reads alike: 6 and 6.0, sets in any order. True is
# not 1, and a list no tuple.
def words(value):
    if value is None or isinstance(value, (bool, str, bytes)):
        return repr(value)
    if isinstance(value, float) and not value.is_integer():
        return format(value, ".%dg" % DIGITS)
    if isinstance(value, (int, float)):
        return format(int(value), "x")
    if isinstance(value, complex):
        return "(%s %sj)" % (words(value.real), words(value.imag))
    if isinstance(value, (list, tuple)):
        some = ", ".join(map(words, value[:LONGEST]))
        return ("[%s]" if isinstance(value, list) else "(%s)") % some
    if isinstance(value, (set, frozenset)):
        return "set(%s)" % ", ".join(sorted(map(words, value)))
    if isinstance(value, dict):
        return "{%s}" % ", ".join(sorted(words(key) + ": " + words(each) for key, each in value.items()))
    if hasattr(value, "__next__"):
        return "each of " + words(list(itertools.islice(value, LONGEST)))
    if type(value).__repr__ is object.__repr__:
        return type(value).__name__ + words(getattr(value, "__dict__", {}))
    return re.sub(r" at 0x[0-9a-fA-F]+", "", repr(value))


# Returns what a value comes to in the forms that the test has around it, in words.
def compared(value, forms):
    came = value
    try:
        for form in forms:
            came = form(came)
    except (TypeError, ValueError, AttributeError, ArithmeticError):
        came = value
    return words(came)[:LONGEST]
