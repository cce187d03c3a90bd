package dev.polymnia.server;

/// Whose API a route speaks, which says how its errors look.
enum Dialect {
    OPENAI,
    ANTHROPIC,
    /// Nobody's: a person looks at the answer, which is a page or leads to one.
    PAGE;

    /// Returns what an answer is.
    String contentType() {
        return this == PAGE ? "text/html; charset=utf-8" : "application/json";
    }
}
