package dev.polymnia.models.template;

/// A macro, or the body of a call block, with the scope that it was defined in.
///
/// @param signature the macro as it is written
/// @param scope where it was defined
record Macro(Statement.Signature signature, Scope scope) implements Value {
    String name() {
        return signature.name();
    }
}
