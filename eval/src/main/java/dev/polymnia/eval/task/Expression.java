package dev.polymnia.eval.task;

/// What a definition takes out of a row: a field, a place within it that is named by a JSON pointer
/// (`/choices/text`), a template of fields (`{{first}} {{last}}`), or words that are the same for
/// all rows.
///
/// @param text the name, pointer, template or words
/// @param constant whether it is words
record Expression(String text, boolean constant) {
    /// Returns the expression that a definition's text means.
    static Expression of(String text) {
        return new Expression(text, false);
    }

    /// Returns whether it is a single field, which may hold a list.
    boolean isField() {
        return !constant && !Template.hasPlaces(text);
    }

    /// Returns what it takes out of a row.
    ///
    /// @throws dev.polymnia.core.Fault with `INVALID` if the row has no such field, or it holds no
    ///   text
    String of(Row row) {
        if (constant) {
            return text;
        }
        return isField() ? row.text(text) : Template.fill(text, row::text);
    }
}
