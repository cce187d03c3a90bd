/** How often a page that nobody sees is drawn. */
const UNSEEN = 250;

/** Draws once for all that is asked for within a frame. */
export function frames(draw: () => void): { soon: () => void; now: () => void; stop: () => void } {
    let frame = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = () => {
        cancelAnimationFrame(frame);
        clearTimeout(timer);
        frame = 0;
        timer = undefined;
    };
    const now = () => {
        stop();
        draw();
    };
    const soon = () => {
        if (document.hidden) {
            timer ??= setTimeout(now, UNSEEN);
        } else if (frame === 0) {
            frame = requestAnimationFrame(now);
            // A page that is hidden meanwhile has no frames.
            timer ??= setTimeout(now, UNSEEN);
        }
    };
    return { soon, now, stop };
}
