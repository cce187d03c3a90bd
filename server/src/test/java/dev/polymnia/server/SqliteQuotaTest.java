package dev.polymnia.server;

/// Quotas that are kept in a folder.
final class SqliteQuotaTest extends QuotaContract {}
