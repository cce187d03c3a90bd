package dev.polymnia.core.model;

/// What the words of an answer may be. It binds the answer only: a model with a reasoning channel
/// thinks freely before. A constraint that cannot be read is refused as `INVALID` when the branch
/// is started, with the place of the error; so is a forced beginning that it rules out.
///
/// A branch that ended by itself ([StopReason#END]) has an answer that fulfils the constraint; one
/// that was cut off has the beginning of such an answer.
public sealed interface Constraint {
    /// Any words.
    Constraint NONE = new Free();

    /// Any words.
    record Free() implements Constraint {}

    /// The answer is one JSON value.
    ///
    /// @param schema JSON Schema as text; at least what OpenAI's strict mode defines is understood,
    ///   and a keyword that is not understood is refused with its path
    record JsonSchema(String schema) implements Constraint {
        /// Checks the parts.
        public JsonSchema {
            if (schema.isBlank()) {
                throw new IllegalArgumentException("the schema is blank; write {} for any value");
            }
        }
    }

    /// The answer is a text of a grammar.
    ///
    /// @param gbnf llama.cpp's notation (GBNF); the answer is what its rule `root` derives
    record Grammar(String gbnf) implements Constraint {
        /// Checks the parts.
        public Grammar {
            if (gbnf.isBlank()) {
                throw new IllegalArgumentException("the grammar is blank; write a rule root ::= …");
            }
        }
    }
}
