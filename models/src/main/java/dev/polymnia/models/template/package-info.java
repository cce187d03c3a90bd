/// Chat templates: the small programs inside of model files that turn messages into a prompt.
///
/// They are written in Jinja2 as `transformers` sets it up, so this package is an interpreter for
/// exactly that dialect. Start at [ChatTemplate][dev.polymnia.models.template.ChatTemplate]:
///
/// ```java
/// ChatTemplate template = ChatTemplate.parse(source);
/// String prompt = template.render(Map.of("messages", messages), now);
/// ```
///
/// On the way, a lexer cuts the text into tokens and a parser builds a tree of statements and
/// expressions. That happens once. Each rendering walks the tree with values that behave as
/// Python's do, and with a budget of steps, text and depth: a template is a stranger's program.
@org.jspecify.annotations.NullMarked
package dev.polymnia.models.template;
