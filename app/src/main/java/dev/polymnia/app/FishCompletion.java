package dev.polymnia.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Writes the completion of a program for the shell fish, whose form picocli does not know: one
/// `complete` for each subcommand, option and list of values, under the condition that the words so
/// far lead to its command (fish, "Writing your own completions").
final class FishCompletion {
    private final CommandLine root;
    private final List<String> lines = new ArrayList<>();

    FishCompletion(CommandLine root) {
        this.root = root;
    }

    String script() {
        add(root, List.of());
        return String.join("\n", lines) + "\n";
    }

    private void add(CommandLine command, List<String> path) {
        List<CommandLine> children = visible(command);
        String here = condition(path, children);
        for (CommandLine child : children) {
            lines.add(
                    line(here, "-f -a " + quoted(child.getCommandName()))
                            + description(child.getCommandSpec()));
        }
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.hidden()) {
                lines.add(line(here, names(option) + values(option)) + description(option));
            }
        }
        command.getCommandSpec()
                .positionalParameters()
                .forEach(position ->
                        candidates(position)
                                .ifPresent(words -> lines.add(line(here, "-f -a " + words))));
        for (CommandLine child : children) {
            List<String> longer = new ArrayList<>(path);
            longer.add(child.getCommandName());
            add(child, longer);
        }
    }

    private static List<CommandLine> visible(CommandLine command) {
        return command.getSubcommands().values().stream()
                .distinct()
                .filter(child -> !child.getCommandSpec().usageMessage().hidden())
                .toList();
    }

    /// Returns the test that all words of a path were written and none of the next level.
    private static String condition(List<String> path, List<CommandLine> children) {
        StringJoiner test = new StringJoiner("; and ");
        path.forEach(word -> test.add("__fish_seen_subcommand_from " + word));
        if (!children.isEmpty()) {
            StringJoiner next = new StringJoiner(" ", "not __fish_seen_subcommand_from ", "");
            children.forEach(child -> next.add(child.getCommandName()));
            test.add(next.toString());
        }
        return test.toString();
    }

    private String line(String condition, String rest) {
        return "complete -c %s -n %s %s".formatted(root.getCommandName(), quoted(condition), rest);
    }

    private static String names(OptionSpec option) {
        StringJoiner names = new StringJoiner(" ");
        for (String name : option.names()) {
            names.add(
                    name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1));
        }
        return names.toString();
    }

    private static String values(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        return candidates(option).map(words -> " -r -a " + words).orElse(" -r");
    }

    private static Optional<String> candidates(ArgSpec argument) {
        if (argument.completionCandidates() == null) {
            return Optional.empty();
        }
        StringJoiner words = new StringJoiner(" ");
        argument.completionCandidates().forEach(words::add);
        return words.length() == 0 ? Optional.empty() : Optional.of(quoted(words.toString()));
    }

    private static String description(CommandSpec command) {
        return description(command.usageMessage().description());
    }

    private static String description(OptionSpec option) {
        return description(option.description());
    }

    private static String description(String... lines) {
        return lines.length == 0 ? "" : " -d " + quoted(Ansi.OFF.string(lines[0]).strip());
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
