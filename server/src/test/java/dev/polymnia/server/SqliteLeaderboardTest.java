package dev.polymnia.server;

/// The leaderboard of what is kept in a folder.
final class SqliteLeaderboardTest extends LeaderboardContract {}
