package dev.polymnia.models.toolcall;

import java.util.List;

/// The tags of a format that writes each argument between two of them, as it is and without
/// escapes.
///
/// @param wrapperOpen stands before the calls
/// @param callOpen stands before the tool's name
/// @param parameterOpen stands before a parameter's name
/// @param nameEnd stands after a name
/// @param lines whether a line break stands before and after a value
/// @param headers what may stand before the wrapper, up to the name that it is addressed to
/// @param headerEnd stands after that name
record Tags(
        String wrapperOpen,
        String wrapperClose,
        String callOpen,
        String callClose,
        String parameterOpen,
        String parameterClose,
        String nameEnd,
        boolean lines,
        List<String> headers,
        String headerEnd) {

    static final Tags FUNCTION =
            new Tags(
                    "<tool_call>",
                    "</tool_call>",
                    "<function=",
                    "</function>",
                    "<parameter=",
                    "</parameter>",
                    ">",
                    true,
                    List.of(),
                    "");

    static final Tags ATEM =
            new Tags(
                    "<atem:function_calls>",
                    "</atem:function_calls>",
                    "<atem:invoke name=\"",
                    "</atem:invoke>",
                    "<atem:parameter name=\"",
                    "</atem:parameter>",
                    "\">",
                    false,
                    List.of("<|start|>assistant to=", "to="),
                    "<|message|>");

    Tags {
        headers = List.copyOf(headers);
    }
}
