package dev.polymnia.server;

/// Files that are kept in a folder.
final class SqliteFilesTest extends FilesContract {}
