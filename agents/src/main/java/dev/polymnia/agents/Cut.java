package dev.polymnia.agents;

/// Words that one agent reads of another, cut so that they fit into the context.
final class Cut {
    private Cut() {}

    /// Returns a text, or its beginning if it is longer than so many characters.
    static String to(int longest, String text) {
        return text.length() <= longest ? text : text.substring(0, longest) + " …";
    }
}
