import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Lock {
    packages: Record<string, { resolved?: string; integrity?: string; version?: string }>;
}

it('the lock file names no address, so that every machine uses its own registry, and all digests', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;
    const entries = Object.entries(packages).filter(([path]) => path !== '');

    expect(entries.length).toBeGreaterThan(50);
    expect(entries.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
    expect(entries.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([]);
});
