import { expect, it } from 'vitest';
import { isWords, pictureType } from './kinds.ts';

const bytes = (letters: string) => Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
const utf8 = (words: string) => new TextEncoder().encode(words);

it('a picture is one by how it begins', () => {
    expect(pictureType(bytes('\x89PNG\r\n\x1a\n\0\0'))).toBe('image/png');
    expect(pictureType(bytes('\xff\xd8\xff\xe0'))).toBe('image/jpeg');
    expect(pictureType(bytes('GIF89a'))).toBe('image/gif');
    expect(pictureType(bytes('RIFF\x10\0\0\0WEBPVP8 '))).toBe('image/webp');
    expect(pictureType(bytes('RIFF\x10\0\0\0WAVEfmt '))).toBeNull();
    expect(pictureType(bytes('\x89PN'))).toBeNull();
    expect(pictureType(utf8('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBeNull();
});

it('words are UTF-8 without what no text has', () => {
    expect(isWords(utf8('Tabs\tand lines\r\nand \x1b[1mcolours\x1b[0m, ü, 鷺'))).toBe(true);
    expect(isWords(bytes('Latin 1: \xfc'))).toBe(false);
    expect(isWords(bytes('PK\x03\x04'))).toBe(false);
    expect(isWords(bytes('a\0b'))).toBe(false);
    expect(isWords(utf8('%PDF-1.7 in letters only'))).toBe(false);
});

it('a letter that is cut at the end of a piece is none that is wrong', () => {
    const cut = utf8('ends with ü').slice(0, -1);

    expect(isWords(cut, false)).toBe(true);
    expect(isWords(cut)).toBe(false);
});
