package dev.polymnia.server;

/// Signing in elsewhere where all is kept in a folder.
final class SqliteOpenIdFaultTest extends OpenIdFaultContract {}
