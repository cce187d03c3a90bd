package dev.polymnia.models.template;

/// One word of a template.
///
/// @param kind what it is
/// @param text its characters; of a string what it stands for, of data what remains of it
/// @param at where it begins, as an offset into the source
record Token(Kind kind, String text, int at) {
    enum Kind {
        DATA("text"),
        BLOCK_BEGIN("{%"),
        BLOCK_END("%}"),
        VARIABLE_BEGIN("{{"),
        VARIABLE_END("}}"),
        NAME("a name"),
        STRING("a string"),
        INTEGER("an integer"),
        FLOAT("a number"),
        OPERATOR("an operator"),
        END("the end of the template");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    boolean isOperator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    String describe() {
        return switch (kind) {
            case NAME, INTEGER, FLOAT, OPERATOR -> "'" + text + "'";
            case DATA, BLOCK_BEGIN, BLOCK_END, VARIABLE_BEGIN, VARIABLE_END, STRING, END ->
                    kind.title();
        };
    }
}
