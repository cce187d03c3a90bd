import { describe, expect, it } from 'vitest';
import { readEvent, type RunEvent, type Told } from './events.ts';
import { add, EMPTY, lastWhole, type RunLog } from './reducer.ts';
import { random, shuffled } from './random.ts';

const SEEDS = Array.from({ length: 300 }, (_, seed) => seed);

function told(events: object[]): Told[] {
    return events.map((event, index) => ({
        id: index + 1,
        event: { run: 'run-1', branch: -1, sequence: index, at: index / 10, ...event } as RunEvent,
    }));
}

const LEDGER = { entries: [{ agent: 0, cached: 1, computed: 2, generated: 7, money: 0 }], agents: [], seconds: 3 };

/** A run of some agents with all kinds of events, drawn by a seed. */
function aRun(seed: number): Told[] {
    const draw = random(seed);
    const agents = 2 + Math.floor(draw() * 15);
    const events: object[] = [
        { type: 'run_started', mode: 'contemplating', model: 'scripted', seed, budget: { tokens: 900 } },
    ];
    const open = Array.from({ length: agents }, (_, agent) => ({ agent, left: 3 + Math.floor(draw() * 9) }));
    open.forEach(({ agent }) => {
        events.push({ type: 'agent_started', branch: agent, wave: 1 + (agent >> 2), seed: agent, approach: 'words' });
    });
    open.forEach(({ agent }) => events.push({ type: 'started', branch: agent, cached: 3, computed: 1 }));
    const votes = new Map<string, number>();
    while (open.length > 0) {
        const which = Math.floor(draw() * open.length);
        const one = open[which]!;
        const branch = one.agent;
        if (one.left-- > 0) {
            const channel = draw() < 0.4 ? 'reasoning' : 'answer';
            events.push({ type: 'delta', branch, channel, text: `w${events.length} ` });
            if (draw() < 0.1) {
                events.push({ type: 'called', branch, id: `call_${events.length}`, name: 'look', arguments: '{}' });
                events.push({
                    type: 'tool_finished', branch, id: `call_${events.length - 1}`, name: 'look',
                    arguments: '{}', text: 'seen', failed: false, agents: 1,
                });
            }
            continue;
        }
        open.splice(which, 1);
        if (draw() < 0.1) {
            events.push({ type: 'failed', branch, code: 'unavailable', message: 'gone', cached: 0, computed: 0, generated: 4 });
            continue;
        }
        const answer = String(Math.floor(draw() * 3));
        votes.set(answer, (votes.get(answer) ?? 0) + 1);
        const usage = { cached: 1, computed: 2, generated: 11 };
        events.push({ type: 'ended', branch, reason: 'end', text: 'x', ...usage });
        events.push({ type: 'agent_finished', branch, answer, votes: true, confidence: draw(), reason: 'end', ...usage });
        events.push({
            type: 'tally', silent: 0, pending: open.length,
            shares: [...votes].map(([key, count]) => ({ answer: key, votes: count })),
        });
    }
    events.push({ type: 'stopped_early', rule: 'lossless', guarantee: true, words: 'settled' });
    events.push({ type: 'join_started', method: 'vote' });
    events.push({ type: 'answer_delta', text: 'It is ' }, { type: 'answer_delta', text: '31.' });
    events.push({ type: 'run_finished', text: 'It is 31.', answer: '31', partial: false, ledger: LEDGER });
    return told(events);
}

function inPieces(events: Told[], draw: () => number): RunLog {
    let log = EMPTY;
    for (let at = 0; at < events.length; ) {
        const next = at + 1 + Math.floor(draw() * 8);
        log = add(log, events.slice(at, next));
        at = next;
    }
    return log;
}

describe('a run that is rebuilt from its events', () => {
    it.each(SEEDS)('is the same in whatever order and how often they come (seed %i)', (seed) => {
        const draw = random(seed);
        const events = aRun(seed);
        const expected = add(EMPTY, events);
        const twice = shuffled([...events, ...events.filter(() => draw() < 0.3)], draw);

        expect(inPieces(twice, draw)).toEqual(expected);
        expect(inPieces(events, draw)).toEqual(expected);
        expect(expected.view.state).toBe('finished');
        expect(lastWhole(expected)).toBe(events.length);
    });

    it.each(SEEDS)('is what those say that came, when some never come (seed %i)', (seed) => {
        const draw = random(seed);
        const some = aRun(seed).filter(() => draw() < 0.7);
        const log = inPieces(shuffled(some, draw), draw);

        expect(log).toEqual(add(EMPTY, some));
        const agents = log.view.lanes.map((lane) => lane.agent);
        expect(agents).toEqual([...new Set(agents)].sort((a, b) => a - b));
        for (const lane of log.view.lanes) {
            expect(lane.tokens ?? 0).toBeGreaterThanOrEqual(0);
            expect(lane.ended ?? lane.begun).toBeGreaterThanOrEqual(lane.begun);
            if (log.view.state === 'finished') {
                expect(['done', 'failed']).toContain(lane.state);
            }
        }
    });

    it('begins anew when the server started it again', () => {
        const first = aRun(1).slice(0, 9);
        const second = aRun(2).map(({ id, event }) => ({ id: id + first.length, event }));

        expect(add(add(EMPTY, first), second).view).toEqual(add(EMPTY, aRun(2)).view);
    });

    it('goes on after the last event before a gap', () => {
        const events = aRun(3);
        const log = add(EMPTY, events.filter(({ id }) => id !== 6));

        expect(lastWhole(log)).toBe(5);
        expect(lastWhole(add(log, events.slice(5, 6)))).toBe(events.length);
        expect(lastWhole(EMPTY)).toBe(0);
    });

    it('keeps lanes that nothing was told of as they are, so that they are not drawn again', () => {
        const events = aRun(4);
        const before = add(EMPTY, events.slice(0, 12));
        const told: Told[] = [{ id: 13, event: { ...events[11]!.event, branch: 0, type: 'delta', channel: 'answer', text: '!' } as RunEvent }];
        const after = add(before, told);

        expect(after.view.lanes[0]).not.toBe(before.view.lanes[0]);
        expect(after.view.lanes[1]).toBe(before.view.lanes[1]);
        expect(add(before, [])).toBe(before);
        expect(add(before, events.slice(3, 7))).toBe(before);
    });
});

describe('what a stream brings', () => {
    it('is an event, or nothing', () => {
        expect(readEvent('{"type":"delta","branch":0,"at":1,"sequence":3,"text":"a"}')).toMatchObject({ text: 'a' });
        for (const wrong of ['', '{', 'null', '[]', '"x"', '{"type":1,"branch":0,"at":1}', '{"type":"delta"}']) {
            expect(readEvent(wrong)).toBeNull();
        }
    });

    it('may be of a later version', () => {
        const later = told([{ type: 'run_started', mode: 'instant', model: 'm', seed: 1, budget: {} }, { type: 'sung', branch: 0 }]);

        expect(add(EMPTY, later).view.state).toBe('running');
    });
});
