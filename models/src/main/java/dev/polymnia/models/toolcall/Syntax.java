package dev.polymnia.models.toolcall;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What a reader looks for in one format.
///
/// @param openers what opens a block, anywhere
/// @param nextOpeners what opens one right after a call
/// @param links what right after a call, or another link, is not words
/// @param blocks makes the block after an opener
record Syntax(
        List<String> openers,
        List<String> nextOpeners,
        List<String> links,
        Function<String, Block> blocks) {
    Syntax {
        openers = List.copyOf(openers);
        nextOpeners = List.copyOf(nextOpeners);
        links = List.copyOf(links);
    }

    static Syntax of(ToolCallFormat format, Offer offer) {
        return switch (format) {
            case HERMES -> hermes();
            case FUNCTION_TAGS -> tags(Tags.FUNCTION, List.of(), offer);
            case ATEM -> tags(Tags.ATEM, List.of("<|eom|>"), offer);
            case LLAMA -> bare(List.of(BareBlock.TAG, "{", "[", BareBlock.FENCE), offer);
            case JSON -> bare(List.of("{", "[", BareBlock.FENCE), offer);
            case MISTRAL, MISTRAL_NAMED, MISTRAL_NUMBERED -> mistral();
            case DEEPSEEK, DEEPSEEK_PLAIN -> deepSeek();
        };
    }

    private static Syntax hermes() {
        String open = Tags.FUNCTION.wrapperOpen();
        String close = Tags.FUNCTION.wrapperClose();
        return new Syntax(
                List.of(open),
                List.of(),
                List.of(),
                opener ->
                        JsonBlock.after(
                                opener,
                                new Prefix(List.of("{")),
                                new ObjectBody(close, List.of(open))));
    }

    private static Syntax tags(Tags tags, List<String> moreLinks, Offer offer) {
        List<String> openers = new ArrayList<>(tags.headers());
        openers.add(tags.wrapperOpen());
        openers.add(tags.callOpen());
        List<String> links = new ArrayList<>(moreLinks);
        links.add(tags.wrapperClose());
        return new Syntax(openers, List.of(), links, opener -> new TagBlock(opener, tags, offer));
    }

    private static Syntax bare(List<String> openers, Offer offer) {
        return new Syntax(
                openers, List.of(), List.of(";"), opener -> new BareBlock(opener, offer.names()));
    }

    private static Syntax mistral() {
        List<String> openers = List.of(MistralHead.CALLS);
        return new Syntax(
                openers,
                List.of("{"),
                List.of(",", "]"),
                opener -> {
                    ObjectBody body = new ObjectBody("", openers);
                    return opener.equals("{")
                            ? JsonBlock.afterBracket(new MistralHead(), body)
                            : JsonBlock.after(opener, new MistralHead(), body);
                });
    }

    private static Syntax deepSeek() {
        List<String> openers = List.of(DeepSeekHead.CALLS, DeepSeekHead.CALL);
        return new Syntax(
                openers,
                List.of(),
                List.of(DeepSeekHead.CALLS_END),
                opener ->
                        JsonBlock.after(
                                opener,
                                new DeepSeekHead(opener),
                                new ObjectBody(DeepSeekHead.CALL_END, openers)));
    }
}
