import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

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

/** All files below a folder, as paths from it. */
export function filesBelow(folder: string): string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
        .sort();
}

/**
 * Lays beside each file what the server sends to browsers that take it compressed, and writes the list
 * of what there is: path, type, whether the name changes with the contents, encodings.
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
                const lines = filesBelow(folder).map((file) => pack(folder, file));
                writeFileSync(join(folder, 'files.txt'), lines.join('\n') + '\n');
            },
        },
    };
}

function pack(folder: string, file: string): string {
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
    return [`/${file}`, type, kept, encodings.join(',')].join('\t');
}
