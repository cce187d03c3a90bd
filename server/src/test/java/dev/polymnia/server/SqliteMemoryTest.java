package dev.polymnia.server;

/// Memories that are kept in a folder.
final class SqliteMemoryTest extends MemoryContract {}
