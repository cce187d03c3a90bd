package dev.polymnia.models.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Which of the names that catch arguments the macros around the parser mention: Jinja lets a macro
/// take a caller or surplus arguments only if its body does.
final class Mentions {
    private static final Set<String> CATCH_ALL = Set.of("caller", "varargs", "kwargs");

    private final Deque<Set<String>> macros = new ArrayDeque<>();

    void add(String name) {
        if (CATCH_ALL.contains(name)) {
            macros.forEach(mentioned -> mentioned.add(name));
        }
    }

    void enterMacro() {
        macros.push(new TreeSet<>());
    }

    List<String> leaveMacro() {
        return List.copyOf(macros.pop());
    }
}
