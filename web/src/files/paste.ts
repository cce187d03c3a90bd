/** A text that is longer is better read from a file than from the box. */
export const LONG_PASTE = 20_000;

/** What is on the clipboard. */
export interface Clipboard {
    text: string;
    files: readonly File[];
}

export type Paste =
    | { kind: 'files'; files: readonly File[] }
    | { kind: 'long'; text: string }
    /** The browser's own to put in. */
    | { kind: 'usual' };

/** Returns what is done with what is pasted. Office programs put a picture beside each text; the text is meant. */
export function pasted({ text, files }: Clipboard): Paste {
    if (text === '' && files.length > 0) {
        return { kind: 'files', files };
    }
    return text.length > LONG_PASTE ? { kind: 'long', text } : { kind: 'usual' };
}

/** Returns a text with another one in place of what is selected. */
export function inserted(text: string, start: number, end: number, more: string): string {
    return text.slice(0, start) + more + text.slice(end);
}
