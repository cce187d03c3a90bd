/**
 * Has the browser keep the page, so that it opens without the server. Browsers do that for pages of this machine
 * and those that come over HTTPS only; others go on without.
 */
export function keepShell(): void {
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) {
        return;
    }
    // What the page itself needs comes first.
    window.addEventListener(
        'load',
        () => {
            navigator.serviceWorker.register('/worker.js', { updateViaCache: 'none' }).catch(() => {
                // The page is there, and will be as long as the server is.
            });
        },
        { once: true },
    );
}
