package dev.polymnia.server;

import io.helidon.http.HeaderName;
import io.helidon.webserver.http.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The tags that a header of a request names. Those that a proxy made weak, as it does when it
/// compresses, count as they were: no [Tag] says more of the bytes than that. Immutable.
///
/// @param sent the header as it was sent; empty if it was not
/// @param all what stands between quotation marks in it
record Tags(String sent, List<String> all) {
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"([^\"]*)\"");
    private static final String ANY = "*";

    /// Copies the parts.
    Tags {
        all = List.copyOf(all);
    }

    static Tags of(ServerRequest request, HeaderName header) {
        String sent = String.join(", ", request.headers().all(header, List::of)).strip();
        List<String> all = new ArrayList<>();
        Matcher tag = TAG.matcher(sent);
        while (tag.find()) {
            all.add(tag.group(1));
        }
        return new Tags(sent, all);
    }

    /// Returns whether one of them is meant, or any is.
    boolean contain(Predicate<String> one) {
        return sent.equals(ANY) || all.stream().anyMatch(one);
    }
}
