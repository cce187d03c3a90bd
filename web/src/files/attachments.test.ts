import { describe, expect, it } from 'vitest';
import { Problem } from '../api/problem.ts';
import type { KeptFile } from '../api/types.ts';
import { Attachments, looked } from './attachments.ts';
import { LONGEST_TEXT, MOST_FILES } from './kinds.ts';

const PNG = Uint8Array.from('\x89PNG\r\n\x1a\n', (letter) => letter.charCodeAt(0));
const png = (name: string) => new File([PNG], name);
const note = (name: string) => new File(['words'], name);
const names = (all: readonly { file: File }[]) => all.map(({ file }) => file.name);

/** Attachments, and the pictures that the browser has for them. */
function attachments() {
    const shown = new Set<string>();
    let count = 0;
    const all = new Attachments(
        () => {
            const url = `blob:${++count}`;
            shown.add(url);
            return url;
        },
        (url) => shown.delete(url),
    );
    return { all, shown };
}

/** A server that keeps files, or says why not. */
function keeper(failing: (name: string) => boolean = () => false) {
    const calls: string[] = [];
    const keep = async (conversation: string, file: File): Promise<KeptFile> => {
        calls.push(`${conversation}/${file.name}`);
        if (failing(file.name)) {
            throw new Problem('too-long', 'too long');
        }
        return { id: `file-${calls.length}`, name: file.name, type: 'text/plain', size: file.size };
    };
    return { calls, keep };
}

describe('what models are given', () => {
    it('is known before anything is sent', async () => {
        expect(await looked(png('x'))).toBe('picture');
        expect(await looked(note('x'))).toBe('text');
        expect(await looked(new Blob([]))).toBe('empty');
        expect(await looked(new Blob([Uint8Array.of(0, 1, 2)]))).toBe('kind');
        expect(await looked(new Blob(['a'.repeat(LONGEST_TEXT)]))).toBe('text');
        expect(await looked(new Blob(['ü'.repeat(LONGEST_TEXT / 2), 'x']))).toBe('long');
        expect(await looked(new Blob([new Uint8Array(LONGEST_TEXT + 1)]))).toBe('kind');
        expect(await looked(new Blob([PNG, new Uint8Array(LONGEST_TEXT)]))).toBe('picture');
        // Words at first, and not later.
        expect(await looked(new Blob(['a'.repeat(2000), Uint8Array.of(0)]))).toBe('kind');
    });

    it('is taken, and why other files are not is said', async () => {
        const { all } = attachments();
        const broken = { name: 'folder', size: 1, slice: () => ({ arrayBuffer: () => Promise.reject(new Error()) }) };

        const refused = await all.add('draft', [
            note('a.txt'),
            new File([], 'nothing'),
            new File(['%PDF-1.7'], 'b.pdf'),
            broken as unknown as File,
            png('c.png'),
        ]);

        expect(names(all.of('draft'))).toEqual(['a.txt', 'c.png']);
        expect(refused).toEqual([
            { name: 'nothing', why: 'empty' },
            { name: 'b.pdf', why: 'kind' },
            { name: 'folder', why: 'unread' },
        ]);
    });

    it('is not more than a message may have, also when two choices come at once', async () => {
        const { all } = attachments();
        const some = Array.from({ length: MOST_FILES - 1 }, (_, index) => note(`${index}`));

        const refused = await Promise.all([all.add('draft', some), all.add('draft', some)]);

        expect(all.of('draft')).toHaveLength(MOST_FILES);
        expect(refused.flat().map(({ why }) => why)).toEqual(Array.from({ length: MOST_FILES - 2 }, () => 'many'));
    });
});

describe('attachments', () => {
    it('belong to a draft', async () => {
        const { all } = attachments();
        await all.add('one', [note('a')]);
        await all.add('other', [note('b')]);
        all.clear('one', all.of('one'));

        expect(names(all.of('one'))).toEqual([]);
        expect(names(all.of('other'))).toEqual(['b']);
    });

    it('are told of, and their pictures are given back to the browser', async () => {
        const { all, shown } = attachments();
        let told = 0;
        const leave = all.listen(() => told++);
        await all.add('draft', [png('a'), png('b'), note('c')]);
        expect(shown.size).toBe(2);
        expect(told).toBe(3);

        all.remove('draft', all.of('draft')[0]!.key);
        expect(names(all.of('draft'))).toEqual(['b', 'c']);
        expect(shown.size).toBe(1);
        all.clear('draft', all.of('draft'));
        expect(shown.size).toBe(0);
        leave();
        await all.add('draft', [note('d')]);
        expect(told).toBe(6);
    });

    it('are sent in their order, and those that are there are not sent again', async () => {
        const { all } = attachments();
        await all.add('draft', ['a', 'b', 'c'].map(note));
        const first = keeper((name) => name === 'b');

        await expect(all.send('draft', 'talk', first.keep)).rejects.toThrow('too long');
        expect(first.calls).toEqual(['talk/a', 'talk/b']);
        expect(all.of('draft').map(({ problem }) => problem?.kind)).toEqual([undefined, 'too-long', undefined]);
        expect(all.of('draft').some(({ sending }) => sending)).toBe(false);

        const second = keeper();
        const files = await all.send('draft', 'talk', second.keep);
        expect(second.calls).toEqual(['talk/b', 'talk/c']);
        expect(files.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
        expect(all.of('draft').every(({ problem }) => problem === null)).toBe(true);
    });

    it('are sent again where the conversation is another one', async () => {
        const { all } = attachments();
        await all.add('draft', [note('a')]);
        const server = keeper();
        await all.send('draft', 'gone', server.keep);
        await all.send('draft', 'new', server.keep);

        expect(server.calls).toEqual(['gone/a', 'new/a']);
    });

    it('that are added while others are sent stay for the next message', async () => {
        const { all } = attachments();
        await all.add('draft', [note('a')]);
        const going = all.of('draft');
        await all.send('draft', 'talk', async (conversation, file) => {
            await all.add('draft', [note('late')]);
            return keeper().keep(conversation, file);
        });
        all.clear('draft', going);

        expect(names(all.of('draft'))).toEqual(['late']);
    });

    it('that are added while a conversation is begun go along to it', async () => {
        const { all, shown } = attachments();
        await all.add('new', [png('a')]);
        const going = all.of('new');
        await all.add('new', [png('late')]);
        all.clear('new', going, 'talk');

        expect(names(all.of('new'))).toEqual([]);
        expect(names(all.of('talk'))).toEqual(['late']);
        expect(shown.size).toBe(1);
    });

    it('are forgotten, all of them', async () => {
        const { all, shown } = attachments();
        await all.add('one', [png('a')]);
        await all.add('other', [png('b'), note('c')]);
        all.forgetAll();

        expect([...all.of('one'), ...all.of('other')]).toEqual([]);
        expect(shown.size).toBe(0);
    });
});
