import type { Conversation } from '../api/types.ts';
import type { Words } from '../words/words.ts';

export interface Section {
    title: string;
    conversations: Conversation[];
}

/** Returns the folders that some of them are in, by name. */
export function foldersOf(all: readonly Conversation[], words: Words): string[] {
    const names = new Set(all.map(({ folder }) => folder).filter((folder) => folder !== ''));
    return [...names].sort(new Intl.Collator(words.locale, { numeric: true }).compare);
}

/**
 * Returns conversations by day: those that are pinned first, then by when something was said last. Those in a folder are
 * listed there.
 */
export function sections(all: readonly Conversation[], now: Date, words: Words): Section[] {
    const found = new Map<string, Conversation[]>();
    const put = (title: string, conversation: Conversation) =>
        found.set(title, [...(found.get(title) ?? []), conversation]);
    all.filter((each) => each.pinned).forEach((each) => put(words.pinned, each));
    all.filter((each) => !each.pinned && each.folder === '').forEach((each) => put(titleOf(each.changed, now, words), each));
    return [...found].map(([title, conversations]) => ({ title, conversations }));
}

function titleOf(seconds: number, now: Date, words: Words): string {
    const day = new Date(seconds * 1000);
    const since = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() - days);
    if (day >= since(0)) {
        return words.today;
    }
    if (day >= since(1)) {
        return words.yesterday;
    }
    if (day >= since(7)) {
        return words.lastWeek;
    }
    if (day >= since(30)) {
        return words.lastMonth;
    }
    return day.toLocaleDateString(words.locale, { month: 'long', year: 'numeric' });
}
