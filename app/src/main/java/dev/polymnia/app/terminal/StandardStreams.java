package dev.polymnia.app.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/// Finds out which standard streams are terminals where no launcher has said so: in a single jar.
/// Linux tells it of each stream; elsewhere Java tells it of input and output together.
final class StandardStreams {
    private static final String TOLD = "polymnia.console";

    private StandardStreams() {}

    /// Returns the description that [Console#of] reads: the launcher's, else one of our own.
    static String description() {
        return description(System.getProperties(), Path.of("/proc/self/fd"));
    }

    static String description(Properties system, Path descriptors) {
        String told = system.getProperty(TOLD);
        if (told != null) {
            return told;
        }
        String found = Files.isDirectory(descriptors) ? ofDescriptors(descriptors) : ofJava(system);
        return found.isEmpty() ? "" : found + width();
    }

    private static String ofDescriptors(Path descriptors) {
        StringBuilder found = new StringBuilder();
        List<String> names = List.of("in", "out", "err");
        for (int i = 0; i < names.size(); i++) {
            Path link = descriptors.resolve(Integer.toString(i));
            if (target(link).filter(StandardStreams::isTerminal).isPresent()) {
                found.append(names.get(i)).append(',');
            }
        }
        return found.toString();
    }

    private static Optional<String> target(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (IOException e) {
            // A closed stream has no link.
            return Optional.empty();
        }
    }

    private static boolean isTerminal(String device) {
        return device.matches("/dev/(pts/\\d+|tty\\w*|console)");
    }

    private static String ofJava(Properties system) {
        boolean windows =
                system.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        return Optional.ofNullable(System.console())
                .filter(java.io.Console::isTerminal)
                .filter(_ -> !windows)
                .map(_ -> "in,out,err,")
                .orElse("");
    }

    /// Returns the columns of the terminal; empty where there is no `stty` to ask.
    private static String width() {
        try {
            Process process =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(Path.of("/dev/tty").toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String size =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return size.strip().replaceFirst("^\\d+ ", "");
        } catch (IOException e) {
            return "";
        }
    }
}
