import type { Message } from '../api/types.ts';

/** Which child of a message is shown, by the message; that of the first ones by ''. */
export type Chosen = Readonly<Record<string, string>>;

/** A message on the way that is shown, and those that could stand in its place. */
export interface Step {
    message: Message;
    versions: readonly Message[];
}

/** Returns the way through a conversation's tree: at each fork what was chosen, else the newest. */
export function pathThrough(messages: readonly Message[], chosen: Chosen): Step[] {
    const children = new Map<string, Message[]>();
    for (const message of messages) {
        const parent = message.parent ?? '';
        children.set(parent, [...(children.get(parent) ?? []), message]);
    }
    const path: Step[] = [];
    let next = '';
    for (;;) {
        const versions = children.get(next) ?? [];
        const message = versions.find((each) => each.id === chosen[next]) ?? versions.at(-1);
        // What was brought from elsewhere could go round in a circle.
        if (message === undefined || path.length > messages.length) {
            return path;
        }
        path.push({ message, versions });
        next = message.id;
    }
}
