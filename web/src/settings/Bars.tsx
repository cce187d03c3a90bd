import { useId } from 'react';
import { useWords } from '../words/words.ts';
import type { Point } from './usage.ts';

/** A chart of our own: bars beside their names, or one for each day, and the same as a table for who sees none. */
export function Bars({
    title,
    kind,
    measure,
    points,
    count,
    upright = false,
}: {
    title: string;
    /** What each of the points is. */
    kind: string;
    /** What is counted. */
    measure: string;
    points: readonly Point[];
    /** Says a number in words. */
    count: (value: number) => string;
    upright?: boolean;
}) {
    const words = useWords();
    const id = useId();
    const most = Math.max(0, ...points.map(({ value }) => value));
    const share = (value: number) => (most === 0 ? 0 : value / most);
    const first = points[0]?.name ?? '';
    const last = points.at(-1)?.name ?? '';
    return (
        <div className="bars" role="group" aria-labelledby={id}>
            <h3 id={id}>{title}</h3>
            {upright && (
                <div aria-hidden="true">
                    <svg viewBox={`0 0 ${points.length} 1`} preserveAspectRatio="none">
                        {points.map(({ name, value }, at) => (
                            <g key={name}>
                                <title>{`${name}: ${count(value)}`}</title>
                                {/* What the pointer meets on a day with little, too. */}
                                <rect className="behind" x={at} y={0} width={1} height={1} />
                                <rect
                                    x={at + 0.1}
                                    y={1 - share(value)}
                                    width={0.8}
                                    height={share(value)}
                                />
                            </g>
                        ))}
                    </svg>
                    <p className="bars-ends">
                        <span>{first}</span>
                        <span>{words.usage.most(count(most))}</span>
                        <span>{last}</span>
                    </p>
                </div>
            )}
            <div className={upright ? 'hidden' : ''}>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">
                                <span className="hidden">{kind}</span>
                            </th>
                            <th scope="col">
                                <span className="hidden">{measure}</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        {points.map(({ name, value }) => (
                            <tr key={name}>
                                <th scope="row" dir="auto">
                                    {name}
                                </th>
                                <td>
                                    <div>
                                        <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
                                            <rect width={share(value)} height={1} />
                                        </svg>
                                        <span>{count(value)}</span>
                                    </div>
                                </td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
        </div>
    );
}
