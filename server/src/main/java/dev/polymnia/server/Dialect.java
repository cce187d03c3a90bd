package dev.polymnia.server;

/// Whose API a route speaks, which says how its errors look.
enum Dialect {
    OPENAI,
    ANTHROPIC
}
