import type { Words } from './en.ts';

/** What stands between these is read from right to left, whatever its letters are. */
const OVERRIDE = '\u202e';
const END = '\u202c';

/**
 * Returns words as they might be in a language of another direction: from right to left, two fifths longer and
 * between brackets, so that tests find what is cut off, runs out of its place or was never in a catalogue.
 */
export function pseudo(words: Words): Words {
    return { ...(changed(words) as Words), locale: 'ar-XB', name: 'Pseudo', dir: 'rtl' };
}

function changed(value: unknown): unknown {
    if (typeof value === 'string') {
        return strange(value);
    }
    if (typeof value === 'function') {
        const say = value as (...given: unknown[]) => unknown;
        return (...given: unknown[]) => changed(say(...given));
    }
    return Object.fromEntries(Object.entries(value as object).map(([key, each]) => [key, changed(each)]));
}

/** Returns one of the words so. */
export function strange(text: string): string {
    const more = text.slice(0, Math.ceil(text.length * 0.4));
    return text === '' ? '' : `${OVERRIDE}[${text} ${more}]${END}`;
}
