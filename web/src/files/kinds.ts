/** What models are given, as the server has it: what else there is it refuses (`Attachments`, `FileKind`). */
export const MOST_FILES = 10;

/** Of a text, in bytes. */
export const LONGEST_TEXT = 256 << 10;

/** The longest file of a server that nobody has told otherwise, in bytes. */
export const USUAL_LONGEST = 16 << 20;

export const HEAD = 1024;

const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
const TEXTS = new Set(['text/plain', 'text/html', 'image/svg+xml', 'application/xml']);

/** Whether a browser shows it, and models see it. SVG is a text: it is a program, too. */
export function isPicture(type: string): boolean {
    return PICTURES.has(type);
}

export function isText(type: string): boolean {
    return TEXTS.has(type);
}

/** How pictures begin: text, as bytes; full stops for any. */
const SIGNATURES: readonly [string, string][] = [
    ['image/png', '\x89PNG\r\n\x1a\n'],
    ['image/jpeg', '\xff\xd8\xff'],
    ['image/gif', 'GIF87a'],
    ['image/gif', 'GIF89a'],
    ['image/webp', 'RIFF....WEBPVP'],
];

function begins(bytes: Uint8Array, signature: string): boolean {
    return (
        bytes.length >= signature.length &&
        [...signature].every((letter, index) => letter === '.' || bytes[index] === letter.charCodeAt(0))
    );
}

/** Returns which picture begins so; null for none. */
export function pictureType(bytes: Uint8Array): string | null {
    return SIGNATURES.find(([, signature]) => begins(bytes, signature))?.[0] ?? null;
}

const WHITE = new Set(['\t', '\n', '\f', '\r', '\x1b'].map((letter) => letter.charCodeAt(0)));

/**
 * Whether bytes are words in UTF-8 without what no text has.
 *
 * @param whole whether it is all of them, or their last letter may be cut
 */
export function isWords(bytes: Uint8Array, whole = true): boolean {
    if (begins(bytes, '%PDF-') || bytes.some((byte) => (byte < 0x20 && !WHITE.has(byte)) || byte === 0x7f)) {
        return false;
    }
    try {
        new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !whole });
        return true;
    } catch {
        return false;
    }
}
