package dev.polymnia.models.template;

import java.util.List;

/// What filters such as `map` return: something that can be walked through exactly once. Its values
/// are computed beforehand; only their consumption is visible to a template.
final class Generator implements Value {
    private List<Value> rest;

    Generator(List<Value> values) {
        this.rest = values;
    }

    List<Value> drain() {
        List<Value> values = rest;
        rest = List.of();
        return values;
    }
}
