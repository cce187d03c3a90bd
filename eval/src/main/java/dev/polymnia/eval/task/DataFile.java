package dev.polymnia.eval.task;

import dev.polymnia.core.Fault;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;
import tools.jackson.dataformat.csv.CsvSchema;

/// Reads the rows of a data file.
final class DataFile {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final CsvMapper CSV =
            CsvMapper.builder().enable(CsvReadFeature.SKIP_EMPTY_LINES).build();

    private final String name;
    private final String text;

    private DataFile(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /// Returns the rows of a file, at least one.
    ///
    /// @param definition says how the file is written
    /// @param bytes all of it
    /// @throws Fault with `INVALID` if something in it is not as it should be, or it is empty
    static List<Row> rows(Definition definition, byte[] bytes) {
        String name = definition.data();
        DataFile file = new DataFile(name, Utf8.decode(name, bytes));
        List<Row> rows =
                file.text.isBlank()
                        ? List.of()
                        : switch (definition.format()) {
                            case JSONL -> file.lines();
                            case JSON -> file.records(definition.records());
                            case CSV -> file.table(definition.columns());
                        };
        if (rows.isEmpty()) {
            throw invalid(name, "there is no row in it.");
        }
        return rows;
    }

    private List<Row> lines() {
        List<Row> rows = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String place = name + ", line " + number;
            try {
                rows.add(row(place, JSON.readTree(line)));
            } catch (JacksonException e) {
                throw new Fault(
                        Fault.Code.INVALID,
                        place + ": this is not a JSON object: " + e.getOriginalMessage() + ".",
                        e);
            }
        }
        return rows;
    }

    private List<Row> records(String pointer) {
        JsonNode records;
        try {
            records = JSON.readTree(text).at(pointer);
        } catch (JacksonException e) {
            throw malformed("JSON", e);
        }
        if (!records.isArray()) {
            throw invalid(
                    name,
                    pointer.isEmpty()
                            ? "it must hold a list; if a field does, name it: 'records: /field'."
                            : "there is no list at " + pointer + ".");
        }
        return numbered("record", records.valueStream().toList());
    }

    private List<Row> table(List<String> columns) {
        CsvSchema schema = CsvSchema.emptySchema().withHeader();
        if (!columns.isEmpty()) {
            CsvSchema.Builder named = CsvSchema.builder();
            for (String column : columns) {
                named.addColumn(column);
            }
            schema = named.build();
        }
        try {
            List<JsonNode> rows =
                    CSV.readerFor(JsonNode.class).with(schema).<JsonNode>readValues(text).readAll();
            return numbered("row", rows);
        } catch (JacksonException e) {
            throw malformed("CSV", e);
        }
    }

    private List<Row> numbered(String word, List<JsonNode> nodes) {
        List<Row> rows = new ArrayList<>();
        for (JsonNode node : nodes) {
            rows.add(row(name + ", " + word + " " + (rows.size() + 1), node));
        }
        return rows;
    }

    private static Row row(String place, JsonNode node) {
        if (!node.isObject()) {
            throw invalid(place, "this is not a JSON object but " + Fields.shortened(node) + ".");
        }
        return new Row(place, node);
    }

    private Fault malformed(String format, JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        String place = at == null ? name : name + ", line " + at.getLineNr();
        return new Fault(
                Fault.Code.INVALID,
                "%s: this is not %s: %s.".formatted(place, format, e.getOriginalMessage()),
                e);
    }

    private static Fault invalid(String place, String what) {
        return new Fault(Fault.Code.INVALID, place + ": " + what);
    }
}
