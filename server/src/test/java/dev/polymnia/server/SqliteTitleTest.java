package dev.polymnia.server;

/// Titles of what is kept in a folder.
final class SqliteTitleTest extends TitleContract {}
