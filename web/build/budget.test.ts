import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { filesBelow } from './packed.ts';
import { filesOf, type Manifest } from './parts.ts';

const PAGE = 'target/classes/polymnia-page';

/** The most that is read before the page can be used, compressed. */
const MOST = 250_000;

const manifest = () => JSON.parse(readFileSync('target/manifest.json', 'utf8')) as Manifest;

const firstLoad = () => ['index.html', ...filesOf(manifest(), 'index.html', false)];

const compressed = (files: readonly string[]) =>
    files.reduce((all, file) => all + gzipSync(readFileSync(`${PAGE}/${file}`), { level: 9 }).length, 0);

/** Of what `npm run build` made. */
describe('the page that was built', () => {
    it('is small before anything is loaded that is not always needed', () => {
        const files = firstLoad();
        const sum = compressed(files);

        expect(files.some((file) => file.endsWith('.js'))).toBe(true);
        expect(files.some((file) => file.endsWith('.css'))).toBe(true);
        expect(files.join()).not.toMatch(/katex|highlight|mermaid|diagram/);
        expect(sum).toBeGreaterThan(20_000);
        expect(sum, files.join()).toBeLessThanOrEqual(MOST);
        console.info(`first load: ${sum} bytes`);
    });

    it('loads what draws diagrams in their frame, and there alone', () => {
        const begun = filesOf(manifest(), 'diagram.html', false);
        const framed = filesOf(manifest(), 'diagram.html', true);
        const page = filesOf(manifest(), 'index.html', true);
        const uses = new Map(
            readFileSync(`${PAGE}/files.txt`, 'utf8')
                .trim()
                .split('\n')
                .map((line) => line.split('\t'))
                .map((columns) => [columns[0], columns[4]]),
        );

        expect(uses.get('/diagram.html')).toBe('frame');
        expect(uses.get('/index.html')).toBe('');
        framed.forEach((file) => expect(uses.get(`/${file}`), file).toBe('framed'));
        const entry = manifest()['diagram.html']?.file ?? '';
        expect(page).not.toContain(entry);
        expect(framed).not.toContain(manifest()['index.html']?.file);
        expect(readFileSync(`${PAGE}/diagram.html`, 'utf8')).not.toMatch(/<script(?![^>]*\ssrc=)/);
        console.info(
            `diagrams: ${compressed(['diagram.html', ...begun])} bytes at first, ${compressed([...framed])} with every kind`,
        );
    });

    it('has a worker that knows what the page begins with, and imports nothing', () => {
        const worker = readFileSync(`${PAGE}/worker.js`, 'utf8');
        const [first = '', ...code] = worker.split('\n');
        const shell = JSON.parse(/^self\.shell=(.*);$/.exec(first)?.[1] ?? '{}') as { version: string; files: string[] };

        expect(shell.version).toMatch(/^[0-9a-f]{16}$/);
        expect(shell.files).toEqual(expect.arrayContaining(firstLoad().map((file) => `/${file}`)));
        expect(shell.files).toContain('/polymnia.webmanifest');
        expect(shell.files.join()).not.toMatch(/diagram|worker/);
        expect(code.join('\n')).toContain('respondWith');
        expect(code.join('\n')).not.toMatch(/\b(import|export)\b/);
    });

    it('has the icons that its manifest names', () => {
        const { icons } = JSON.parse(readFileSync(`${PAGE}/polymnia.webmanifest`, 'utf8')) as {
            icons: { src: string; sizes: string; type: string }[];
        };

        expect(icons.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']));
        for (const { src, sizes, type } of icons.filter((icon) => icon.type === 'image/png')) {
            const png = readFileSync(`${PAGE}${src}`);
            expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`, `${src} ${type}`).toBe(sizes);
        }
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

        for (const name of ['react ', 'katex ', 'highlight.js ', 'lucide-react ', 'mermaid ', 'khroma ']) {
            expect(licences).toContain(`\n${name}`);
        }
    });
});
