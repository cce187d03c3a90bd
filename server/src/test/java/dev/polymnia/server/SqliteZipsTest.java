package dev.polymnia.server;

/// ZIPs, where all is kept in a folder.
final class SqliteZipsTest extends ZipsContract {}
