package dev.polymnia.app.config;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// What was configured: the values of a TOML file, and before them those of the environment.
/// Immutable.
public final class Configuration {
    private static final TomlMapper TOML = new TomlMapper();

    /// Where a value is from; the later ones go before the earlier ones.
    public enum Origin {
        /// Nobody said anything.
        USUAL,
        /// The file.
        FILE,
        /// A variable.
        ENVIRONMENT
    }

    private record Value(String text, Origin origin) {}

    private final Map<Setting, Value> values;
    private final Path folder;

    private Configuration(Map<Setting, Value> values, Path folder) {
        this.values = new EnumMap<>(values);
        this.folder = folder;
    }

    /// Reads a configuration.
    ///
    /// @param file null for none
    /// @param environment the variables
    /// @throws Fault `NOT_FOUND` if the file cannot be read, `INVALID` with all that is not right
    public static Configuration read(@Nullable Path file, Map<String, String> environment) {
        Map<Setting, Value> values = new EnumMap<>(Setting.class);
        List<String> wrong = new ArrayList<>();
        if (file != null) {
            take(tree(file), "", values, wrong);
        }
        for (Setting setting : Setting.values()) {
            String words = environment.getOrDefault(setting.variable(), "").strip();
            if (!words.isEmpty()) {
                put(setting, words, Origin.ENVIRONMENT, setting.variable(), values, wrong);
            }
        }
        if (!wrong.isEmpty()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The configuration%s is not right:%n  %s"
                            .formatted(
                                    file == null ? "" : " " + file,
                                    String.join("%n  ".formatted(), wrong)));
        }
        Path folder = file == null ? null : file.toAbsolutePath().getParent();
        return new Configuration(values, folder == null ? Path.of("") : folder);
    }

    private static JsonNode tree(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return TOML.readTree(in);
        } catch (JacksonException e) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The configuration %s is no TOML: %s (line %d)."
                            .formatted(
                                    file,
                                    e.getOriginalMessage(),
                                    e.getLocation() == null ? 0 : e.getLocation().getLineNr()),
                    e);
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.NOT_FOUND,
                    "The configuration %s cannot be read; check its name and its rights."
                            .formatted(file),
                    e);
        }
    }

    private static void take(
            JsonNode table, String before, Map<Setting, Value> values, List<String> wrong) {
        for (Map.Entry<String, JsonNode> entry : table.properties()) {
            String key = before + entry.getKey();
            JsonNode value = entry.getValue();
            Optional<Setting> setting = Setting.of(key);
            if (setting.isPresent()) {
                Optional<String> words = words(setting.get(), value);
                words.ifPresentOrElse(
                        it -> put(setting.get(), it, Origin.FILE, key, values, wrong),
                        () -> wrong.add(misfit(setting.get(), key, value.toString())));
            } else if (value.isObject()) {
                take(value, key + ".", values, wrong);
            } else {
                wrong.add(
                        "There is no key '%s'; did you mean '%s'?"
                                .formatted(key, Setting.nearest(key).key()));
            }
        }
    }

    /// Returns a value of the file as a variable would have it; empty if it is of another kind.
    private static Optional<String> words(Setting setting, JsonNode value) {
        return switch (setting.kind()) {
            case TEXT, FILE, CHOICE, ZONE ->
                    value.isString() ? Optional.of(value.asString()) : Optional.empty();
            case WHOLE ->
                    value.isIntegralNumber() ? Optional.of(value.asString()) : Optional.empty();
            case FLAG -> value.isBoolean() ? Optional.of(value.asString()) : Optional.empty();
            case WORDS -> joined(value);
            case TEXTS -> value.isString() ? Optional.of(value.asString()) : joined(value);
        };
    }

    private static Optional<String> joined(JsonNode value) {
        List<String> each = new ArrayList<>();
        value.forEach(element -> each.add(element.isString() ? element.asString() : ","));
        boolean fits = value.isArray() && each.stream().noneMatch(it -> it.contains(","));
        return fits ? Optional.of(String.join(",", each)) : Optional.empty();
    }

    private static void put(
            Setting setting,
            String words,
            Origin origin,
            String name,
            Map<Setting, Value> values,
            List<String> wrong) {
        if (setting.takes(words)) {
            values.put(setting, new Value(words, origin));
        } else {
            wrong.add(misfit(setting, name, words));
        }
    }

    private static String misfit(Setting setting, String name, String value) {
        String cut = value.length() <= 60 ? value : value.substring(0, 60) + "…";
        return "%s is %s, but should be %s.".formatted(name, cut, setting.wanted());
    }

    /// Returns where the value of a key is from.
    public Origin origin(Setting setting) {
        Value value = values.get(setting);
        return value == null ? Origin.USUAL : value.origin();
    }

    /// Returns a value; empty if there is none.
    public Optional<String> text(Setting setting) {
        Value value = values.get(setting);
        return Optional.of(value == null ? setting.usual() : value.text())
                .filter(words -> !words.isEmpty());
    }

    /// Returns a value that is the name of a file; empty if there is none.
    public Optional<Path> file(Setting setting) {
        return text(setting)
                .map(name -> origin(setting) == Origin.FILE ? folder.resolve(name) : Path.of(name));
    }

    /// Returns a value that is a time zone; empty if there is none.
    public Optional<ZoneId> zone(Setting setting) {
        return text(setting).map(ZoneId::of);
    }

    /// Returns a value that is a whole number.
    public int whole(Setting setting) {
        return Integer.parseInt(text(setting).orElseThrow());
    }

    /// Returns a value that is true or false.
    public boolean flag(Setting setting) {
        return Boolean.parseBoolean(text(setting).orElseThrow());
    }

    /// Returns a value that is several words.
    public Set<String> words(Setting setting) {
        return Set.copyOf(texts(setting));
    }

    /// Returns a value that is one or more words, in their order.
    public List<String> texts(Setting setting) {
        return Arrays.stream(text(setting).orElse("").split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
