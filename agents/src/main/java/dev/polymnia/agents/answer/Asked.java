package dev.polymnia.agents.answer;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a question asks for, as far as its words tell.
///
/// @param unit the canonical name of the unit that it wants, or empty
/// @param mentioned the canonical names of all units it speaks of
/// @param oneCurrency whether it speaks of no second currency
/// @param grid what numbers are rounded to
/// @param forms how the answer should look
record Asked(String unit, Set<String> mentioned, boolean oneCurrency, Grid grid, Set<Form> forms) {
    private static final int LONGEST = 8000;

    /// How an answer should look.
    enum Form {
        /// A percentage.
        SHARE,
        /// A ratio; no number that is rounded.
        RATIO,
        /// The score of a match, or the like, where `4:2` is not `2:1`.
        SCORE,
        /// An interval; `[1, 3]` is one then.
        INTERVAL,
        /// Several values whose order means nothing.
        SET,
        /// "True" or "false" rather than "yes" or "no".
        TRUTH,
        /// "Yes" or "no", as options or by the way it asks.
        DECISION,
        /// Possibly that there is no answer.
        NO_ANSWER
    }

    private static final Map<Form, Pattern> FORMS =
            new EnumMap<>(
                    Map.of(
                            Form.SHARE,
                            Pattern.compile(
                                    "\\b(?:what|which) (?:is the |was the |will be the )?(?:[a-z]+"
                                        + " )?percent(?:age)?\\b|\\bwhat %|\\b(?:as|in) (?:an? |the"
                                        + " )?(?:[a-z]+ )?percent(?:age)?\\b|\\bhow many"
                                        + " percent\\b|\\b(?:find|calculate|determine|compute|give)"
                                        + " (?:the |a )(?:[a-z]+ )?percentage\\b"),
                            Form.RATIO,
                            Pattern.compile(
                                    "\\b(?:what|find|calculate|determine|give|express|write|in"
                                        + " what)(?: (?:is|was|are|will be|would be))?(?: the|"
                                        + " a)?(?:"
                                        + " (?:simplified|new|final|simplest|reduced|resulting|correct))?"
                                        + " ratio\\b(?! test)|\\bas an?(?: simplified)? ratio\\b"),
                            Form.SCORE,
                            Pattern.compile("\\bscore|\\bmatch\\b|\\bgame\\b|\\bverse\\b"),
                            Form.INTERVAL,
                            Pattern.compile(
                                    "\\binterval|\\binequalit|\\bdomain\\b|\\brange of (?:the"
                                            + " )?(?:function|[a-z]\\b)"),
                            Form.SET,
                            Pattern.compile(
                                    "\\b(?:solutions|roots|zeros|in any order)\\b|\\b(?:all|both)"
                                            + " (?:the )?(?:[a-z]+ )?(?:values|numbers|integers)\\b"
                                            + "|\\bpossible (?:[a-z]+ )?values\\b"),
                            Form.TRUTH,
                            Pattern.compile("\\btrue or false\\b|\\btrue/false\\b")));

    private static final Pattern DECIDING =
            Pattern.compile("\\byes or no\\b|\\byes/no\\b|(?m:^\\W*yes\\W*$)");

    /// "Does she tell the truth?", but not "Is it red or blue?".
    private static final Pattern WHETHER =
            Pattern.compile(
                    "(?:^|[,:;] )(?:do|does|did|is|are|was|were|can|could|will|would|has|have|had"
                            + "|should)\\b(?![^?]*\\bor\\b)[^?,]*\\?$");

    /// Where the order of several values may mean something after all.
    private static final Pattern ORDER =
            Pattern.compile(
                    "(?<!any )\\border|\\bsort|\\bascend|\\bdescend|\\bincreasing|\\bdecreasing"
                            + "|\\brespectively|\\bcoordinate|\\bsequence|\\bfrom (?:the"
                            + " )?(?:smallest|least|lowest|largest|greatest|highest)");

    private static final Pattern WORD = Pattern.compile("[a-z°]+|[$€£¥₹%¢]");
    private static final Pattern HOW_MANY =
            Pattern.compile(
                    "(?:how many|number of|in|what percent\\w*) (?:of the |the |more )?([a-z]+)");
    private static final Pattern ANSWER_IN =
            Pattern.compile(
                    "\\b(?:answer|result|give it|express it)\\b[^.?!\\n]{0,40} in (?:terms of"
                            + " )?([a-z]+)");
    private static final Pattern SENTENCE_END = Pattern.compile("[?!\\n]|\\.(?!\\S)");

    /// Which words ask for which dimension; the first that are found decide.
    private static final List<Dimension> ASKING =
            List.of(
                    new Dimension(Pattern.compile("percent|%"), Unit.Dimension.SHARE),
                    new Dimension(
                            Pattern.compile("how long|how much time|how old"), Unit.Dimension.TIME),
                    new Dimension(
                            Pattern.compile(
                                    "how (?:far|tall|high|wide|deep)|distance|height|width|perimeter"),
                            Unit.Dimension.LENGTH),
                    new Dimension(Pattern.compile("how heavy|weigh"), Unit.Dimension.MASS));

    /// Copies the parts.
    Asked {
        mentioned = Set.copyOf(mentioned);
        forms = Set.copyOf(forms);
    }

    /// Words that ask for a dimension.
    private record Dimension(Pattern words, Unit.Dimension dimension) {}

    /// Reads a question.
    ///
    /// @param question in small letters; of a long one the end counts
    static Asked of(String question) {
        String text = question.substring(Math.max(0, question.length() - LONGEST));
        Set<Unit> units = units(text);
        int start = lastQuestion(text);
        String task = task(text, start);
        String last = sentence(text, start);
        Set<String> mentioned =
                units.stream().map(Unit::symbol).collect(Collectors.toCollection(HashSet::new));
        if (last.contains("daily") || text.contains("every day")) {
            mentioned.add(Unit.DAY.symbol());
        }
        long currencies =
                units.stream().filter(unit -> unit.dimension() == Unit.Dimension.MONEY).count();
        String unit = unit(last, task, units);
        Grid grid = Rounding.asked(task, unit.equals(Unit.CENT.symbol()));
        return new Asked(unit, mentioned, currencies <= 1, grid, forms(text, last, task, grid));
    }

    boolean wants(Form form) {
        return forms.contains(form);
    }

    private static Set<Form> forms(String text, String last, String task, Grid grid) {
        Set<Form> forms = EnumSet.noneOf(Form.class);
        FORMS.forEach((form, words) -> {
            if (words.matcher(task).find()) {
                forms.add(form);
            }
        });
        boolean decides = DECIDING.matcher(task).find() || WHETHER.matcher(last.strip()).find();
        if (decides && !forms.contains(Form.TRUTH)) {
            forms.add(Form.DECISION);
        }
        if (ORDER.matcher(task).find()) {
            forms.remove(Form.SET);
        }
        if (grid instanceof Grid.Step || grid instanceof Grid.Figures) {
            forms.remove(Form.RATIO);
        }
        if (NoAnswer.isReckonedWith(text)) {
            forms.add(Form.NO_ANSWER);
        }
        return forms;
    }

    private static String unit(String last, String task, Set<Unit> all) {
        Optional<String> named = named(HOW_MANY, last).or(() -> named(ANSWER_IN, task));
        if (named.isPresent()) {
            return named.orElseThrow();
        }
        if (last.contains("how old")) {
            return Unit.YEAR.symbol();
        }
        return ASKING.stream()
                .filter(asking -> asking.words().matcher(last).find())
                .findFirst()
                .map(asking -> only(all, asking.dimension()))
                .orElse("");
    }

    private static Optional<String> named(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .filter(word -> !Unit.isAmbiguous(word))
                .flatMap(word -> Unit.named(word).stream())
                .map(Unit::symbol)
                .findFirst();
    }

    /// The unit of a dimension that the question speaks of, if it speaks of one only.
    private static String only(Set<Unit> all, Unit.Dimension dimension) {
        var found = all.stream().filter(unit -> unit.dimension() == dimension).toList();
        return found.size() == 1 ? found.getFirst().symbol() : "";
    }

    private static Set<Unit> units(String text) {
        Set<Unit> units = EnumSet.noneOf(Unit.class);
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            boolean sign = !Character.isLetter(word.group().charAt(0));
            if (sign || !Unit.isAmbiguous(word.group())) {
                Unit.named(word.group()).ifPresent(units::add);
            }
        }
        return units;
    }

    /// Returns where the last sentence with a question mark begins; 0 if there is none.
    private static int lastQuestion(String text) {
        int end = text.lastIndexOf('?');
        while (end > 0 && text.charAt(end - 1) == '?') {
            end--;
        }
        int start = end;
        while (start > 0 && !endsSentence(text, start - 1)) {
            start--;
        }
        return Math.max(0, start);
    }

    private static boolean endsSentence(String text, int at) {
        char c = text.charAt(at);
        boolean inWord = at + 1 < text.length() && !Character.isWhitespace(text.charAt(at + 1));
        return "?!\n".indexOf(c) >= 0 || (c == '.' && !inWord);
    }

    private static String sentence(String text, int start) {
        int end = text.indexOf('?', start);
        return end < 0 ? text : text.substring(start, end + 1);
    }

    /// Returns the last question and what follows it, and the sentences before it that speak of the
    /// answer: "Round your answer to …". The rest tells a story, in which others round.
    private static String task(String text, int start) {
        StringBuilder task = new StringBuilder(text.substring(start));
        for (String sentence : SENTENCE_END.split(text.substring(0, start), -1)) {
            if (sentence.contains("answer")) {
                task.append('\n').append(sentence);
            }
        }
        return task.toString();
    }
}
