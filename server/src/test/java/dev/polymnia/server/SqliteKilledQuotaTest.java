package dev.polymnia.server;

/// Quotas in SQLite, whose server is killed.
final class SqliteKilledQuotaTest extends KilledQuotaContract {
    @Override
    String place() {
        return folder.toString();
    }
}
