import { startTransition, useEffect, useState } from 'react';

/** More than a screen has. */
const FIRST = 20;

/**
 * Returns what is drawn of a long list: its end at once, where one begins to read, and all of it a little later, in pieces
 * between which the page answers.
 *
 * @param name of the list
 */
export function useGradually<T>(name: string | null, all: readonly T[]): readonly T[] {
    const [whole, setWhole] = useState<string | null>(null);
    useEffect(() => startTransition(() => setWhole(name)), [name]);
    return whole === name ? all : all.slice(-FIRST);
}
