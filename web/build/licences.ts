import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Dependency } from 'rollup-plugin-license';

const FILE = 'target/classes/META-INF/PAGE-LICENCES.txt';

const KNOWN = new Set([
    'MIT',
    'ISC',
    'Apache-2.0',
    'BSD-3-Clause',
    'BSD-2-Clause',
    '0BSD',
    'Unlicense',
    '(MPL-2.0 OR Apache-2.0)',
]);

/** Of packages that tell it in the file of their licence only. */
const READ: Record<string, string> = { khroma: 'MIT' };

/** Writes what the packages that are part of the page ask to be passed on. */
export function licences(dependencies: Dependency[]): void {
    const parts = dependencies
        .toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? ''))
        .map((dependency) => {
            const licence = dependency.license ?? READ[dependency.name ?? ''] ?? '';
            if (!KNOWN.has(licence)) {
                throw new Error(
                    `${dependency.name} has the licence '${licence}'; look at it, then add it to build/licences.ts.`,
                );
            }
            const text = dependency.licenseText ?? dependency.author?.text() ?? '';
            return `${dependency.name} ${dependency.version} (${licence})\n\n${text.trim()}\n`;
        });
    mkdirSync(dirname(FILE), { recursive: true });
    writeFileSync(FILE, `The page of Polymnia contains:\n\n${parts.join('\n----\n\n')}`);
}
