package dev.polymnia.models.template;

import dev.polymnia.models.template.Statement.Parameter;
import dev.polymnia.models.template.Statement.Signature;
import dev.polymnia.models.template.Statement.Target;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Executes the statements of a template once.
final class Renderer {
    private final Source source;
    private final Budget budget;
    private final Evaluator evaluator;

    /// How a statement ended.
    private enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }

    Renderer(Source source, Budget budget, LocalDateTime now) {
        this.source = source;
        this.budget = budget;
        this.evaluator = new Evaluator(source, budget, this, now);
    }

    String render(List<Statement> statements, Map<String, Value> variables) {
        StringBuilder out = new StringBuilder();
        execute(statements, new Scope(variables), out);
        return out.toString();
    }

    private Flow execute(List<Statement> statements, Scope scope, StringBuilder out) {
        for (Statement statement : statements) {
            Flow flow = execute(statement, scope, out);
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    private Flow execute(Statement statement, Scope scope, StringBuilder out) {
        try {
            budget.enter();
            Flow flow = perform(statement, scope, out);
            budget.leave();
            return flow;
        } catch (Problem problem) {
            throw source.fault(problem, statement.at());
        }
    }

    private Flow perform(Statement statement, Scope scope, StringBuilder out) {
        switch (statement) {
            case Statement.Data data -> append(out, data.text());
            case Statement.Output output ->
                    append(
                            out,
                            Printer.text(evaluator.evaluate(output.expression(), scope), budget));
            case Statement.If branches -> {
                return branch(branches, scope, out);
            }
            case Statement.For loop -> loop(loop, scope, out);
            case Statement.Assign assign ->
                    assign(assign.target(), evaluator.evaluate(assign.value(), scope), scope);
            case Statement.AssignBlock block -> {
                Captured captured = capture(block.body(), scope);
                if (captured.flow() != Flow.NEXT) {
                    return captured.flow();
                }
                assign(block.target(), filter(captured.text(), block.filters(), scope), scope);
            }
            case Statement.Define define ->
                    scope.set(define.macro().name(), new Macro(define.macro(), scope));
            case Statement.CallBlock block -> append(out, callBlock(block, scope));
            case Statement.FilterBlock block -> {
                Captured captured = capture(block.body(), scope);
                if (captured.flow() != Flow.NEXT) {
                    return captured.flow();
                }
                Value text = filter(captured.text(), block.filters(), scope);
                append(out, Printer.text(text, budget));
            }
            case Statement.With with -> {
                return with(with, scope, out);
            }
            case Statement.Generation generation -> execute(generation.body(), scope.inner(), out);
            case Statement.Break _ -> {
                return Flow.BREAK;
            }
            case Statement.Continue _ -> {
                return Flow.CONTINUE;
            }
        }
        return Flow.NEXT;
    }

    private void append(StringBuilder out, String text) {
        budget.output((long) out.length() + text.length());
        budget.text(text.length());
        out.append(text);
    }

    private Flow branch(Statement.If branches, Scope scope, StringBuilder out) {
        for (Statement.Branch branch : branches.branches()) {
            if (evaluator.test(branch.test(), scope)) {
                return execute(branch.body(), scope, out);
            }
        }
        return execute(branches.otherwise(), scope, out);
    }

    private Flow with(Statement.With with, Scope scope, StringBuilder out) {
        Scope inner = scope.inner();
        for (Statement.Assign assignment : with.assignments()) {
            // All values are computed in the scope around.
            assign(assignment.target(), evaluator.evaluate(assignment.value(), scope), inner);
        }
        return execute(with.body(), inner, out);
    }

    /// What a block wrote, and how it ended.
    private record Captured(Value text, Flow flow) {}

    private Captured capture(List<Statement> body, Scope scope) {
        StringBuilder out = new StringBuilder();
        Flow flow = execute(body, scope.inner(), out);
        budget.text(out.length());
        return new Captured(Value.of(out.toString()), flow);
    }

    private Value filter(Value input, List<Expression.Applied> filters, Scope scope) {
        Value value = input;
        for (Expression.Applied filter : filters) {
            value = evaluator.filter(value, filter, scope);
        }
        return value;
    }

    private void loop(Statement.For statement, Scope scope, StringBuilder out) {
        iterate(statement, evaluator.evaluate(statement.items(), scope), scope, 0, out);
    }

    private void iterate(
            Statement.For statement, Value items, Scope scope, int depth, StringBuilder out) {
        List<Value> values = Sequences.iterate(items, budget);
        Expression test = statement.test();
        Loop loop =
                new Loop(
                        statement,
                        scope,
                        depth,
                        values,
                        value -> {
                            budget.spend(1);
                            if (test == null) {
                                return true;
                            }
                            Scope inner = scope.inner();
                            assign(statement.target(), value, inner);
                            return evaluator.test(test, inner);
                        });
        boolean empty = true;
        for (Value value = loop.next(); value != null; value = loop.next()) {
            empty = false;
            Scope inner = scope.inner();
            inner.set("loop", loop);
            assign(statement.target(), value, inner);
            if (execute(statement.body(), inner, out) == Flow.BREAK) {
                break;
            }
        }
        if (empty) {
            execute(statement.otherwise(), scope.inner(), out);
        }
    }

    /// Runs a recursive loop once more, over other items, as `loop(…)` asks to.
    Value recurse(Loop loop, Value items) {
        if (!loop.statement().recursive()) {
            throw Problem.failed("the loop is not marked as recursive");
        }
        budget.enter();
        StringBuilder out = new StringBuilder();
        iterate(loop.statement(), items, loop.scope(), loop.depth() + 1, out);
        budget.leave();
        budget.text(out.length());
        return Value.of(out.toString());
    }

    private void assign(Target target, Value value, Scope scope) {
        switch (target) {
            case Target.Variable variable -> scope.set(variable.name(), value);
            case Target.Member member -> {
                if (!(scope.find(member.namespace()) instanceof Namespace namespace)) {
                    throw Problem.failed("cannot assign attribute on non-namespace object");
                }
                namespace.set(member.name(), value);
            }
            case Target.Unpacked unpacked -> unpack(unpacked.targets(), value, scope);
        }
    }

    private void unpack(List<Target> targets, Value value, Scope scope) {
        List<Value> values = Sequences.iterate(value, budget);
        if (values.size() != targets.size()) {
            throw Problem.failed(
                    "cannot unpack %d values into %d names"
                            .formatted(values.size(), targets.size()));
        }
        for (int index = 0; index < targets.size(); index++) {
            assign(targets.get(index), values.get(index), scope);
        }
    }

    private String callBlock(Statement.CallBlock block, Scope scope) {
        Expression.Call call = block.call();
        Value function = evaluator.evaluate(call.function(), scope);
        Arguments given = evaluator.arguments(call.given(), scope);
        Map<String, Value> named = new LinkedHashMap<>(given.named());
        named.put("caller", new Macro(block.caller(), scope));
        Value result = evaluator.call(function, new Arguments(given.positional(), named));
        return Printer.text(result, budget);
    }

    Value call(Macro macro, Arguments given) {
        // A call takes more of the Java stack than an expression, so it counts twice.
        budget.enter();
        Scope scope = macro.scope().inner();
        bind(macro.signature(), given, scope);
        StringBuilder out = new StringBuilder();
        execute(macro.signature().body(), scope, out);
        budget.leave();
        budget.text(out.length());
        return Value.of(out.toString());
    }

    private void bind(Signature macro, Arguments given, Scope scope) {
        List<Parameter> parameters = macro.parameters();
        Map<String, Value> surplus = new LinkedHashMap<>(given.named());
        List<Value> positional = given.positional();
        for (int index = 0; index < parameters.size(); index++) {
            Parameter parameter = parameters.get(index);
            Value named = surplus.remove(parameter.name());
            if (named != null && index < positional.size()) {
                throw Problem.failed(
                        "macro '%s' got two values for '%s'"
                                .formatted(macro.name(), parameter.name()));
            }
            scope.set(
                    parameter.name(),
                    index < positional.size()
                            ? positional.get(index)
                            : named != null ? named : fallback(parameter, scope));
        }
        catchSurplus(macro, positional, surplus, scope);
    }

    private Value fallback(Parameter parameter, Scope scope) {
        return parameter.fallback() == null
                ? new Value.Undefined("parameter '" + parameter.name() + "' was not provided")
                : evaluator.evaluate(parameter.fallback(), scope);
    }

    private static void catchSurplus(
            Signature macro, List<Value> positional, Map<String, Value> named, Scope scope) {
        List<String> catchAll = macro.catchAll();
        if (catchAll.contains("caller")) {
            Value caller = named.remove("caller");
            scope.set("caller", caller == null ? new Value.Undefined("No caller defined") : caller);
        }
        int taken = Math.min(positional.size(), macro.parameters().size());
        List<Value> rest = positional.subList(taken, positional.size());
        if (catchAll.contains("varargs")) {
            scope.set("varargs", new Value.Tuple(new ArrayList<>(rest)));
        } else if (!rest.isEmpty()) {
            throw Problem.failed(
                    "macro '%s' takes not more than %d argument(s)"
                            .formatted(macro.name(), macro.parameters().size()));
        }
        if (catchAll.contains("kwargs")) {
            scope.set("kwargs", Value.Dict.named(named));
        } else if (!named.isEmpty()) {
            throw Problem.failed(
                    "macro '%s' takes no keyword argument '%s'"
                            .formatted(macro.name(), named.keySet().iterator().next()));
        }
    }
}
