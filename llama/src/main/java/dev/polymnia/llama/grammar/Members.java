package dev.polymnia.llama.grammar;

import java.util.ArrayList;
import java.util.List;

/// Writes the properties of an object in their order, with commas between those that are there.
///
/// What follows a property depends only on that one has been written, so each optional property
/// gets one rule for itself and all that follows; the grammar grows with the number of properties,
/// not with that of their combinations.
///
/// @param book takes the rules
/// @param path the schema
/// @param members the named properties
/// @param additional a property with another name, as an expression; empty if there is none
record Members(RuleBook book, String path, List<SchemaRules.Member> members, String additional) {
    Members {
        members = List.copyOf(members);
    }

    /// Returns an expression for the object.
    String write() {
        String ws = book.shared("ws");
        String comma = "\",\" " + ws + " ";
        String tail = "";
        List<String> options = new ArrayList<>();
        boolean mayBeEmpty = members.stream().noneMatch(SchemaRules.Member::required);
        if (!additional.isEmpty()) {
            String one = book.add(additional, path);
            tail = book.add("(" + comma + one + ")*", path);
            if (mayBeEmpty) {
                options.add(one + " " + tail);
            }
        }
        int firstRequired = 0;
        while (firstRequired < members.size() && !members.get(firstRequired).required()) {
            firstRequired++;
        }
        for (int i = members.size() - 1; i >= 0; i--) {
            SchemaRules.Member member = members.get(i);
            if (i <= firstRequired) {
                options.addFirst(member.text() + " " + tail);
            }
            String next = comma + member.text();
            tail =
                    member.required()
                            ? next + " " + tail
                            : book.add("(" + next + ")? " + tail, path);
        }
        if (options.isEmpty()) {
            return "\"{\" " + ws + " \"}\"";
        }
        String content = GbnfText.choice(options) + " " + ws;
        return "\"{\" " + ws + " " + (mayBeEmpty ? "(" + content + ")?" : content) + " \"}\"";
    }
}
