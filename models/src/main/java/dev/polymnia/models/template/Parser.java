package dev.polymnia.models.template;

import dev.polymnia.models.template.Expression.Applied;
import dev.polymnia.models.template.Statement.Parameter;
import dev.polymnia.models.template.Statement.Signature;
import dev.polymnia.models.template.Statement.Target;
import dev.polymnia.models.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Parses a template into its statements.
final class Parser {
    private static final Set<String> INNER_TAGS =
            Set.of(
                    "elif",
                    "else",
                    "endif",
                    "endfor",
                    "endset",
                    "endmacro",
                    "endcall",
                    "endfilter",
                    "endwith",
                    "endgeneration");

    private final TokenStream tokens;
    private final Mentions mentions = new Mentions();
    private final ExpressionParser expressions;
    private final TargetParser targets;
    private int loops;

    private Parser(TokenStream tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens, mentions);
        this.targets = new TargetParser(tokens, expressions);
    }

    static List<Statement> parse(Source source, Limits limits) {
        TokenStream tokens = new TokenStream(Lexer.tokens(source), limits.nesting());
        try {
            List<Statement> statements = new Parser(tokens).statements();
            if (!tokens.isKind(Kind.END)) {
                throw Problem.syntax("a stray '" + tokens.current().text() + "'");
            }
            return statements;
        } catch (Problem problem) {
            throw source.fault(problem, tokens.at());
        }
    }

    /// Parses up to the end or up to a tag that ends or divides a block, which becomes current.
    private List<Statement> statements() {
        tokens.enter();
        List<Statement> statements = new ArrayList<>();
        while (!tokens.isKind(Kind.END)) {
            Token token = tokens.next();
            if (token.kind() == Kind.DATA) {
                statements.add(new Statement.Data(token.text(), token.at()));
            } else if (token.kind() == Kind.VARIABLE_BEGIN) {
                Expression expression = expressions.tuple(true, "");
                statements.add(new Statement.Output(expression, expression.at()));
                tokens.expect(Kind.VARIABLE_END);
            } else if (INNER_TAGS.contains(tokens.current().text())) {
                break;
            } else {
                statements.add(statement());
                tokens.expect(Kind.BLOCK_END);
            }
        }
        tokens.leave();
        return List.copyOf(statements);
    }

    /// Parses the rest of a tag, and the body up to one of the tags that end it.
    private List<Statement> body(String... ends) {
        // Python programmers put a colon there.
        tokens.skipOperator(":");
        tokens.expect(Kind.BLOCK_END);
        List<Statement> body = statements();
        for (String end : ends) {
            if (tokens.isName(end)) {
                return body;
            }
        }
        throw tokens.expected("the tag '" + ends[ends.length - 1] + "'");
    }

    private List<Statement> lastBody(String end) {
        List<Statement> body = body(end);
        tokens.next();
        return body;
    }

    private Statement statement() {
        Token tag = tokens.current();
        if (tag.kind() != Kind.NAME) {
            throw tokens.expected("the name of a tag");
        }
        int at = tag.at();
        return switch (tag.text()) {
            case "if" -> branches();
            case "for" -> loop();
            case "set" -> assignment();
            case "macro" -> macro();
            case "call" -> callBlock();
            case "filter" -> {
                tokens.next();
                yield new Statement.FilterBlock(filters(), lastBody("endfilter"), at);
            }
            case "with" -> with();
            case "generation" -> {
                tokens.next();
                yield new Statement.Generation(outsideOfLoops("endgeneration"), at);
            }
            case "print" -> {
                tokens.next();
                Expression value = expressions.expression();
                yield new Statement.Output(value, at);
            }
            case "break", "continue" -> jump();
            default -> throw Problem.unsupported("the tag '" + tag.text() + "'");
        };
    }

    private Statement jump() {
        if (loops == 0) {
            throw Problem.syntax("'" + tokens.current().text() + "' outside of a loop");
        }
        Token tag = tokens.next();
        return tag.isName("break")
                ? new Statement.Break(tag.at())
                : new Statement.Continue(tag.at());
    }

    private Statement branches() {
        int at = tokens.next().at();
        List<Statement.Branch> branches = new ArrayList<>();
        while (true) {
            Expression test = expressions.tuple(false, "");
            branches.add(new Statement.Branch(test, body("elif", "else", "endif")));
            Token tag = tokens.next();
            if (tag.isName("endif")) {
                return new Statement.If(branches, List.of(), at);
            }
            if (tag.isName("else")) {
                return new Statement.If(branches, lastBody("endif"), at);
            }
        }
    }

    private Statement loop() {
        int at = tokens.next().at();
        Target target = targets.target(false, "in");
        tokens.expectName("in");
        Expression items = expressions.tuple(false, "recursive");
        Expression test = tokens.skipName("if") ? expressions.expression() : null;
        boolean recursive = tokens.skipName("recursive");
        loops++;
        List<Statement> body = body("else", "endfor");
        loops--;
        List<Statement> otherwise = tokens.next().isName("else") ? lastBody("endfor") : List.of();
        return new Statement.For(target, items, test, recursive, body, otherwise, at);
    }

    private Statement assignment() {
        int at = tokens.next().at();
        Target target = targets.target(true, "");
        if (tokens.skipOperator("=")) {
            return new Statement.Assign(target, expressions.tuple(true, ""), at);
        }
        List<Applied> filters = tokens.isOperator("|") ? filters() : List.of();
        return new Statement.AssignBlock(target, filters, lastBody("endset"), at);
    }

    private List<Applied> filters() {
        List<Applied> filters = new ArrayList<>();
        do {
            filters.add(expressions.filter());
        } while (tokens.isOperator("|"));
        return filters;
    }

    private Statement with() {
        int at = tokens.next().at();
        List<Statement.Assign> assignments = new ArrayList<>();
        while (!tokens.isKind(Kind.BLOCK_END)) {
            if (!assignments.isEmpty()) {
                tokens.expectOperator(",");
            }
            Target target = targets.target(false, "");
            tokens.expectOperator("=");
            assignments.add(new Statement.Assign(target, expressions.expression(), at));
        }
        return new Statement.With(assignments, lastBody("endwith"), at);
    }

    private Statement macro() {
        int at = tokens.next().at();
        String name = targets.name();
        List<Parameter> parameters = parameters();
        return new Statement.Define(signature(name, parameters, "endmacro"), at);
    }

    private Statement callBlock() {
        int at = tokens.next().at();
        List<Parameter> parameters = tokens.isOperator("(") ? parameters() : List.of();
        if (!(expressions.expression() instanceof Expression.Call call)) {
            throw Problem.syntax("a call block calls nothing");
        }
        return new Statement.CallBlock(signature("caller", parameters, "endcall"), call, at);
    }

    private Signature signature(String name, List<Parameter> parameters, String end) {
        mentions.enterMacro();
        List<Statement> body = outsideOfLoops(end);
        return new Signature(name, parameters, body, mentions.leaveMacro());
    }

    /// A macro cannot leave the loop that it is defined or called in.
    private List<Statement> outsideOfLoops(String end) {
        int around = loops;
        loops = 0;
        List<Statement> body = lastBody(end);
        loops = around;
        return body;
    }

    private List<Parameter> parameters() {
        tokens.expectOperator("(");
        List<Parameter> parameters = new ArrayList<>();
        while (!tokens.skipOperator(")")) {
            if (!parameters.isEmpty()) {
                tokens.expectOperator(",");
            }
            String name = targets.name();
            Expression fallback = tokens.skipOperator("=") ? expressions.expression() : null;
            if (fallback == null
                    && !parameters.isEmpty()
                    && parameters.getLast().fallback() != null) {
                throw Problem.syntax("a parameter without default follows one with a default");
            }
            parameters.add(new Parameter(name, fallback));
        }
        return parameters;
    }
}
