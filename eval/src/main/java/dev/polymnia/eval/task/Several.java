package dev.polymnia.eval.task;

import java.util.List;

/// Texts that a definition takes out of a row: one field that holds a list, or an expression for
/// each text.
///
/// @param parts at least one
record Several(List<Expression> parts) {
    Several {
        parts = List.copyOf(parts);
    }

    /// Returns the texts of a row; a single text is a list of one.
    ///
    /// @throws dev.polymnia.core.Fault with `INVALID` if the row has no such field, or it holds
    ///   something else
    List<String> of(Row row) {
        if (parts.size() == 1 && parts.getFirst().isField()) {
            return row.texts(parts.getFirst().text());
        }
        return parts.stream().map(part -> part.of(row)).toList();
    }
}
