import ast
import base64
import copy
import hashlib
import io
import os
import random
import signal
import sys
import types

# So many calls, and so many tests, may hang; more would use up the time of the whole run.
MOST_HUNG, MOST_TESTS_HUNG = 8, 2


def run(program, tests, names, question, prefix, name):
    write, leave, execute = os.write, os._exit, exec
    longest, most_inputs = 2000, 24

    def tell(kind, words):
        line = kind + " " + " ".join(words.split())[:300]
        write(1, (line + "\n").encode("utf-8", "replace"))
        leave(0)

    def alarm(*_):
        raise TimeoutError("it takes too long")

    def limited(seconds, action):
        # Where there are no alarms, only the time of the whole run is limited.
        alarms = hasattr(signal, "setitimer")
        if alarms:
            signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            return action()
        finally:
            if alarms:
                signal.setitimer(signal.ITIMER_REAL, 0)

    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, alarm)
    sys.stdout = io.StringIO()
    sys.stderr = io.StringIO()
    sys.stdin = io.StringIO("")
    told, asked = examples(question, names, signature(prefix, name))
    tests = merged(tests, told)
    module = types.ModuleType("candidate")
    sys.modules["candidate"] = module
    space = module.__dict__
    try:
        code = compile(program, "<program>", "exec", dont_inherit=True)
        limited(2, lambda: execute(code, space))
    except BaseException as error:
        tell("@FAILURE@", type(error).__name__ + ": " + str(error))

    passed, first, hung = 0, "", 0
    for test in tests:
        if hung == MOST_TESTS_HUNG:
            break
        try:
            limited(1, lambda: execute(compile(test, "<test>", "exec"), space))
            passed += 1
        except BaseException as error:
            first = first or test.strip() + ": " + type(error).__name__
            hung += isinstance(error, TimeoutError)

    # The arguments of the calls that the question shows, and others like them.
    draws = random.Random(0)

    def varied(value):
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
                items[at] = varied(items[at])
            elif kind == 4:
                items = []
            return type(value)(items)
        if isinstance(value, dict):
            return {key: varied(each) for key, each in list(value.items())[: len(value) - draws.randrange(2)]}
        return value

    calls = []
    for test in tests + asked:
        try:
            tree = ast.parse(test)
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                if callable(space.get(node.func.id)) and not node.keywords:
                    try:
                        calls.append((node.func.id, [ast.literal_eval(each) for each in node.args]))
                    except ValueError:
                        pass
    inputs = list(calls)
    for i in range(most_inputs if calls else 0):
        name, given = calls[i % len(calls)]
        changed = copy.deepcopy(given)
        if changed:
            at = draws.randrange(len(changed))
            changed[at] = varied(changed[at])
        inputs.append((name, changed))

    seen, hung = hashlib.sha256(), 0
    for name, given in inputs:
        if hung == MOST_HUNG:
            break
        try:
            value = limited(0.2, lambda: space[name](*copy.deepcopy(given)))
            words = repr(value)[:longest]
        except BaseException as error:
            words = "!" + type(error).__name__
            hung += isinstance(error, TimeoutError)
        seen.update(words.encode("utf-8", "replace") + b"\0")
    if not inputs:
        # Nothing to be called: programs that read alike behave alike.
        seen.update(ast.dump(ast.parse(program)).encode("utf-8", "replace"))
    tell("@RESULT@", "%d %d %s %s" % (passed, len(tests), seen.hexdigest()[:8], first))


def text(encoded):
    return base64.b64decode(encoded).decode("utf-8")


run(
    text("@PROGRAM@"),
    [text(each) for each in "@TESTS@".split()],
    set("@NAMES@".split()),
    text("@QUESTION@"),
    text("@PREFIX@"),
    "@NAME@",
)
