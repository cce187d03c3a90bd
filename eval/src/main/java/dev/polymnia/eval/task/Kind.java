package dev.polymnia.eval.task;

import dev.polymnia.agents.code.DocstringExamples;
import dev.polymnia.eval.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What the questions of a task ask for. Immutable.
sealed interface Kind {
    /// What a row asks for, and what the prompt may show of it.
    ///
    /// @param target what the answer is scored against
    /// @param words for places of the prompt, by name
    record Made(Target target, Map<String, String> words) {
        public Made {
            words = Map.copyOf(words);
        }
    }

    /// Returns the names of the words that [#make] gives.
    Set<String> words();

    /// Makes the target of a row.
    ///
    /// @param row of the data
    /// @param id names the sample
    /// @param question as the row has it
    /// @throws dev.polymnia.core.Fault with `INVALID` if a field is missing or not as it should be
    Made make(Row row, String id, String question);

    /// Words or a number.
    ///
    /// @param answer what is right; several are all right, and blank ones are none
    /// @param pattern takes the answer out of the field: its only group at its first match
    /// @param optionsInQuestion whether the question may list options with letters, of which the
    ///   answer names one
    record Question(Several answer, Optional<Pattern> pattern, boolean optionsInQuestion)
            implements Kind {
        @Override
        public Set<String> words() {
            return Set.of();
        }

        @Override
        public Made make(Row row, String id, String question) {
            List<String> accepted =
                    answer.of(row).stream()
                            .filter(text -> !text.isBlank())
                            .map(text -> taken(row, text).strip())
                            .toList();
            if (accepted.isEmpty() || accepted.contains("")) {
                throw row.fault("there is no answer.");
            }
            return new Made(target(question, accepted), Map.of());
        }

        private Target target(String question, List<String> accepted) {
            List<String> options = optionsInQuestion ? Letters.listed(question) : List.of();
            return options.size() > 1
                    ? choice(options, accepted.getFirst())
                    : new Target.Answers(accepted);
        }

        /// Some questions of BIG-Bench Hard list options that are torn apart at commas, and their
        /// answer is none of them. It becomes one more, which can be chosen by its words.
        private static Target choice(List<String> listed, String answer) {
            int letter = Letters.byLetter(answer, listed);
            if (letter >= 0 || listed.contains(answer)) {
                return new Target.Choice(listed, letter >= 0 ? letter : listed.indexOf(answer));
            }
            List<String> options = new ArrayList<>(listed);
            options.add(answer);
            return new Target.Choice(options, listed.size());
        }

        private String taken(Row row, String text) {
            if (pattern.isEmpty()) {
                return text;
            }
            Matcher match = pattern.get().matcher(text);
            if (!match.find() || match.group(1) == null) {
                throw row.fault("the answer does not match '" + pattern.get() + "'.");
            }
            return match.group(1);
        }
    }

    /// One of several options, which the prompt lists.
    ///
    /// @param options their texts
    /// @param right the letter, the number from 0 on, or the text of the right one
    /// @param shuffle whether they are put into another order, which follows from the sample's id;
    ///   for data whose right option is always at the same place
    record Choice(Several options, Expression right, boolean shuffle) implements Kind {
        @Override
        public Set<String> words() {
            return Set.of("options");
        }

        @Override
        public Made make(Row row, String id, String question) {
            List<String> texts = options.of(row).stream().map(String::strip).toList();
            if (texts.size() < 2 || texts.size() > Letters.MOST) {
                throw row.fault(
                        "there are %d options; 2 to %d are possible."
                                .formatted(texts.size(), Letters.MOST));
            }
            String named = right.of(row);
            int index = Letters.index(named, texts);
            if (index < 0) {
                throw row.fault(
                        "the right option is '%s' but the %d options are: %s."
                                .formatted(named, texts.size(), String.join(", ", texts)));
            }
            List<Integer> order = order(id, texts.size());
            List<String> ordered = order.stream().map(texts::get).toList();
            return new Made(
                    new Target.Choice(ordered, order.indexOf(index)),
                    Map.of("options", Letters.lines(ordered)));
        }

        private List<Integer> order(String id, int size) {
            List<Integer> order = new ArrayList<>(IntStream.range(0, size).boxed().toList());
            if (shuffle) {
                Collections.shuffle(order, new Random(Digests.seed(id)));
            }
            return order;
        }
    }

    /// A Python function whose beginning the prompt shows, with a test program that defines
    /// `check(candidate)` (HumanEval).
    ///
    /// @param prefix what the program begins with
    /// @param entryPoint the name of the function
    /// @param tests the test program
    record CodeFunction(Expression prefix, Expression entryPoint, Expression tests)
            implements Kind {
        private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

        @Override
        public Set<String> words() {
            return Set.of();
        }

        @Override
        public Made make(Row row, String id, String question) {
            String name = entryPoint.of(row).strip();
            if (!NAME.matcher(name).matches()) {
                throw row.fault("'" + name + "' is not the name of a function.");
            }
            String program = tests.of(row);
            if (program.isBlank()) {
                throw row.fault("there is no test.");
            }
            String begin = prefix.of(row);
            return new Made(
                    new Target.Tests(
                            begin,
                            name,
                            "",
                            DocstringExamples.asserts(begin),
                            List.of(program.stripTrailing() + "\n\ncheck(" + name + ")\n")),
                    Map.of());
        }
    }

    /// Python code with assertions that call it by its name, of which the prompt shows the first
    /// (MBPP).
    ///
    /// @param imports what the assertions need; empty if nothing
    /// @param tests the assertions
    /// @param shown how many of them the prompt may show, from the first
    record CodeAsserts(Optional<Several> imports, Several tests, int shown) implements Kind {
        @Override
        public Set<String> words() {
            return Set.of("shown");
        }

        @Override
        public Made make(Row row, String id, String question) {
            List<String> all = tests.of(row).stream().map(String::strip).toList();
            if (all.isEmpty() || all.stream().anyMatch(String::isEmpty)) {
                throw row.fault("there is no test, or an empty one.");
            }
            List<String> visible = all.subList(0, Math.min(shown, all.size()));
            String setup = imports.map(lines -> String.join("\n", lines.of(row))).orElse("");
            return new Made(
                    new Target.Tests("", "", setup, visible, all),
                    Map.of("shown", String.join("\n", visible)));
        }
    }

    /// A grid that follows from another one by the rule that examples show (ARC).
    ///
    /// @param examples the field with a list of objects, each with the grids `input` and `output`
    /// @param answer the field with the right grid
    record Grid(String examples, String answer) implements Kind {
        @Override
        public Set<String> words() {
            return Set.of("examples");
        }

        @Override
        public Made make(Row row, String id, String question) {
            StringBuilder shown = new StringBuilder();
            int number = 0;
            for (Row example : row.rows(examples)) {
                number++;
                shown.append(number == 1 ? "" : "\n\n")
                        .append("Example ")
                        .append(number)
                        .append("\nInput: ")
                        .append(example.grid("input"))
                        .append("\nOutput: ")
                        .append(example.grid("output"));
            }
            return new Made(
                    new Target.Answers(List.of(row.grid(answer))),
                    Map.of("examples", shown.toString()));
        }
    }

    /// Instructions that a program can check (IFEval).
    ///
    /// @param ids the field with the list of their kinds
    /// @param arguments the field with the list of their arguments, as many
    record Instructions(Several ids, String arguments) implements Kind {
        @Override
        public Set<String> words() {
            return Set.of();
        }

        @Override
        public Made make(Row row, String id, String question) {
            List<String> kinds = ids.of(row);
            List<Map<String, Object>> given = row.arguments(arguments);
            if (kinds.isEmpty() || kinds.size() != given.size()) {
                throw row.fault(
                        "there are %d instructions and arguments for %d."
                                .formatted(kinds.size(), given.size()));
            }
            List<Target.Instruction> all =
                    IntStream.range(0, kinds.size())
                            .mapToObj(i -> new Target.Instruction(kinds.get(i), given.get(i)))
                            .toList();
            return new Made(new Target.Instructions(all), Map.of());
        }
    }
}
