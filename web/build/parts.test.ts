import { describe, expect, it } from 'vitest';
import { filesOf, type Manifest } from './parts.ts';

const MANIFEST: Manifest = {
    'index.html': { file: 'assets/index.js', css: ['assets/index.css'], imports: ['_both.js'], dynamicImports: ['maths.ts'] },
    'diagram.html': { file: 'assets/diagram.js', imports: ['_both.js'], dynamicImports: ['flow.js', 'pie.js'] },
    'maths.ts': { file: 'assets/maths.js', css: ['assets/maths.css'], assets: ['assets/maths.woff2'] },
    'flow.js': { file: 'assets/flow.js', imports: ['_both.js', 'diagram.html'], dynamicImports: ['pie.js'] },
    'pie.js': { file: 'assets/pie.js', dynamicImports: ['flow.js'] },
    '_both.js': { file: 'assets/both.js' },
};

describe('the files of a part', () => {
    it('are those that it begins with', () => {
        expect([...filesOf(MANIFEST, 'index.html', false)].sort()).toEqual([
            'assets/both.js',
            'assets/index.css',
            'assets/index.js',
        ]);
    });

    it('are those that it may come to need, however they import each other', () => {
        expect([...filesOf(MANIFEST, 'diagram.html', true)].sort()).toEqual([
            'assets/both.js',
            'assets/diagram.js',
            'assets/flow.js',
            'assets/pie.js',
        ]);
        expect(filesOf(MANIFEST, 'index.html', true)).toContain('assets/maths.woff2');
    });

    it('are not guessed at', () => {
        expect(() => filesOf(MANIFEST, 'other.html', false)).toThrow('other.html');
    });
});
