import type { Turn } from '../api/fleeting.ts';
import type { Exchange } from './useFleeting.ts';

/** Returns all that was said so far, and a question behind it. An answer that never came was not said. */
export function turnsOf(before: readonly Pick<Exchange, 'content' | 'log'>[], content: Turn['content']): Turn[] {
    const said = before.flatMap(({ content: question, log }): Turn[] => [
        { role: 'user', content: question },
        ...(log.view.text === '' ? [] : [{ role: 'assistant' as const, content: log.view.text }]),
    ]);
    return [...said, { role: 'user', content }];
}
