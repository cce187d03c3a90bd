import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { filesOf, type Manifest } from './parts.ts';

const TYPES: Record<string, string> = {
    '.css': 'text/css; charset=utf-8',
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.png': 'image/png',
    '.svg': 'image/svg+xml',
    '.txt': 'text/plain; charset=utf-8',
    '.webmanifest': 'application/manifest+json',
    '.woff2': 'font/woff2',
};

/** Those that are compressed already, or of which compression would save nothing. */
const AS_IS = new Set(['.png', '.woff2']);

const LEAST = 512;

/** The document that the page shows in a frame, for diagrams. */
const FRAME = 'diagram.html';

/** What browsers run to keep the page for when the server is not there. */
const WORKER = 'worker.js';

/** All files below a folder, as paths from it. */
export function filesBelow(folder: string): string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
        .sort();
}

/**
 * Lays beside each file what the server sends to browsers that take it compressed, and writes the list
 * of what there is: path, type, whether the name changes with the contents, encodings, and what is shown in a
 * frame or loaded by it.
 */
export function packed(): Plugin {
    let folder = '';
    return {
        name: 'packed',
        apply: 'build',
        configResolved(config) {
            folder = join(config.root, config.build.outDir);
        },
        generateBundle(_, bundle) {
            // Every browser that reads this page takes the newest of a font's formats, which comes first.
            for (const file of Object.keys(bundle)) {
                if (/\.(ttf|woff)$/.test(file)) {
                    delete bundle[file];
                }
            }
        },
        closeBundle: {
            order: 'post',
            handler() {
                renameSync(join(folder, 'manifest.json'), join(folder, '../../manifest.json'));
                const manifest = JSON.parse(readFileSync(join(folder, '../../manifest.json'), 'utf8')) as Manifest;
                tellWorker(folder, manifest);
                const framed = filesOf(manifest, FRAME, true);
                const lines = filesBelow(folder).map((file) => pack(folder, file, framed));
                writeFileSync(join(folder, 'files.txt'), lines.join('\n') + '\n');
            },
        },
    };
}

/**
 * Writes before the worker which files the page begins with, and by which version it knows them: when one of
 * them changes the worker does, by which browsers see that there is a new one.
 */
function tellWorker(folder: string, manifest: Manifest): void {
    const files = [
        'index.html',
        ...filesOf(manifest, 'index.html', false),
        ...filesBelow(folder).filter((file) => /^[\w-]+\.(png|svg|webmanifest)$/.test(file)),
    ];
    const digest = createHash('sha256');
    files.forEach((file) => digest.update(file).update(readFileSync(join(folder, file))));
    const shell = { version: digest.digest('hex').slice(0, 16), files: files.map((file) => `/${file}`) };
    const place = join(folder, WORKER);
    writeFileSync(place, `self.shell=${JSON.stringify(shell)};\n${readFileSync(place, 'utf8')}`);
}

function pack(folder: string, file: string, framed: ReadonlySet<string>): string {
    const ending = extname(file);
    const type = TYPES[ending];
    if (type === undefined) {
        throw new Error(`The type of ${file} is not known; add it to build/packed.ts.`);
    }
    const bytes = readFileSync(join(folder, file));
    const encodings: string[] = [];
    if (!AS_IS.has(ending) && bytes.length >= LEAST) {
        writeFileSync(join(folder, file + '.br'), brotliCompressSync(bytes, {
            params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
        }));
        writeFileSync(join(folder, file + '.gz'), gzipSync(bytes, { level: 9 }));
        encodings.push('br', 'gzip');
    }
    const kept = file.startsWith('assets/') ? 'hashed' : 'fixed';
    const use = file === FRAME ? 'frame' : framed.has(file) ? 'framed' : '';
    return [`/${file}`, type, kept, encodings.join(','), use].join('\t');
}
