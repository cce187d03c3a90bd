import type { Words } from '../words/words.ts';

/** Returns the day of a moment in seconds. */
export function day(seconds: number, words: Words): string {
    return new Date(seconds * 1000).toLocaleDateString(words.locale, { dateStyle: 'medium' });
}

/** Returns a moment in seconds, to the minute. */
export function moment(seconds: number, words: Words): string {
    return new Date(seconds * 1000).toLocaleString(words.locale, { dateStyle: 'medium', timeStyle: 'short' });
}
