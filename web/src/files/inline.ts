import type { Part } from '../api/fleeting.ts';
import { HEAD, pictureType } from './kinds.ts';

/** A file with all that is in it. */
export type Inlined = { picture: string } | { name: string; text: string };

/** Returns what is said with files as one message: pictures first, then all words, as in a conversation that is kept. */
export function contentOf(text: string, files: readonly Inlined[]): string | readonly Part[] {
    if (files.length === 0) {
        return text;
    }
    const pictures = files.flatMap((file): Part[] =>
        'picture' in file ? [{ type: 'image_url', image_url: { url: file.picture } }] : [],
    );
    const texts = files.flatMap((file) => ('picture' in file ? [] : [fenced(file.name, file.text)]));
    return [...pictures, { type: 'text', text: [...texts, text].join('\n\n') }];
}

/** Between fences that are longer than any in it. */
function fenced(name: string, text: string): string {
    const longest = (text.match(/`{3,}/g) ?? []).reduce((all, each) => Math.max(all, each.length + 1), 3);
    const fence = '`'.repeat(longest);
    return `The file "${name}":\n${fence}\n${text.trimEnd()}\n${fence}`;
}

export async function inlined(file: File): Promise<Inlined> {
    const type = pictureType(new Uint8Array(await file.slice(0, HEAD).arrayBuffer()));
    return type === null
        ? { name: file.name, text: await file.text() }
        : { picture: await asAddress(new Blob([file], { type })) };
}

function asAddress(blob: Blob): Promise<string> {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(String(reader.result));
        reader.onerror = () => reject(new Error('The file cannot be read any more.'));
        reader.readAsDataURL(blob);
    });
}
