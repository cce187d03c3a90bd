import { expect, it } from 'vitest';
import { typeOf } from './bring.ts';

it('a file of conversations is a ZIP if it begins as one, whatever it is called', async () => {
    expect(await typeOf(new File(['PK\x03\x04…'], 'export.json'))).toBe('application/zip');
    expect(await typeOf(new File(['[{"mapping": {}}]'], 'export.zip'))).toBe('application/json');
    expect(await typeOf(new Blob([]))).toBe('application/json');
});
