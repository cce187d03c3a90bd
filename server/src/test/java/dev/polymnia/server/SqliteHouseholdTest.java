package dev.polymnia.server;

/// A household whose server keeps all in a folder.
final class SqliteHouseholdTest extends HouseholdContract {}
