package dev.polymnia.models.toolcall;

/// Turns a JSON Schema into rules of GBNF, the grammar notation of llama.cpp.
@FunctionalInterface
public interface SchemaRules {
    /// Returns rules that allow exactly the JSON values of a schema.
    ///
    /// It is asked once for each tool, or once for each parameter, and all rules end up in one
    /// grammar. So a rule of another name than the given one either begins with that name and `-`,
    /// or reads the same each time (`string`, `number`). No rule is called `root`.
    ///
    /// @param schemaJson a JSON Schema as text, with the definitions it refers to
    /// @param ruleName what the rule for the whole value must be called
    /// @return rules, each beginning on a line of its own: `name ::= …`
    String rules(String schemaJson, String ruleName);
}
