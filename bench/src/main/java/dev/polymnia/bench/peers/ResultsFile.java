package dev.polymnia.bench.peers;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What has been measured, a line of JSON for each round, so that a run that was stopped goes on.
/// Lines of another setting (model, threads, peer) stay in the file and are not looked at. Confined
/// to one thread.
final class ResultsFile {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Optional<Path> file;
    private final String setting;
    private final List<Line> lines = new ArrayList<>();

    /// Reads what is there.
    ///
    /// @param file nothing is kept without one
    /// @param setting what figures have to have in common to be compared
    /// @throws Fault `CORRUPT` if a line is damaged; `UNAVAILABLE` if the file cannot be read
    ResultsFile(Optional<Path> file, String setting) {
        this.file = file;
        this.setting = setting;
        file.filter(Files::exists).ifPresent(this::read);
    }

    private record Line(String setting, @Nullable Round round, @Nullable Choice choice) {}

    /// Returns the rounds of a scenario by their numbers.
    List<Round> rounds(Scenario scenario) {
        List<Round> rounds = new ArrayList<>();
        for (Line line : lines) {
            if (line.round() != null && line.round().scenario().equals(scenario.name())) {
                rounds.add(line.round());
            }
        }
        rounds.sort(Comparator.comparingInt(Round::number));
        return rounds;
    }

    /// Returns what was chosen for a scenario; empty if nothing was.
    Optional<Choice> choice(Scenario scenario) {
        for (Line line : lines) {
            if (line.choice() != null && line.choice().scenario().equals(scenario.name())) {
                return Optional.of(line.choice());
            }
        }
        return Optional.empty();
    }

    void add(Round round) {
        append(new Line(setting, round, null));
    }

    void add(Choice choice) {
        append(new Line(setting, null, choice));
    }

    private void append(Line line) {
        lines.add(line);
        file.ifPresent(path -> write(path, JSON.writeValueAsString(line) + "\n"));
    }

    private static void write(Path path, String text) {
        try {
            Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new Fault(Fault.Code.UNAVAILABLE, path + " cannot be written: " + e, e);
        }
    }

    private void read(Path path) {
        try {
            for (String text : Files.readAllLines(path)) {
                Line line = JSON.readValue(text, Line.class);
                if (line.setting().equals(setting)) {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            throw new Fault(Fault.Code.UNAVAILABLE, path + " cannot be read: " + e, e);
        } catch (JacksonException e) {
            throw new Fault(
                    Fault.Code.CORRUPT,
                    path + " has a damaged line; repair or delete it. " + e.getMessage(),
                    e);
        }
    }
}
