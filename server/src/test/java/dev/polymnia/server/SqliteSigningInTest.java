package dev.polymnia.server;

/// Signing in where all is kept in a folder.
final class SqliteSigningInTest extends SigningInContract {}
