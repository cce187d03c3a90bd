import { expect, it } from 'vitest';
import { bytes } from './bytes.ts';

it('bytes are told in two digits or so', () => {
    expect([0, 999, 1024, 1536, 10_500, 256 << 10, 16 << 20, 3.25 * 2 ** 30].map((n) => bytes(n, 'en'))).toEqual([
        '0 B',
        '999 B',
        '1 KB',
        '1.5 KB',
        '10 KB',
        '256 KB',
        '16 MB',
        '3.3 GB',
    ]);
    expect(bytes(1536, 'de')).toBe('1,5 KB');
    expect(bytes(2 ** 50, 'en')).toBe('1,048,576 GB');
});
