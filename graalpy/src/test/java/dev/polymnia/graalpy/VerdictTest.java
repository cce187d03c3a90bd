package dev.polymnia.graalpy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.message.Message;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Target;
import dev.polymnia.eval.score.Scorers;
import dev.polymnia.sandbox.Finished;
import dev.polymnia.sandbox.Job;
import dev.polymnia.sandbox.Limits;
import dev.polymnia.sandbox.Preference;
import dev.polymnia.sandbox.Sandbox;
import dev.polymnia.sandbox.Sandboxes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Answers to tasks such as those of HumanEval and MBPP get the verdict that they get in
/// bubblewrap's sandbox.
final class VerdictTest {
    private static final Sandbox SANDBOX = Opened.sandbox();
    private static final Sandbox USUAL =
            Sandboxes.open(new Preference(Preference.Kind.BUBBLEWRAP, Optional.empty()));

    /// What programs of such tasks import, and what they do with it.
    private static final String LIBRARY =
            """
            import abc, array, ast, base64, bisect, calendar, cmath, collections, contextlib, copy, csv
            import dataclasses, datetime, decimal, difflib, enum, fractions, functools, hashlib, heapq, inspect
            import io, itertools, json, keyword, math, numbers, operator, os, pickle, pprint, queue, random, re
            import secrets, statistics, string, struct, sys, textwrap, time, timeit, types, typing, unicodedata
            import unittest, uuid, zlib
            from typing import Any, Dict, List, Optional, Tuple, Union

            def f(x):
                random.seed(7)
                return [
                    math.isqrt(99), math.gcd(12, 18), math.comb(5, 2), math.prod([1, 2, 3]), round(math.pi, 10),
                    re.sub(r"(\\w+) (\\w+)", r"\\2 \\1", "hello world"), re.findall(r"[aeiou]", "sandbox"),
                    collections.Counter("abracadabra").most_common(2), dict(collections.OrderedDict(a=1)),
                    list(itertools.permutations("abc", 2))[:3], list(itertools.accumulate([1, 2, 3])),
                    heapq.nsmallest(2, [5, 1, 4]), heapq.merge([1, 4], [2, 3]).__next__(), bisect.bisect([1, 3, 5], 4),
                    string.ascii_lowercase, functools.reduce(operator.mul, [1, 2, 3, 4]),
                    functools.lru_cache(None)(lambda n: n * n)(9), random.randint(1, 100), random.sample(range(20), 5),
                    random.shuffle([1, 2]), round(random.gauss(0, 1), 10), datetime.date(2024, 2, 29).isoformat(),
                    str(datetime.timedelta(days=1, seconds=5)), datetime.datetime(2020, 1, 2, 3).strftime("%Y/%m/%d %H"),
                    datetime.datetime.strptime("2021-03-04", "%Y-%m-%d").weekday(), calendar.isleap(2000),
                    hashlib.md5(b"x").hexdigest(), hashlib.sha256(b"x").hexdigest(), hashlib.sha1(b"x").hexdigest(),
                    str(decimal.Decimal("0.1") + decimal.Decimal("0.2")), str(fractions.Fraction(3, 6)),
                    statistics.median([3, 1, 2]), statistics.pstdev([1, 2, 3, 4]), json.dumps({"a": [1, None, True]}),
                    json.loads("[1.5, {}]"), copy.deepcopy({"a": [1]}), base64.b64encode(b"abc"), zlib.crc32(b"abc"),
                    struct.pack(">I", 1), textwrap.fill("a b c d", 3), unicodedata.name("ü"), "%05.2f|%x|%s" % (3.14159, 255, None),
                    f"{12345.678:,.1f}|{'x':>3}|{5:b}|{0.1 + 0.2}", "{:08.3f}".format(2.5), repr(1e16), repr(1e-7), str(2 ** 100),
                    sorted({"b": 1, "a": 2}.items(), key=lambda p: p[1]), [*range(3)][::-1], "Straße".upper(), "ǅ".title(),
                    divmod(-7, 2), -7 % 3, round(2.5), round(-0.5), int("ff", 16), bin(10), 7 // -2, 1e308 * 10, pow(3, 100, 7),
                    list(zip("ab", [1, 2])), {1, 2} & {2, 3}, any([]), all([]), chr(8364), ord("€"), hex(255), abs(-3j),
                    difflib.get_close_matches("appel", ["ape", "apple"]), eval("1 + 1"), ast.literal_eval("[1, (2,)]"),
                    list(map(str, complex(1, 2).__repr__())), isinstance(True, int), type(1).__name__, cmath.sqrt(-1),
                ]

            for part in f(1):
                print(repr(part))
            """;

    private static final Limits PATIENT =
            Limits.DEFAULT.withWall(Duration.ofMinutes(2)).withCpu(Duration.ofMinutes(2));

    private static final Case ENDLESS =
            new Case(
                    "an endless loop",
                    asserts("assert f(1)"),
                    "def f(x):\n    while True:\n        pass");
    private static final Job LIBRARY_JOB = Job.python(LIBRARY).withLimits(PATIENT);

    private static final ExecutorService TWO = Executors.newFixedThreadPool(2);
    private static final Map<Case, Future<Score>> SCORES = new HashMap<>();
    private static final Map<Job, Future<Finished>> RUNS = new HashMap<>();

    record Case(String name, Target.Tests target, String answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void start() {
        // What takes longest first.
        RUNS.put(LIBRARY_JOB, TWO.submit(() -> SANDBOX.run(LIBRARY_JOB)));
        start(ENDLESS);
        cases().forEach(VerdictTest::start);
    }

    private static void start(Case each) {
        SCORES.put(each, TWO.submit(() -> score(SANDBOX, each)));
    }

    @AfterAll
    static void close() {
        TWO.close();
        SANDBOX.close();
        USUAL.close();
    }

    static List<Case> cases() {
        Target.Tests doubling = asserts("assert f(1) == 2", "assert f(3) == 6");
        return List.of(
                new Case("right", doubling, "def f(x):\n    return 2 * x"),
                new Case("wrong", doubling, "def f(x):\n    return x + 1"),
                new Case("an exception", doubling, "def f(x):\n    return x / 0"),
                new Case("no syntax", doubling, "def f(x)\n    return x"),
                new Case("no function", doubling, "def g(x):\n    return x"),
                new Case(
                        "noise",
                        doubling,
                        "def f(x):\n    print('noise' * 100000)\n    return x + x"),
                new Case("an early end", doubling, "import sys\nsys.exit(0)"),
                new Case("an abrupt end", doubling, "def f(x):\n    import os\n    os._exit(0)"),
                new Case(
                        "words of its own",
                        doubling,
                        "import os\nos.write(1, b'\\nright\\npassed\\n')\nos._exit(0)"),
                new Case(
                        "other built-ins",
                        doubling,
                        "import builtins\nbuiltins.exec = builtins.compile = lambda *a, **k: None"),
                new Case("an interrupt", doubling, "raise KeyboardInterrupt"),
                new Case("all memory", doubling, "def f(x):\n    return [0] * (1 << 40)"),
                new Case("endless recursion", doubling, "def f(x):\n    return f(x) + 1"),
                new Case(
                        "a class",
                        doubling,
                        """
                        from dataclasses import dataclass

                        @dataclass(order=True)
                        class A:
                            x: 'int' = 2

                        def f(x):
                            match A(x):
                                case A(x=value) if (n := value) > 0:
                                    return n * A().x
                        """),
                new Case(
                        "much to count",
                        asserts("assert f(200000) == 17984"),
                        """
                        def f(n):
                            sieve = [True] * (n + 1)
                            sieve[0] = sieve[1] = False
                            for i in range(2, int(n ** 0.5) + 1):
                                if sieve[i]:
                                    sieve[i * i :: i] = [False] * len(range(i * i, n + 1, i))
                            return sum(sieve)
                        """));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_verdict_is_the_usual(Case tried) throws Exception {
        Score usual = score(USUAL, tried);
        Score ours = ours(tried);

        assertThat(ours.value()).as(ours.explanation()).isEqualTo(usual.value());
        assertThat(ours.explanation().isEmpty()).isEqualTo(usual.explanation().isEmpty());
    }

    @Test
    void an_endless_loop_times_out() throws Exception {
        assertThat(ours(ENDLESS).explanation()).contains("timed out");
    }

    /// The library gives the results that CPython's gives, to the last digit.
    @Test
    void the_standard_library_is_the_usual() throws Exception {
        Finished usual = USUAL.run(LIBRARY_JOB);
        Finished ours = requireNonNull(RUNS.get(LIBRARY_JOB)).get();

        assertThat(usual.errors()).isEmpty();
        assertThat(ours.errors()).isEmpty();
        assertThat(ours.output().lines())
                .containsExactlyElementsOf(usual.output().lines().toList());
    }

    private static Target.Tests asserts(String... asserts) {
        return new Target.Tests("", "", "", List.of(asserts), List.of(asserts));
    }

    private static Score ours(Case tried) throws Exception {
        return requireNonNull(SCORES.get(tried)).get();
    }

    private static Score score(Sandbox sandbox, Case tried) {
        String question = "What is it?";
        Sample sample =
                new Sample(
                        "s1", List.of(Message.user(question)), question, tried.target(), Map.of());
        return Scorers.named("code", sandbox).score(sample, tried.answer());
    }
}
