import { describe, expect, it } from 'vitest';
import type { Person } from '../api/types.ts';
import { addressOf, SECTIONS, sectionOf, sectionsFor } from './section.ts';

const person = (role: Person['role']): Person => ({ id: 'person-1', name: 'Ada', role, created: 0 });

describe('the sections of the settings', () => {
    it('are what makes sense for who asks', () => {
        expect(sectionsFor(null)).toEqual(['appearance', 'models', 'usage', 'data']);
        expect(sectionsFor(person('guest'))).not.toContain('members');
        expect(sectionsFor(person('member'))).not.toContain('members');
        expect(sectionsFor(person('member'))).not.toContain('models');
        expect(sectionsFor(person('owner'))).toEqual(SECTIONS);
    });

    it('have addresses of their own', () => {
        for (const section of SECTIONS) {
            expect(sectionOf(addressOf(section), SECTIONS)).toBe(section);
        }
    });

    it('are the first one where an address names none that somebody may see', () => {
        expect(sectionOf('#settings', SECTIONS)).toBe('appearance');
        expect(sectionOf('#settings/nonsense', SECTIONS)).toBe('appearance');
        expect(sectionOf('#settings/members', sectionsFor(null))).toBe('appearance');
    });

    it('are none where an address is for something else', () => {
        for (const hash of ['', '#', '#join=secret', '#settingsx', '#settings/keys/more']) {
            expect(sectionOf(hash, SECTIONS)).toBeNull();
        }
    });
});
