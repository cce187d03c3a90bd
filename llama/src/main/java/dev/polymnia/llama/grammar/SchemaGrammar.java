package dev.polymnia.llama.grammar;

import dev.polymnia.core.Fault;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Turns JSON Schemas into grammars whose every text is JSON that meets the schema.
public final class SchemaGrammar {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");
    private static final int MOST_TEXT = 1 << 20;
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private SchemaGrammar() {}

    /// Compiles a schema. See [#rules].
    ///
    /// @param schemaJson the schema as JSON
    /// @throws Fault with `INVALID` as [#rules] and [Grammar#parse] say
    public static Grammar compile(String schemaJson) {
        return Grammar.parse(rules(schemaJson, "root"));
    }

    /// Returns the rules of a schema in GBNF, to be put into a larger grammar.
    ///
    /// @param schemaJson the schema as JSON
    /// @param prefix the name of the rule that stands for the whole; the others begin with it and a
    ///   hyphen. A letter, then letters, digits and hyphens
    /// @return one rule per line
    /// @throws Fault with `INVALID` and the JSON pointer of the place if the text is not JSON or
    ///   has a property twice; if a keyword is unknown or has a value of the wrong type; if no
    ///   value meets the schema; if it refers to what is not there or to itself with nothing in
    ///   between; if it is recursive and never ends; or if it cannot be expressed or is too large
    /// @throws IllegalArgumentException if the prefix is not such a name
    public static String rules(String schemaJson, String prefix) {
        if (!NAME.matcher(prefix).matches()) {
            throw new IllegalArgumentException("not the name of a rule: " + prefix);
        }
        RuleBook book = new RuleBook(prefix);
        SchemaReader reader = new SchemaReader(parse(schemaJson));
        Schema root = reader.root();
        new SchemaRules(book, new Alternatives(reader)).write(root);
        requireEnds(book);
        return book.text();
    }

    private static JsonNode parse(String schemaJson) {
        if (schemaJson.length() > MOST_TEXT) {
            throw Refusal.at(
                    "",
                    "%d characters are more than %d; use a smaller schema."
                            .formatted(schemaJson.length(), MOST_TEXT));
        }
        try {
            JsonNode document = JSON.readTree(schemaJson);
            if (document.isMissingNode()) {
                throw Refusal.at("", "the text is empty; write a schema, such as {}.");
            }
            return document;
        } catch (JacksonException broken) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The JSON Schema is not JSON: %s. Correct it."
                            .formatted(broken.getOriginalMessage()),
                    broken);
        }
    }

    private static void requireEnds(RuleBook book) {
        Source source = new Source(book.text());
        Map<String, Rule> rules = new GbnfReader(source).read();
        RuleChecks.firstEndless(rules, source)
                .ifPresent(rule -> {
                    throw Refusal.at(
                            book.pathOf(rule.name()),
                            "the schema contains itself without an end; make a property"
                                    + " optional or allow null.");
                });
    }
}
