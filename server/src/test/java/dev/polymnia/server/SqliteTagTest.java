package dev.polymnia.server;

/// Tags of what is kept in a folder.
final class SqliteTagTest extends TagContract {}
