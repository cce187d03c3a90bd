package dev.polymnia.models.template;

/// Python's `str.format`.
final class BraceFormat {
    private final String format;
    private final Arguments given;
    private final Budget budget;
    private final StringBuilder out = new StringBuilder();
    private int position;
    private int automatic;

    private BraceFormat(String format, Arguments given, Budget budget) {
        this.format = format;
        this.given = given;
        this.budget = budget;
    }

    static String format(String format, Arguments given, Budget budget) {
        BraceFormat formatter = new BraceFormat(format, given, budget);
        while (formatter.position < format.length()) {
            formatter.step();
        }
        return formatter.out.toString();
    }

    private void step() {
        char character = format.charAt(position);
        if (character != '{' && character != '}') {
            out.append(character);
            position++;
        } else if (position + 1 < format.length() && format.charAt(position + 1) == character) {
            out.append(character);
            position += 2;
        } else if (character == '}') {
            throw Problem.failed("single '}' encountered in format string");
        } else {
            int end = format.indexOf('}', position);
            if (end < 0) {
                throw Problem.failed("expected '}' before end of string");
            }
            String text = field(format.substring(position + 1, end));
            budget.text(text.length());
            out.append(text);
            position = end + 1;
        }
    }

    private String field(String field) {
        if (field.indexOf('{') >= 0) {
            throw Problem.unsupported("a replacement field inside of a replacement field");
        }
        int colon = field.indexOf(':');
        String spec = colon < 0 ? "" : field.substring(colon + 1);
        String name = colon < 0 ? field : field.substring(0, colon);
        int mark = name.indexOf('!');
        Value value = value(mark < 0 ? name : name.substring(0, mark));
        if (mark >= 0) {
            value = converted(value, name.substring(mark + 1));
        }
        if (spec.isEmpty()) {
            return Printer.text(value, budget);
        }
        return FormatSpec.parse(spec).apply(value, budget);
    }

    private Value converted(Value value, String conversion) {
        return switch (conversion) {
            case "s" -> Value.of(Printer.text(value, budget));
            case "r" -> Value.of(Printer.source(value, budget));
            default -> throw Problem.unsupported("the conversion '!" + conversion + "'");
        };
    }

    private Value value(String path) {
        int end = 0;
        while (end < path.length() && ".[".indexOf(path.charAt(end)) < 0) {
            end++;
        }
        Value value = argument(path.substring(0, end));
        while (end < path.length()) {
            boolean bracket = path.charAt(end) == '[';
            int from = end + 1;
            end = bracket ? path.indexOf(']', from) : next(path, from);
            if (end < 0) {
                throw Problem.failed("missing ']' in format string");
            }
            String name = path.substring(from, end);
            budget.spend(1);
            value = bracket ? Subscript.item(value, key(name)) : Subscript.attribute(value, name);
            end = bracket ? end + 1 : end;
            if (bracket && end < path.length() && ".[".indexOf(path.charAt(end)) < 0) {
                throw Problem.failed("only '.' or '[' may follow ']' in format string");
            }
        }
        return value;
    }

    private static int next(String path, int from) {
        int end = from;
        while (end < path.length() && ".[".indexOf(path.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static Value key(String name) {
        return isIndex(name) ? Value.of(Integer.parseInt(name)) : Value.of(name);
    }

    private static boolean isIndex(String name) {
        return name.matches("[0-9]{1,9}");
    }

    private Value argument(String name) {
        if (!name.isEmpty() && !isIndex(name)) {
            Value value = given.named().get(name);
            if (value == null) {
                throw Problem.failed("format lacks the value '" + name + "'");
            }
            return value;
        }
        if (name.isEmpty() ? automatic < 0 : automatic > 0) {
            throw Problem.failed("format mixes numbered and unnumbered fields");
        }
        int index = name.isEmpty() ? automatic++ : Integer.parseInt(name);
        automatic = name.isEmpty() ? automatic : -1;
        if (index >= given.positional().size()) {
            throw Problem.failed("format has no value at the position " + index);
        }
        return given.positional().get(index);
    }
}
