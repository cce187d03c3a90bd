import { useCallback, useEffect, useRef, useState } from 'react';
import { server } from '../api/client.ts';
import { asProblem, type Problem } from '../api/problem.ts';
import type { Conversation, Page } from '../api/types.ts';
import { listen } from './news.ts';
import { useRetry } from './useRetry.ts';

export interface Listed {
    all: Conversation[];
    more: boolean;
    read: boolean;
    problem: Problem | null;
    reload: () => void;
    showMore: () => void;
}

/** @param folder all of them if it is empty */
export function useConversations(archived: boolean, folder = ''): Listed {
    const [all, setAll] = useState<Conversation[]>([]);
    const [more, setMore] = useState(false);
    const [read, setRead] = useState(false);
    const [problem, setProblem] = useState<Problem | null>(null);
    const latest = useRef(0);
    const wanted = useRef(PAGE);
    const reload = useCallback(() => {
        const turn = ++latest.current;
        atLeast(wanted.current, archived, folder).then(
            ({ data, has_more }) => {
                if (turn === latest.current) {
                    setAll(data);
                    setMore(has_more);
                    setRead(true);
                    setProblem(null);
                }
            },
            (error: unknown) => {
                if (turn === latest.current) {
                    setProblem(asProblem(error));
                }
            },
        );
    }, [archived, folder]);
    useEffect(() => {
        reload();
        return listen(reload);
    }, [reload]);
    useRetry(problem, reload);
    const showMore = () => {
        wanted.current = all.length + PAGE;
        reload();
    };
    return { all, more, read, problem, reload, showMore };
}

const PAGE = 60;

/** Returns the first conversations, page by page, until there are so many. */
async function atLeast(count: number, archived: boolean, folder: string): Promise<Page<Conversation>> {
    const data: Conversation[] = [];
    for (;;) {
        const page = await server.conversations(archived, folder, PAGE, data.at(-1)?.id ?? null);
        data.push(...page.data);
        if (!page.has_more || data.length >= count) {
            return { data, has_more: page.has_more };
        }
    }
}
