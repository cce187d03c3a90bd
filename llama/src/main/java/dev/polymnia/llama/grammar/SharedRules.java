package dev.polymnia.llama.grammar;

import java.util.Map;

/// Rules that many schemas need, each written into a grammar only if something refers to it. Rules
/// name each other with a dollar sign.
final class SharedRules {
    private static final Map<String, String> STRUCTURE =
            Map.of(
                    // A blank, or a new line and its indentation; bounded, as a model that is
                    // unsure may go on with blanks for ever.
                    "ws",
                    """
                    (" " | "\\n" [ \\t]{0,24})?\
                    """,
                    "value",
                    """
                    $object | $array | $string | $number | "true" | "false" | "null\"\
                    """,
                    "object",
                    """
                    "{" $ws ($member ("," $ws $member)* $ws)? "}\"\
                    """,
                    "member",
                    """
                    $string ":" $ws $value\
                    """,
                    "array",
                    """
                    "[" $ws ($value ("," $ws $value)* $ws)? "]\"\
                    """,
                    "string",
                    """
                    "\\"" $char* "\\"\"\
                    """,
                    "char",
                    """
                    [^"\\\\\\x00-\\x1F] | "\\\\" (["\\\\/bfnrt] | "u" $unit)\
                    """,
                    // A code point of the first plane, or the two surrogates of another.
                    "unit",
                    """
                    [0-9a-cA-CefEF] [0-9a-fA-F]{3} | [dD] [0-7] [0-9a-fA-F]{2} \
                    | [dD] [89abAB] [0-9a-fA-F]{2} "\\\\u" [dD] [c-fC-F] [0-9a-fA-F]{2}\
                    """,
                    // Fits 64 bits.
                    "integer",
                    """
                    "-"? ("0" | [1-9] [0-9]{0,17})\
                    """,
                    "number",
                    """
                    $integer ("." [0-9]{1,18})? ([eE] [+-]? [0-9]{1,2})?\
                    """);

    private static final Map<String, String> FORMATS =
            Map.ofEntries(
                    Map.entry("date-time", "$date \"T\" $time"),
                    Map.entry(
                            "time",
                            """
                            ([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9] ("." [0-9]{1,9})? \
                            ("Z" | [+-] ("0" [0-9] | "1" [0-4]) ":" [0-5] [0-9])\
                            """),
                    Map.entry("date", "[0-9]{4} \"-\" $day | $leap \"-02-29\""),
                    Map.entry(
                            "day",
                            """
                            ("0" [13578] | "1" [02]) "-" ("0" [1-9] | [12] [0-9] | "3" [01]) \
                            | ("0" [469] | "11") "-" ("0" [1-9] | [12] [0-9] | "30") \
                            | "02-" ("0" [1-9] | "1" [0-9] | "2" [0-8])\
                            """),
                    Map.entry(
                            "leap",
                            """
                            [0-9]{2} ("0" [48] | [2468] [048] | [13579] [26]) \
                            | ([02468] [048] | [13579] [26]) "00\"\
                            """),
                    Map.entry(
                            "duration",
                            "\"P\" ($count \"W\" | ($years | $months | $days) $hours? | $hours)"),
                    Map.entry("count", "[0-9]{1,6}"),
                    Map.entry("years", "$count \"Y\" $months?"),
                    Map.entry("months", "$count \"M\" $days?"),
                    Map.entry("days", "$count \"D\""),
                    Map.entry(
                            "hours",
                            """
                            "T" ($count "H" ($count "M" ($count "S")?)? | $count "M" ($count "S")? | $count "S")\
                            """),
                    // Up to 32 characters besides the dots, 64 being what the standard allows.
                    Map.entry(
                            "email",
                            """
                            $atom ("."? $atom){0,31} "@" $label ("." $label){0,3} "." [a-zA-Z]{2,24}\
                            """),
                    Map.entry("atom", "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~\\x2D]"),
                    // At most 253 bytes in all, and no label with two hyphens in a row, which are
                    // kept for encoded ones.
                    Map.entry("hostname", "($label \".\"){0,4} $top"),
                    Map.entry("label", "[a-zA-Z0-9] (\"-\"? [a-zA-Z0-9]){0,24}"),
                    Map.entry("top", "[a-zA-Z] (\"-\"? [a-zA-Z0-9]){1,24}"),
                    Map.entry("ipv4", "$byte (\".\" $byte){3}"),
                    Map.entry(
                            "byte",
                            """
                            [0-9] | [1-9] [0-9] | "1" [0-9]{2} | "2" [0-4] [0-9] | "25" [0-5]\
                            """),
                    // RFC 3986, 3.2.2.
                    Map.entry(
                            "ipv6",
                            """
                            ($group ":"){6} $pair | "::" ($group ":"){5} $pair \
                            | $group? "::" ($group ":"){4} $pair \
                            | ($group ":"){0,1} $group "::" ($group ":"){3} $pair \
                            | ($group ":"){0,2} $group "::" ($group ":"){2} $pair \
                            | ($group ":"){0,3} $group "::" $group ":" $pair \
                            | ($group ":"){0,4} $group "::" $pair \
                            | ($group ":"){0,5} $group "::" $group \
                            | ($group ":"){0,6} $group "::" \
                            | "::" ($group ":"){3} $pair | "::" ($group ":"){2} $pair \
                            | "::" $group ":" $pair | "::" $pair | "::" $group | "::\"\
                            """),
                    Map.entry("group", "[0-9a-fA-F]{1,4}"),
                    Map.entry("pair", "$group \":\" $group | $ipv4"),
                    Map.entry(
                            "uuid",
                            """
                            [0-9a-fA-F]{8} "-" ([0-9a-fA-F]{4} "-"){3} [0-9a-fA-F]{12}\
                            """));

    private SharedRules() {}

    /// Returns what a rule stands for.
    static String body(String name) {
        return STRUCTURE.getOrDefault(name, FORMATS.getOrDefault(name, ""));
    }
}
