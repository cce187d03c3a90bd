package dev.polymnia.server;

/// Conversations that are kept in a folder.
final class SqliteConversationTest extends ConversationContract {}
