import { useCallback, useState } from 'react';
import type { Person } from '../api/types.ts';
import { Notice } from '../app/Notice.tsx';
import type { Mode } from '../run/events.ts';
import { useWords } from '../words/words.ts';
import { Bars } from './Bars.tsx';
import { Choice } from './Choice.tsx';
import { household } from './household.ts';
import { Leaderboard } from './Leaderboard.tsx';
import { Part } from './Part.tsx';
import { MILLION } from './quota.ts';
import { Quotas } from './Quotas.tsx';
import { daily, dayOf, later, measured, MEASURES, sums, type Measure, type Point } from './usage.ts';
import { useRead } from './useRead.ts';

const SPANS = ['7', '30', '90', '365'] as const;

const WHOSE = ['all', 'own'] as const;

const nobody = async (): Promise<Person[]> => [];

/** What was spent: by oneself, for owners by all. */
export function Usage({ person }: { person: Person | null }) {
    const words = useWords();
    const isOwner = person?.role === 'owner';
    const [span, setSpan] = useState<(typeof SPANS)[number]>('30');
    const [measure, setMeasure] = useState<Measure>('generated');
    const [whose, setWhose] = useState<(typeof WHOSE)[number]>('all');
    const today = dayOf(new Date());
    const from = later(today, 1 - Number(span));
    const usage = useRead(
        // With the days that it is of, as others may be chosen before they are there.
        useCallback(async () => ({ from, today, all: await household.usage(from) }), [from, today]),
    );
    const people = useRead(isOwner ? household.people : nobody);

    const all = usage.value?.all ?? [];
    const shown = isOwner && whose === 'own' ? all.filter((spent) => spent.person === person.id) : all;
    const measures = MEASURES.filter(
        (each) => each !== 'money' || measure === 'money' || all.some((spent) => spent.money > 0),
    );
    const count = (value: number) =>
        measure === 'money'
            ? (value / MILLION).toLocaleString(words.locale, { minimumFractionDigits: 2, maximumFractionDigits: 4 })
            : value.toLocaleString(words.locale);
    const named = (points: Point[], name: (id: string) => string) =>
        points.map((point) => ({ ...point, name: name(point.name) }));
    const total = shown.reduce((sum, spent) => sum + measured(spent, measure), 0);
    const whom = (id: string) =>
        id === '' ? words.usage.operator : (people.value?.find((each) => each.id === id)?.name ?? id);

    return (
        <>
            <div className="choices">
                <Choice
                    label={words.usage.what}
                    value={measure}
                    options={measures.map((each) => [each, words.usage.measures[each]])}
                    onChoose={setMeasure}
                />
                <Choice
                    label={words.usage.span}
                    value={span}
                    options={SPANS.map((each) => [each, words.days(Number(each))])}
                    onChoose={setSpan}
                />
                {isOwner && (
                    <Choice
                        label={words.usage.whose}
                        value={whose}
                        options={WHOSE.map((each) => [each, words.usage.whom[each]])}
                        onChoose={setWhose}
                    />
                )}
            </div>
            {usage.problem !== null && <Notice problem={usage.problem} onRetry={usage.reload} />}
            {usage.value !== null && (
                <>
                    <p>{words.usage.total(count(total), words.usage.measures[measure])}</p>
                    <p className="note">{words.usage.measureWords[measure]}</p>
                    <Bars
                        title={words.usage.byDay}
                        kind={words.usage.day}
                        measure={words.usage.measures[measure]}
                        points={named(daily(shown, usage.value.from, usage.value.today, measure), (day) =>
                            new Date(`${day}T00:00`).toLocaleDateString(words.locale, { dateStyle: 'medium' }),
                        )}
                        count={count}
                        upright
                    />
                    {shown.length > 0 && (
                        <>
                            <Bars
                                title={words.usage.byMode}
                                kind={words.mode}
                                measure={words.usage.measures[measure]}
                                points={named(sums(shown, 'mode', measure), (mode) => words[mode as Mode])}
                                count={count}
                            />
                            <Bars
                                title={words.usage.byModel}
                                kind={words.model}
                                measure={words.usage.measures[measure]}
                                points={sums(shown, 'model', measure)}
                                count={count}
                            />
                            {isOwner && whose === 'all' && (
                                <Bars
                                    title={words.usage.byPerson}
                                    kind={words.usage.person}
                                    measure={words.usage.measures[measure]}
                                    points={named(sums(shown, 'person', measure), whom)}
                                    count={count}
                                />
                            )}
                        </>
                    )}
                </>
            )}
            {person !== null && (
                <>
                    <Part title={words.quota.own}>
                        <Quotas holder={{ person: person.id }} none={words.quota.noneOwn} canChange={false} />
                    </Part>
                    <Leaderboard person={person} />
                </>
            )}
        </>
    );
}
