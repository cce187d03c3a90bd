import { useSyncExternalStore } from 'react';
import type { Person } from '../api/types.ts';
import { put, subscribe } from '../app/place.ts';

export const SECTIONS = ['appearance', 'models', 'profile', 'keys', 'members', 'usage', 'data'] as const;

/** A part of the settings, which stands behind the # of an address, in front of any conversation. */
export type Section = (typeof SECTIONS)[number];

/** Returns the sections that make sense for somebody: few for who is alone on their machine. */
export function sectionsFor(person: Person | null): Section[] {
    if (person === null) {
        return ['appearance', 'models', 'usage', 'data'];
    }
    return SECTIONS.filter((section) => person.role === 'owner' || (section !== 'members' && section !== 'models'));
}

export function addressOf(section: Section): string {
    return `#settings/${section}`;
}

/** Returns the section that an address names, of those that there are; null if it names none. */
export function sectionOf(hash: string, sections: readonly Section[]): Section | null {
    const name = /^#settings(?:\/(\w*))?$/.exec(hash);
    if (name === null) {
        return null;
    }
    return sections.find((section) => section === name[1]) ?? sections[0] ?? null;
}

/** Which section the address names; null for none. */
export function useSection(person: Person | null): Section | null {
    const hash = useSyncExternalStore(subscribe, () => window.location.hash);
    return sectionOf(hash, sectionsFor(person));
}

export function openSettings(section: Section = 'appearance'): void {
    window.location.hash = addressOf(section);
}

/** Goes on to another one, so that Back leads out of all of them. */
export function showSection(section: Section): void {
    put(addressOf(section));
}

/** Leaves the conversation behind as it is. */
export function closeSettings(): void {
    if (window.location.hash.startsWith('#settings')) {
        put(window.location.pathname);
    }
}
