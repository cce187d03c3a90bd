/** Numbers from 0 up to 1 that a seed decides (mulberry32), for tests. */
export function random(seed: number): () => number {
    let state = seed + 0x6d2b79f5;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}

/** Returns the same in another order (Fisher and Yates). */
export function shuffled<T>(all: readonly T[], draw: () => number): T[] {
    const order = [...all];
    for (let last = order.length - 1; last > 0; last--) {
        const other = Math.floor(draw() * (last + 1));
        [order[last], order[other]] = [order[other]!, order[last]!];
    }
    return order;
}
