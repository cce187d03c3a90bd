import { expect, it } from 'vitest';
import { inserted, LONG_PASTE, pasted } from './paste.ts';

const picture = new File(['x'], 'picture.png');

it('files are attached, and text goes into the box', () => {
    expect(pasted({ text: '', files: [picture] })).toEqual({ kind: 'files', files: [picture] });
    expect(pasted({ text: 'words', files: [] })).toEqual({ kind: 'usual' });
    expect(pasted({ text: '', files: [] })).toEqual({ kind: 'usual' });
});

it('a text that an office program put a picture beside is a text', () => {
    expect(pasted({ text: 'words', files: [picture] })).toEqual({ kind: 'usual' });
});

it('a text that is too long for the box is offered as a file', () => {
    const text = 'x'.repeat(LONG_PASTE + 1);

    expect(pasted({ text, files: [] })).toEqual({ kind: 'long', text });
    expect(pasted({ text: text.slice(1), files: [] })).toEqual({ kind: 'usual' });
});

it('a text is put in the place of what was selected', () => {
    expect(inserted('one two three', 4, 7, '2')).toBe('one 2 three');
    expect(inserted('', 0, 0, 'all')).toBe('all');
});
