/** What the frame tells the page. */
export type Told =
    | { type: 'ready' }
    | { type: 'drawn'; id: number; height: number }
    | { type: 'failed'; id: number; why: string };

/** A diagram that is higher is scrolled. */
const HIGHEST = 4000;
const MOST_WORDS = 1000;

/** Returns what a message of the frame tells; null if it is none that a frame sends. */
export function readTold(data: unknown): Told | null {
    if (typeof data !== 'object' || data === null) {
        return null;
    }
    const { type, id, height, why } = data as Record<string, unknown>;
    if (type === 'ready') {
        return { type };
    }
    if (typeof id !== 'number') {
        return null;
    }
    if (type === 'drawn' && typeof height === 'number' && height > 0) {
        return { type, id, height: Math.min(HIGHEST, Math.ceil(height)) };
    }
    if (type === 'failed' && typeof why === 'string') {
        return { type, id, why: why.slice(0, MOST_WORDS) };
    }
    return null;
}
