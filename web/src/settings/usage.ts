/** What runs of one kind spent together, as the server tells it. */
export interface Spent {
    day: string;
    model: string;
    mode: string;
    person: string;
    runs: number;
    cached: number;
    computed: number;
    generated: number;
    branches: number;
    money: number;
}

export const MEASURES = ['generated', 'branches', 'read', 'runs', 'money'] as const;

export type Measure = (typeof MEASURES)[number];

/** Something in a chart. */
export interface Point {
    name: string;
    value: number;
}

export function measured(spent: Spent, measure: Measure): number {
    return measure === 'read' ? spent.cached + spent.computed : spent[measure];
}

/** Returns the sums by one of the kinds, the largest first. */
export function sums(all: readonly Spent[], kind: 'model' | 'mode' | 'person', measure: Measure): Point[] {
    const values = new Map<string, number>();
    for (const spent of all) {
        values.set(spent[kind], (values.get(spent[kind]) ?? 0) + measured(spent, measure));
    }
    return [...values]
        .map(([name, value]) => ({ name, value }))
        .sort((a, b) => b.value - a.value || a.name.localeCompare(b.name));
}

/** Returns the sum of each day from the first to the last, those without any among them. */
export function daily(all: readonly Spent[], from: string, today: string, measure: Measure): Point[] {
    const values = new Map<string, number>();
    let last = today;
    for (const spent of all) {
        values.set(spent.day, (values.get(spent.day) ?? 0) + measured(spent, measure));
        // Where the server is it may be tomorrow.
        last = spent.day > last ? spent.day : last;
    }
    return days(from, last).map((name) => ({ name, value: values.get(name) ?? 0 }));
}

/** Returns the days from one to another, both among them; none of which there are more than some years. */
export function days(from: string, to: string): string[] {
    const all: string[] = [];
    for (let day = from; day <= to && all.length < 1000; day = later(day, 1)) {
        all.push(day);
    }
    return all;
}

/** Returns the day that is so many days later. */
export function later(day: string, count: number): string {
    const date = new Date(`${day}T00:00:00Z`);
    date.setUTCDate(date.getUTCDate() + count);
    return date.toISOString().slice(0, 10);
}

/** Returns the day that it is where a clock is. */
export function dayOf(now: Date): string {
    const two = (n: number) => String(n).padStart(2, '0');
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
