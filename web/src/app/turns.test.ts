import { expect, it } from 'vitest';
import { EMPTY, type RunLog } from '../run/reducer.ts';
import { turnsOf } from './turns.ts';

const answered = (text: string): RunLog => ({ ...EMPTY, view: { ...EMPTY.view, text } });

it('all that was said comes before a question', () => {
    expect(
        turnsOf(
            [
                { content: 'one', log: answered('first') },
                { content: [{ type: 'text', text: 'two' }], log: answered('second') },
            ],
            'three',
        ),
    ).toEqual([
        { role: 'user', content: 'one' },
        { role: 'assistant', content: 'first' },
        { role: 'user', content: [{ type: 'text', text: 'two' }] },
        { role: 'assistant', content: 'second' },
        { role: 'user', content: 'three' },
    ]);
});

it('an answer that never came was not said', () => {
    expect(turnsOf([{ content: 'one', log: EMPTY }], 'two')).toEqual([
        { role: 'user', content: 'one' },
        { role: 'user', content: 'two' },
    ]);
});
