import ast
import builtins
import re

# What a question shows of the function that is asked for: `f(1) == 2`, `f(1) returns 2`, and the
# like. It is read before a candidate runs, so that it is the same for all of them.

UNREADABLE = (SyntaxError, ValueError, TypeError, MemoryError, RecursionError)
LONGEST_LINE, MOST_CLOSINGS, MOST_EXAMPLES = 1000, 64, 40

# What may stand before an example: anything else could turn its meaning.
BEFORE = r"""
    (?: \"{3} | '{3} )? \s*
    (?: (?: [-*+\#\u2022] | \(?\d{1,2}[.):] ) \s+ )?
    (?: (?i: (?: for\s+ )? (?: example | instance ) s? (?: \s+\d+ )? | e\.g\. | for ) \s* [:,]? \s+ )?"""

# A heading that turns the meaning of what stands below it.
TURNS = re.compile(
    r"(?i)\b(?:not|never|wrong|wrongly|incorrect|incorrectly|invalid|bad|bugs?|buggy|broken|fails?|actual|actually|currently|at present)\b.*:$"
)

# "the output should be", "returns"
COMES_TO = r"""
    (?: (?:the\s+)? (?: output | result | answer | function ) \s+ | it\s+ )?
    (?: (?: should | must | will ) \s+ )?
    (?: be | is | returns? | gives? | equals? ) \b :?"""

SAID = re.compile(
    r"`? (?: \s* (?P<sign> ={1,3}>? | -{1,2}> | [\u279e\u2192\u21d2] ) | ,?\s+ (?i: %s ) ) (?P<value> .* )" % COMES_TO,
    re.VERBOSE,
)
GIVEN = re.compile(
    r"%s (?i: for | given | with ) \s+ (?P<given> \S .*? ) ,?\s+ (?i: %s ) (?P<value> .* )" % (BEFORE, COMES_TO),
    re.VERBOSE,
)

# "Input: n = 5, k = 3", "**Output:** `2`"
INPUT = r"[\s*_-]* (?i: input ) s? [\s*_]* : [\s*_`]*"
OUTPUT = r"[\s*_`,;=>-]* (?i: (?: expected\s+ )? output ) s? [\s*_]* : [\s*_]* `? (?P<value> .* )"
INPUT_LINE = re.compile(r"%s (?P<given> [^\s*_`] .* )" % INPUT, re.VERBOSE)
OUTPUT_LINE = re.compile(OUTPUT, re.VERBOSE)
INPUT_AND_OUTPUT = re.compile(r"%s (?P<given> [^\s*_`] .*? ) %s" % (INPUT, OUTPUT), re.VERBOSE)

# A line that goes on with the one before: prose, or the rest of a formula. A label does not.
GOES_ON = re.compile(r"(?!(?:[a-z]+\s*:|assert\b|def\b))[a-z=+/<>&|%)\]},]")


def parsed(text):
    try:
        return ast.parse(text, mode="eval").body
    except UNREADABLE:
        return None


def is_literal(node):
    try:
        ast.literal_eval(node)
    except UNREADABLE:
        return False
    return not any(isinstance(each, ast.Constant) and each.value is ... for each in ast.walk(node))


def has_literals(call):
    return all(map(is_literal, call.args)) and all(each.arg and is_literal(each.value) for each in call.keywords)


# Takes off what may stand behind a value: the end of the docstring, a full stop, but no ellipsis.
def ended(text):
    text = text.rstrip()
    if text.endswith(('"""', "'''")):
        text = text[:-3].rstrip()
    text = text.removesuffix("`")
    if text.endswith((".", ",", ";")) and not text.endswith(".."):
        text = text[:-1]
    return text.removesuffix("`")


# Returns the only value of a text, which may have a comment behind it; None if there is more.
def value_in(text):
    for each in (ended(text), text):
        # In brackets several values are told from one.
        held = parsed("[" + each.lstrip(" `") + "\n]")
        if isinstance(held, ast.List) and len(held.elts) == 1 and is_literal(held.elts[0]):
            return held.elts[0]
    return None


# Returns the call that a text begins with, and the rest.
def call_in(text):
    for closing in list(re.finditer(r"\)", text))[:MOST_CLOSINGS]:
        call = parsed(text[: closing.end()])
        if isinstance(call, ast.Call):
            return call, text[closing.end() :]
    return None, ""


# Returns the arguments of the function that a prefix begins; None if there is none.
def signature(prefix, name):
    for text in (prefix, prefix + "\n    pass\n"):
        try:
            body = ast.parse(text).body
        except UNREADABLE:
            continue
        functions = [each for each in body if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef))]
        return next((each.args for each in reversed(functions) if each.name == name), None)
    return None


# Returns the call with the arguments that a text lists, `n = 5, k = 3` or `5, 3`; None if they are not
# those of the function.
def call_with(text, name, arguments):
    call = parsed("%s(%s\n)" % (name, ended(text)))
    if arguments is None or not isinstance(call, ast.Call) or not has_literals(call):
        return None
    known = [each.arg for each in arguments.posonlyargs + arguments.args]
    named = {each.arg: each.value for each in call.keywords}
    count = len(call.args) + len(named)
    if not max(1, len(known) - len(arguments.defaults)) <= count <= len(known):
        return None
    if named and (call.args or set(named) != set(known[:count])):
        return None
    return ast.Call(call.func, [named[each] for each in known[:count]] if named else call.args, [])


# Returns an example of doctest that has a comment, which the caller has not read; None if it is no such.
def commented(lines, at):
    shown = lines[at][4:]
    following = lines[at + 1 : at + 3] + ["", ""]
    if "#" not in shown or "doctest:" in shown or not re.match(r"$|>>>|\"{3}|'{3}", following[1]):
        return None
    call, value = parsed(shown), value_in(following[0])
    returns = isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id != "print"
    return (call, value) if value and returns else None


# Returns the examples as assertions, and the calls whose values could not be told.
#
# names: what may be called; only one of them is to be defined
# arguments: of the function, None if they are not known
def examples(question, names, arguments):
    known = list(names) if len(names) == 1 else [each for each in names if not hasattr(builtins, each)]
    if len(known) != 1:
        return [], []
    name = known[0]
    begin = re.compile(r"%s `? (?= %s \s? \( )" % (BEFORE, re.escape(name)), re.VERBOSE)
    lines = [line.strip() if len(line) <= LONGEST_LINE else "" for line in question.splitlines()]
    found, calls, general, turned = [], [], False, False

    def goes_on(at):
        line = lines[at] if at < len(lines) else ""
        return GOES_ON.match(line) and not any(each.match(line) for each in (begin, GIVEN, INPUT_LINE))

    # Returns the call in a line, what is said of it, and how many lines that takes.
    def read(at):
        start = begin.match(lines[at])
        if start:
            call, rest = call_in(lines[at][start.end() :])
            return call, SAID.match(rest), 1
        match = INPUT_AND_OUTPUT.match(lines[at]) or GIVEN.match(lines[at])
        if match:
            return call_with(match["given"], name, arguments), match, 1
        match = INPUT_LINE.match(lines[at])
        if match:
            below = next((i for i in (1, 2) if any(lines[at + i : at + i + 1])), 0)
            said = OUTPUT_LINE.match(lines[at + below])
            return call_with(match["given"], name, arguments) if said else None, said, 1 + below
        return None, None, 1

    for at, line in enumerate(lines):
        turned = bool(TURNS.search(line)) if line.endswith(":") else turned
        example = commented(lines, at) if line.startswith(">>> ") else None
        if example:
            found.append(example + (">>>",))
            continue
        call, said, taken = read(at)
        sign = said.groupdict().get("sign") if said else None
        if call is None:
            continue
        if not has_literals(call):
            # `f(n) = f(n - 1) + 1` defines, and `f(1) = 3` may be part of that.
            general = general or sign == "="
            continue
        told = said and not turned and not goes_on(at + taken)
        value = value_in(said["value"]) if told else None
        if value is None:
            calls.append(call)
        else:
            found.append((call, value, sign))

    values = {}
    for call, value, _ in found:
        values.setdefault(ast.unparse(call), set()).add(ast.unparse(value))
    tests = []
    for call, value, sign in found:
        # Of two values for one call, one is wrong.
        if len(values[ast.unparse(call)]) == 1 and not (general and sign == "="):
            tests.append("assert %s == %s" % (ast.unparse(call), ast.unparse(value)))
        else:
            calls.append(call)
    return unique(tests), unique(map(ast.unparse, calls))


def unique(texts):
    return list(dict.fromkeys(texts))[:MOST_EXAMPLES]


# Returns the tests, and behind them those of the examples that are none of them.
def merged(tests, others):
    known = set()
    for test in tests:
        try:
            known.add(ast.dump(ast.parse(test)))
        except UNREADABLE:
            continue
    return tests + [each for each in others if ast.dump(ast.parse(each)) not in known]
