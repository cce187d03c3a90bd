import { useCallback, useState } from 'react';
import { forgetAllAttachments, forgetAttachments } from '../files/useAttachments.ts';

/** What the browser keeps for the page. It may keep nothing, in private windows, and all works still. */
export function kept(key: string): string | null {
    try {
        return localStorage.getItem(`polymnia.${key}`);
    } catch {
        return null;
    }
}

export function keep(key: string, value: string | null): void {
    try {
        if (value === null || value === '') {
            localStorage.removeItem(`polymnia.${key}`);
        } else {
            localStorage.setItem(`polymnia.${key}`, value);
        }
    } catch {
        // It is full or closed: this page goes on with what it has in memory.
    }
}

function read<T extends object>(key: string, usual: T): T {
    try {
        return { ...usual, ...(JSON.parse(kept(key) ?? '{}') as Partial<T>) };
    } catch {
        return usual;
    }
}

/** A state that the next page begins with. */
export function useKept<T extends object>(key: string, usual: T): [T, (change: Partial<T>) => void] {
    const [value, setValue] = useState(() => read(key, usual));
    const change = useCallback(
        (part: Partial<T>) =>
            setValue((before) => {
                const after = { ...before, ...part };
                keep(key, JSON.stringify(after));
                return after;
            }),
        [key],
    );
    return [value, change];
}

/** The name of what one writes in a conversation, or in a new one. */
export function draftOf(conversation: string | null): string {
    return `draft.${conversation ?? 'new'}`;
}

/** Forgets what somebody had begun to write in a conversation that is no more. */
export function forgetDraft(conversation: string): void {
    keep(draftOf(conversation), null);
    forgetAttachments(draftOf(conversation));
}

/** Forgets what somebody had begun to write, who is no more. */
export function forgetDrafts(): void {
    forgetAllAttachments();
    try {
        Object.keys(localStorage)
            .filter((key) => key.startsWith('polymnia.draft'))
            .forEach((key) => localStorage.removeItem(key));
    } catch {
        // Then nothing was kept.
    }
}
