import { useCallback, useEffect, useRef, useState } from 'react';
import { server, type Wishes } from '../api/client.ts';
import { asProblem, type Problem } from '../api/problem.ts';
import type { KeptFile, Message, Whole } from '../api/types.ts';
import type { Attach } from '../files/useAttachments.ts';
import { listen, tell } from './news.ts';
import { go } from './place.ts';
import type { Chosen } from './tree.ts';

export interface Talk {
    whole: Whole | null;
    chosen: Chosen;
    problem: Problem | null;
    choose: (parent: string | null, message: string) => void;
    reload: () => void;
    /**
     * Says something behind a message, or has what was said there answered once more.
     *
     * @param attach puts files into the conversation that it is said with
     * @returns the conversation that has it
     * @throws Problem if it is not taken; what was said is the caller's to keep
     */
    say: (parent: string | null, text: string | null, wishes: Wishes, attach: Attach) => Promise<string>;
}

export function useTalk(id: string | null): Talk {
    const [whole, setWhole] = useState<Whole | null>(null);
    const [chosen, setChosen] = useState<Chosen>({});
    const [problem, setProblem] = useState<Problem | null>(null);
    /** Undefined where none is shown any more, not even a new one. */
    const shown = useRef<string | null | undefined>(undefined);
    useEffect(() => {
        shown.current = id;
        return () => {
            shown.current = undefined;
        };
    }, [id]);
    const latest = useRef(0);

    const load = useCallback((conversation: string) => {
        const turn = ++latest.current;
        server.conversation(conversation).then(
            (read) => {
                if (turn === latest.current) {
                    setWhole(read);
                    setProblem(null);
                }
            },
            (error: unknown) => {
                if (turn === latest.current) {
                    setProblem(asProblem(error));
                }
            },
        );
    }, []);

    useEffect(() => {
        setProblem(null);
        latest.current++;
        if (id === null) {
            setWhole(null);
            setChosen({});
            return;
        }
        setWhole((before) => (before?.id === id ? before : null));
        load(id);
        return listen((conversation) => {
            if (conversation === id) {
                load(id);
            }
        });
    }, [id, load]);

    const choose = useCallback(
        (parent: string | null, message: string) =>
            setChosen((before) => ({ ...before, [parent ?? '']: message })),
        [],
    );

    const say = useCallback(
        async (parent: string | null, text: string | null, wishes: Wishes, attach: Attach) => {
            const here = id ?? (await server.create()).id;
            let added: Message[];
            let files: KeptFile[];
            try {
                files = await attach(here);
                const ids = files.map((file) => file.id);
                added = (await server.say(here, parent, text, ids, wishes)).messages;
            } catch (error) {
                if (id === null) {
                    // Nobody has seen it, and what was said stands where it was written.
                    await server.remove(here).catch(() => undefined);
                }
                throw error;
            }
            if (shown.current === here) {
                // What is being read may not have it yet; it is read once more below.
                latest.current++;
            }
            setChosen((before) => ({
                ...before,
                ...Object.fromEntries(added.map((message) => [message.parent ?? '', message.id])),
            }));
            setWhole((before) =>
                before?.id === here
                    ? { ...before, messages: [...before.messages, ...added], files: joined(before.files, files) }
                    : before,
            );
            // Whoever has gone elsewhere meanwhile stays there.
            if (shown.current === id) {
                go(here);
            }
            tell(here);
            return here;
        },
        [id],
    );

    const reload = useCallback(() => {
        if (id !== null) {
            load(id);
        }
    }, [id, load]);

    return { whole: whole?.id === id ? whole : null, chosen, problem, choose, reload, say };
}

function joined(before: readonly KeptFile[], files: readonly KeptFile[]): KeptFile[] {
    return [...before, ...files.filter(({ id }) => before.every((each) => each.id !== id))];
}
