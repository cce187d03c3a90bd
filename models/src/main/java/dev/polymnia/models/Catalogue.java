package dev.polymnia.models;

import static java.util.stream.Collectors.joining;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.ReasoningSwitch;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The models that Polymnia knows by name, and how to ask those that it does not. Read from the
/// resource `catalogue.toml`. Immutable.
public final class Catalogue {
    private static final String THINKING_VARIABLE = "enable_thinking";

    /// Families whose members think or not, as a template variable says.
    private static final Pattern SWITCHED =
            Pattern.compile("(qwen-?3(?!.*(coder|instruct|thinking)))|smollm-?3|glm-4\\.[5-9]");

    /// Families that always think, in a channel of their own.
    private static final Pattern THINKING =
            Pattern.compile(
                    "gpt-oss|deepseek-r1|deepseek-reasoner|r1-distill|qwq|magistral"
                            + "|\\b(thinking|reasoning|reasoner)\\b");

    private final List<CatalogueEntry> entries;
    private final CatalogueEntry defaultEntry;
    private final ModelProfile instructed;
    private final ModelProfile tagged;

    /// Creates a catalogue.
    ///
    /// @param entries with different names and files; at least one
    /// @param defaultName one of their names
    /// @param instructed for models without a channel for thoughts
    /// @param tagged for models that write their thoughts between tags
    Catalogue(
            List<CatalogueEntry> entries,
            String defaultName,
            ModelProfile instructed,
            ModelProfile tagged) {
        this.entries = List.copyOf(entries);
        this.instructed = instructed;
        this.tagged = tagged;
        Set<String> seen = new HashSet<>();
        for (CatalogueEntry entry : entries) {
            if (!seen.add(entry.name()) || !seen.add(entry.file())) {
                throw new IllegalArgumentException("two models are or lie in " + entry.name());
            }
        }
        if (!seen.contains(defaultName)) {
            throw new IllegalArgumentException("there is no default model '" + defaultName + "'");
        }
        this.defaultEntry = find(defaultName);
    }

    /// Returns the catalogue that comes with this program.
    public static Catalogue builtIn() {
        return BuiltIn.CATALOGUE;
    }

    /// Returns all models, in the order of the resource file.
    public List<CatalogueEntry> entries() {
        return entries;
    }

    /// Returns the model of a name.
    ///
    /// @throws Fault with `NOT_FOUND` if there is none; the message lists the names
    public CatalogueEntry find(String name) {
        for (CatalogueEntry entry : entries) {
            if (entry.name().equals(name)) {
                return entry;
            }
        }
        throw new Fault(
                Fault.Code.NOT_FOUND,
                "There is no model '"
                        + name
                        + "'; choose one of "
                        + entries.stream().map(CatalogueEntry::name).collect(joining(", "))
                        + ", or give the path of a .gguf file.");
    }

    /// Returns the model that is used when nobody names one.
    public CatalogueEntry defaultEntry() {
        return defaultEntry;
    }

    /// Returns a profile for a file that is not in this catalogue: a guess from its chat template.
    /// A template that knows of `<think>` or of the variable `enable_thinking` belongs to a model
    /// with a channel for thoughts.
    public ModelProfile profileFor(Gguf gguf) {
        String template = gguf.chatTemplate().orElse("");
        if (!(tagged.reasoning() instanceof ReasoningSwitch.Tagged tags)) {
            return instructed;
        }
        if (template.contains(THINKING_VARIABLE)) {
            return tagged;
        }
        return template.contains(tags.open()) ? alwaysThinking(tags) : instructed;
    }

    /// Returns a profile for a model that somebody else serves: that of the catalogue's model with
    /// this name or file, else a guess from the name. A model is taken for one without a channel
    /// for thoughts unless its name says otherwise.
    ///
    /// @param name as the endpoint calls it, for example `qwen3:8b` or a path
    public ModelProfile profileForServed(String name) {
        String words = name.toLowerCase(Locale.ROOT);
        for (CatalogueEntry entry : entries) {
            if (words.equals(entry.name())
                    || words.endsWith(entry.file().toLowerCase(Locale.ROOT))) {
                return entry.profile();
            }
        }
        if (!(tagged.reasoning() instanceof ReasoningSwitch.Tagged tags)) {
            return instructed;
        }
        if (SWITCHED.matcher(words).find()) {
            return tagged;
        }
        return THINKING.matcher(words).find() ? alwaysThinking(tags) : instructed;
    }

    private ModelProfile alwaysThinking(ReasoningSwitch.Tagged tags) {
        return tagged.withReasoning(
                new ReasoningSwitch.Tagged(tags.open(), tags.close(), Map.of(), Map.of()));
    }

    /// Reads the resource once, when it is first asked for.
    private static final class BuiltIn {
        private static final Catalogue CATALOGUE = CatalogueReader.readBuiltIn();
    }
}
