package dev.polymnia.agents.code;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes a Python program of an answer. Stateless.
///
/// The code is the last block that defines the function that is asked for; else the last block;
/// else the whole text, which is a completion without any Markdown. Where the prompt shows a prefix
/// (HumanEval), a function in full replaces the prefix's own but keeps what stands before it there
/// (imports and functions it may call), and a body continues the prefix, also one behind which the
/// function is written once more.
public final class Programs {
    private static final Pattern FENCE = Pattern.compile("([ \\t]*+)(`{3,}+|~{3,}+)(.*+)");
    private static final Pattern CALL = Pattern.compile("(?<![\\w.])([A-Za-z_]\\w*+)\\s?+\\(");
    private static final int TAB = 8;
    private static final int USUAL_INDENT = 4;

    private Programs() {}

    /// What an answer should define.
    ///
    /// @param prefix what the program begins with before the answer's code, as the question shows
    ///   it; empty if it shows nothing
    /// @param entryPoint the function that continues the prefix; empty if there is no prefix
    /// @param names what is called from outside; a block that defines one of them is preferred
    public record Wanted(String prefix, String entryPoint, Set<String> names) {
        /// Copies and checks the parts.
        public Wanted {
            requireNonNull(prefix, "prefix is null");
            requireNonNull(entryPoint, "entryPoint is null");
            names = Set.copyOf(names);
        }

        /// Returns a wish for one of several definitions.
        public static Wanted anyOf(Set<String> names) {
            return new Wanted("", "", names);
        }
    }

    /// Returns the program of an answer, without tests.
    ///
    /// @param answer all that was said, without reasoning
    public static String of(Wanted wanted, String answer) {
        String code = code(wanted, answer);
        String prefix = wanted.prefix();
        if (prefix.isBlank()) {
            return code;
        }
        String entry = wanted.entryPoint();
        if (!entry.isEmpty() && defines(code, entry) && !beginsIndented(code)) {
            return before(prefix, entry) + code;
        }
        return ended(prefix) + body(code, indent(prefix));
    }

    /// Returns the code in an answer.
    static String code(Wanted wanted, String answer) {
        List<String> blocks = blocks(answer);
        if (blocks.isEmpty()) {
            return Thoughts.withoutBlankLines(answer).stripTrailing() + "\n";
        }
        Predicate<String> asked =
                block -> wanted.names().stream().anyMatch(name -> defines(block, name));
        return blocks.reversed().stream().filter(asked).findFirst().orElseGet(blocks::getLast);
    }

    /// Returns the functions that tests call, in the sense of [Wanted#names].
    public static Set<String> calledBy(List<String> tests) {
        return tests.stream()
                .flatMap(test -> CALL.matcher(test).results())
                .map(call -> call.group(1))
                .collect(toUnmodifiableSet());
    }

    /// Returns whether code defines a name at its outermost level.
    private static boolean defines(String code, String name) {
        return definition(name).matcher(code).find();
    }

    private static Pattern definition(String name) {
        String quoted = Pattern.quote(name);
        return Pattern.compile(
                "^(?:(?:async[ \\t]++)?def|class)[ \\t]++%1$s\\b|^%1$s[ \\t]*+=(?!=)"
                        .formatted(quoted),
                Pattern.MULTILINE);
    }

    /// Returns the blocks of code that Markdown sets off, in order. A block that is not closed ends
    /// with the text.
    static List<String> blocks(String answer) {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = new StringBuilder();
        String open = "";
        int indent = 0;
        for (String line : answer.lines().toList()) {
            Matcher fence = FENCE.matcher(line);
            boolean isFence = fence.matches();
            if (open.isEmpty()) {
                if (isFence && fence.group(3).indexOf('`') < 0) {
                    open = fence.group(2);
                    indent = fence.group(1).length();
                }
            } else if (isFence && fence.group(2).startsWith(open) && fence.group(3).isBlank()) {
                blocks.add(block.toString());
                block.setLength(0);
                open = "";
            } else {
                block.append(outdented(line, indent)).append('\n');
            }
        }
        if (!open.isEmpty()) {
            blocks.add(block.toString());
        }
        return blocks;
    }

    /// Takes off at most so many characters of white space, as a block in a list has them.
    private static String outdented(String line, int most) {
        int at = 0;
        while (at < most && at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
        return line.substring(at);
    }

    private static boolean beginsIndented(String code) {
        return code.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .filter(line -> width(line) > 0)
                .isPresent();
    }

    /// Returns what stands in the prefix before the function.
    private static String before(String prefix, String entry) {
        Matcher definition = definition(entry).matcher(prefix);
        return definition.find() ? prefix.substring(0, definition.start()) : ended(prefix);
    }

    private static String ended(String text) {
        return text.endsWith("\n") ? text : text + "\n";
    }

    /// Returns how far the body of the last function of the prefix is indented: as its first line
    /// behind the signature.
    private static int indent(String prefix) {
        List<String> lines = prefix.lines().filter(line -> !line.isBlank()).toList();
        int signature = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("def ") || lines.get(i).startsWith("async def ")) {
                signature = i;
            }
        }
        for (int i = Math.max(signature, 0); i + 1 < lines.size(); i++) {
            if (lines.get(i).stripTrailing().endsWith(":")) {
                int width = width(lines.get(i + 1));
                return width > 0 ? width : USUAL_INDENT;
            }
        }
        return USUAL_INDENT;
    }

    /// Indents the code as a body. Code whose first line has the right indentation is one already,
    /// whatever follows it. If only the first line has lost its indentation, it gets it back;
    /// anything else is moved as a whole.
    static String body(String code, int indent) {
        List<String> lines = code.lines().toList();
        List<String> full = lines.stream().filter(line -> !line.isBlank()).toList();
        if (full.isEmpty() || width(full.getFirst()) == indent) {
            return code;
        }
        if (width(full.getFirst()) == 0 && isHeadless(full, indent)) {
            return " ".repeat(indent) + Thoughts.withoutBlankLines(code);
        }
        int least = full.stream().mapToInt(Programs::width).min().orElse(0);
        StringBuilder moved = new StringBuilder();
        for (String line : lines) {
            if (!line.isBlank()) {
                int width = Math.max(0, width(line) - least) + indent;
                moved.append(" ".repeat(width)).append(line.stripLeading());
            }
            moved.append('\n');
        }
        return moved.toString();
    }

    /// Returns whether all lines but the first are indented as in a body, so that the first one has
    /// lost what it had: by being stripped.
    private static boolean isHeadless(List<String> lines, int indent) {
        if (lines.size() == 1) {
            return true;
        }
        boolean opens = lines.getFirst().stripTrailing().endsWith(":");
        int next = width(lines.get(1));
        return (opens ? next > indent : next >= indent)
                && lines.stream().skip(1).allMatch(line -> width(line) >= indent);
    }

    /// Returns how far a line is indented.
    private static int width(String line) {
        int width = 0;
        for (int i = 0; i < line.length() && isBlank(line.charAt(i)); i++) {
            width = line.charAt(i) == '\t' ? (width / TAB + 1) * TAB : width + 1;
        }
        return width;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
