package dev.polymnia.llama.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// A random schema of what the grammars support, which some value always meets.
final class RandomSchema {
    private static final List<String> NAMES =
            List.of("id", "idx", "name", "näme", "a b", "kind", "😀", "q\\\"", "next", "value");
    private static final List<String> PATTERNS =
            List.of(
                    "^[a-z]+$",
                    "\\\\d{2}",
                    "^(ab|cd)*$",
                    "^.{1,5}$",
                    "[^x]y?$",
                    "^\\\\S+\\\\s\\\\w$");
    private static final List<String> FORMATS =
            List.of(
                    "date-time",
                    "time",
                    "date",
                    "duration",
                    "email",
                    "hostname",
                    "ipv4",
                    "ipv6",
                    "uuid");

    private final SplittableRandom random;
    private final int definitions;

    RandomSchema(long seed) {
        random = new SplittableRandom(seed);
        definitions = random.nextInt(3);
    }

    /// Returns the schema as JSON.
    String text() {
        List<String> defined = new ArrayList<>();
        for (int i = 0; i < definitions; i++) {
            defined.add("\"d%d\":%s".formatted(i, object(2)));
        }
        return "{\"allOf\":[%s],\"$defs\":{%s}}".formatted(schema(3), String.join(",", defined));
    }

    private String schema(int depth) {
        int kinds = depth == 0 ? 6 : 11;
        return switch (random.nextInt(kinds)) {
            case 0 -> "{\"type\":\"%s\"}".formatted(pick(List.of("string", "boolean", "null")));
            case 1 -> string();
            case 2 -> number("integer");
            case 3 -> number("number");
            case 4 -> "{\"enum\":[\"a\",\"ab\",1,-2.5,null,[true],\"ü\"]}";
            case 5 -> "{\"type\":[\"string\",\"null\"]}";
            case 6, 7 -> object(depth - 1);
            case 8 -> array(depth - 1);
            case 9 -> "{\"anyOf\":[%s,%s]}".formatted(schema(depth - 1), schema(depth - 1));
            default ->
                    definitions == 0
                            ? "{\"const\":{\"k\":[1,2]}}"
                            : "{\"$ref\":\"#/$defs/d%d\"}".formatted(random.nextInt(definitions));
        };
    }

    private String string() {
        return switch (random.nextInt(3)) {
            case 0 -> "{\"type\":\"string\",\"pattern\":\"%s\"}".formatted(pick(PATTERNS));
            case 1 -> "{\"type\":\"string\",\"format\":\"%s\"}".formatted(pick(FORMATS));
            default -> {
                int least = random.nextInt(4);
                yield "{\"type\":\"string\",\"minLength\":%d,\"maxLength\":%d}"
                        .formatted(least, least + random.nextInt(20));
            }
        };
    }

    private String number(String type) {
        int least = random.nextInt(-300, 300);
        int most = least + 20 + random.nextInt(2_000);
        List<String> keywords = new ArrayList<>(List.of("\"type\":\"%s\"".formatted(type)));
        if (random.nextBoolean()) {
            String name = random.nextBoolean() ? "minimum" : "exclusiveMinimum";
            keywords.add("\"%s\":%d.%d".formatted(name, least, random.nextInt(10)));
        }
        if (random.nextBoolean()) {
            String name = random.nextBoolean() ? "maximum" : "exclusiveMaximum";
            keywords.add("\"%s\":%d".formatted(name, most));
        }
        if (random.nextInt(3) == 0) {
            keywords.add(
                    "\"multipleOf\":" + pick(List.of("1", "2", "3", "7", "10", "0.5", "1.25")));
        }
        return keywords.stream().collect(Collectors.joining(",", "{", "}"));
    }

    private String object(int depth) {
        List<String> properties = new ArrayList<>();
        List<String> required = new ArrayList<>();
        for (String name : NAMES) {
            if (random.nextInt(4) == 0) {
                properties.add("\"%s\":%s".formatted(name, schema(depth)));
                if (random.nextBoolean() && !properties.getLast().contains("$ref")) {
                    required.add("\"" + name + "\"");
                }
            }
        }
        String additional =
                switch (random.nextInt(4)) {
                    case 0 -> "";
                    case 1 -> ",\"additionalProperties\":" + schema(0);
                    default -> ",\"additionalProperties\":false";
                };
        return "{\"type\":\"object\",\"properties\":{%s},\"required\":[%s]%s}"
                .formatted(String.join(",", properties), String.join(",", required), additional);
    }

    private String array(int depth) {
        int least = random.nextInt(3);
        String prefix =
                random.nextBoolean()
                        ? ""
                        : ",\"prefixItems\":[%s,%s]".formatted(schema(depth), schema(0));
        return "{\"type\":\"array\",\"items\":%s,\"minItems\":%d,\"maxItems\":%d%s}"
                .formatted(schema(depth), least, least + random.nextInt(3), prefix);
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
