package dev.polymnia.server;

/// The little that a browser is shown which comes back from a provider: without scripts, styles or
/// anything from elsewhere. Stateless.
final class HtmlPage {
    private HtmlPage() {}

    /// Returns a page that leads on to `/` at once.
    ///
    /// A redirect would not do: a browser that another site has sent here does not show a
    /// `SameSite=Strict` cookie as long as it is only redirected. What a page of this server leads
    /// to is asked for by this server.
    static String onward() {
        return page(
                "<meta http-equiv=\"refresh\" content=\"0; url=/\">",
                "You are signed in.",
                "Go on");
    }

    /// Returns a page with a message.
    static String of(String message) {
        return page("", message, "Back");
    }

    private static String page(String head, String message, String link) {
        return """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">%s
        <title>Polymnia</title>
        <p>%s</p>
        <p><a href="/">%s</a></p>
        </html>
        """
                .formatted(head, escape(message), link);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
