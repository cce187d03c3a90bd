package dev.polymnia.models.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that writes or assigns, as the parser found it; `at` is its offset in the source.
sealed interface Statement {
    int at();

    record Data(String text, int at) implements Statement {}

    record Output(Expression expression, int at) implements Statement {}

    record If(List<Branch> branches, List<Statement> otherwise, int at) implements Statement {}

    record For(
            Target target,
            Expression items,
            @Nullable Expression test,
            boolean recursive,
            List<Statement> body,
            List<Statement> otherwise,
            int at)
            implements Statement {}

    record Assign(Target target, Expression value, int at) implements Statement {}

    record AssignBlock(
            Target target, List<Expression.Applied> filters, List<Statement> body, int at)
            implements Statement {}

    record Define(Signature macro, int at) implements Statement {}

    record CallBlock(Signature caller, Expression.Call call, int at) implements Statement {}

    record FilterBlock(List<Expression.Applied> filters, List<Statement> body, int at)
            implements Statement {}

    record With(List<Assign> assignments, List<Statement> body, int at) implements Statement {}

    /// `{% generation %}`, which marks what the assistant wrote.
    record Generation(List<Statement> body, int at) implements Statement {}

    record Break(int at) implements Statement {}

    record Continue(int at) implements Statement {}

    record Branch(Expression test, List<Statement> body) {}

    /// A macro as it is written.
    ///
    /// @param name its name; `caller` for the body of a call block
    /// @param parameters its parameters
    /// @param body what it writes
    /// @param catchAll which of `caller`, `varargs` and `kwargs` the body mentions
    record Signature(
            String name, List<Parameter> parameters, List<Statement> body, List<String> catchAll) {}

    record Parameter(String name, @Nullable Expression fallback) {}

    /// What can stand on the left of an assignment.
    sealed interface Target {
        record Variable(String name) implements Target {}

        record Member(String namespace, String name) implements Target {}

        record Unpacked(List<Target> targets) implements Target {}
    }
}
