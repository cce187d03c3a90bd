/** Who is to be in a group that was not, and who no longer is to be. */
export type Changes = Readonly<Record<string, boolean>>;

/** Returns what somebody chose, as changes of who is in a group. */
export function changesOf(people: readonly string[], chosen: readonly string[]): Changes {
    return Object.fromEntries([
        ...people.filter((id) => !chosen.includes(id)).map((id) => [id, false] as const),
        ...chosen.filter((id) => !people.includes(id)).map((id) => [id, true] as const),
    ]);
}

/**
 * Returns who is in a group once it is changed.
 *
 * @param people who is in it now
 * @param there of whom somebody can be put into it; whoever is gone is not
 */
export function filled(people: readonly string[], changes: Changes, there: readonly string[]): string[] {
    return [
        ...people.filter((id) => changes[id] !== false),
        ...there.filter((id) => changes[id] === true && !people.includes(id)),
    ];
}
