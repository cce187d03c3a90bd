import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { filesBelow } from './packed.ts';

const PAGE = 'target/classes/polymnia-page';

interface Part {
    file: string;
    isEntry?: boolean;
    imports?: string[];
    css?: string[];
}

/** The most that is read before the page can be used, compressed. */
const MOST = 250_000;

function firstLoad(): string[] {
    const manifest = JSON.parse(readFileSync('target/manifest.json', 'utf8')) as Record<string, Part>;
    const files = new Set(['index.html']);
    const take = (part: Part) => {
        files.add(part.file);
        part.css?.forEach((file) => files.add(file));
        part.imports?.forEach((name) => take(manifest[name]!));
    };
    Object.values(manifest).filter((part) => part.isEntry === true).forEach(take);
    return [...files];
}

/** Of what `npm run build` made. */
describe('the page that was built', () => {
    it('is small before anything is loaded that is not always needed', () => {
        const files = firstLoad();
        const sizes = files.map((file) => gzipSync(readFileSync(`${PAGE}/${file}`), { level: 9 }).length);
        const sum = sizes.reduce((all, size) => all + size, 0);

        expect(files.some((file) => file.endsWith('.js'))).toBe(true);
        expect(files.some((file) => file.endsWith('.css'))).toBe(true);
        expect(files.join()).not.toMatch(/katex|highlight/);
        expect(sum).toBeGreaterThan(20_000);
        expect(sum, files.join()).toBeLessThanOrEqual(MOST);
        console.info(`first load: ${sum} bytes`);
    });

    it('has each of its files in the list that the server reads, and names no other host', () => {
        const all = filesBelow(PAGE).filter((file) => !/\.(br|gz)$/.test(file) && file !== 'files.txt');
        const listed = readFileSync(`${PAGE}/files.txt`, 'utf8')
            .trim()
            .split('\n')
            .map((line) => line.split('\t')[0]);

        expect(listed.sort()).toEqual(all.map((file) => `/${file}`).sort());
        for (const file of ['index.html', ...firstLoad()]) {
            const text = readFileSync(`${PAGE}/${file}`, 'utf8');
            expect(text).not.toMatch(/\b(src|href)=["'](https?:)?\/\//);
            expect(text).not.toMatch(/url\(["']?(https?:)?\/\//);
        }
        expect(readFileSync(`${PAGE}/index.html`, 'utf8')).not.toMatch(/<(script|style)(?![^>]*\ssrc=)/);
    });

    it('tells the licences of what it contains', () => {
        const licences = readFileSync('target/classes/META-INF/PAGE-LICENCES.txt', 'utf8');

        for (const name of ['react ', 'katex ', 'highlight.js ', 'lucide-react ']) {
            expect(licences).toContain(`\n${name}`);
        }
    });
});
