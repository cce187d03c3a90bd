import { expect, it } from 'vitest';
import { contentOf } from './inline.ts';

it('what is said without files is words', () => {
    expect(contentOf('hello', [])).toBe('hello');
});

it('pictures come first, then all that is text as one part', () => {
    expect(contentOf('Compare.', [{ name: 'a.txt', text: 'one\n' }, { picture: 'data:image/png;base64,AA==' }])).toEqual([
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } },
        { type: 'text', text: 'The file "a.txt":\n```\none\n```\n\nCompare.' },
    ]);
});

it('no text ends its own fence', () => {
    expect(contentOf('Read.', [{ name: 'a.md', text: '````\ncode\n````' }])).toEqual([
        { type: 'text', text: 'The file "a.md":\n`````\n````\ncode\n````\n`````\n\nRead.' },
    ]);
});
