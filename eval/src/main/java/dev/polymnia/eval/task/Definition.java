package dev.polymnia.eval.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A task as its definition file describes it, checked as far as that goes without the data.
///
/// @param name names the task
/// @param title its name for people
/// @param data the data file, below the data folder
/// @param format how it is written
/// @param records a JSON pointer to the list of rows (JSON only); empty for the whole
/// @param columns the names of the columns if the file does not begin with them (CSV only)
/// @param where the texts that fields must have; other rows are left out
/// @param each the field with a list, of which each entry is a question; empty for one question a
///   row
/// @param id what names a row; empty to number them from 1
/// @param question what is asked
/// @param kind what is asked for
/// @param metadata fields that are kept for filters
/// @param scorer the name of what compares the answers; empty for what fits the targets
/// @param prompt the template of the user's message
/// @param system the template of the system message; empty for none
/// @param exemplars the file with solved examples, below the data folder
/// @param licence of the data
/// @param origin of the data
/// @param acknowledge the licence that a user has to accept
/// @param text the definition file
record Definition(
        String name,
        String title,
        String data,
        Format format,
        String records,
        List<String> columns,
        Map<String, String> where,
        Optional<String> each,
        Optional<Expression> id,
        Expression question,
        Kind kind,
        List<String> metadata,
        Optional<String> scorer,
        String prompt,
        String system,
        Optional<String> exemplars,
        String licence,
        String origin,
        Optional<String> acknowledge,
        String text) {
    Definition {
        columns = List.copyOf(columns);
        where = Map.copyOf(where);
        metadata = List.copyOf(metadata);
    }
}
