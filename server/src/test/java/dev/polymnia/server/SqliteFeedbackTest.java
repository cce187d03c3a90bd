package dev.polymnia.server;

/// What is thought of answers, kept in a folder.
final class SqliteFeedbackTest extends FeedbackContract {}
