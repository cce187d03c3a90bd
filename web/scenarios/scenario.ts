import { readFileSync } from 'node:fs';
import { test as base, expect, type Page, type Route } from '@playwright/test';
import { Server } from './server.ts';

export { expect };
export { KEY, Line, Server } from './server.ts';

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** A server for all scenarios that break nothing, and a page that may not break anything either. */
export const test = base.extend<{ trouble: { allowed: RegExp[] } }, { server: Server; slow: Server }>({
    server: [
        async ({}, use) => {
            const server = await new Server(25).start();
            await use(server);
            await server.close();
        },
        { scope: 'worker' },
    ],
    // For what is looked at while a run is at work, also where the machine is busy.
    slow: [
        async ({}, use) => {
            const server = await new Server(70).start();
            await use(server);
            await server.close();
        },
        { scope: 'worker' },
    ],
    trouble: async ({}, use) => {
        await use({ allowed: [] });
    },
    page: async ({ page, trouble }, use) => {
        const found = strict(page);
        await use(page);
        expect(found.filter((each) => !trouble.allowed.some((allowed) => allowed.test(each)))).toEqual([]);
    },
});

/** Collects what goes wrong in a page: errors, and what its policy forbids. */
export function strict(page: Page): string[] {
    const found: string[] = [];
    page.on('pageerror', (error) => found.push(`error: ${error.message}`));
    page.on('console', (message) => {
        // What only keeps the page is left out everywhere but where that is looked at.
        const blocked = message.text() === 'Service Worker registration blocked by Playwright';
        if (!blocked && (message.type() === 'error' || message.type() === 'warning')) {
            found.push(`${message.type()}: ${message.text()} ${message.location().url}`);
        }
    });
    return found;
}

/** What of a page somebody who hears or feels it could not use. */
export async function barriers(page: Page): Promise<string[]> {
    await page.evaluate(AXE);
    return page.evaluate(async () => {
        const { axe } = window as unknown as {
            axe: {
                run: (
                    context: Document,
                    options: object,
                ) => Promise<{ violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[] }>;
            };
        };
        const { violations } = await axe.run(document, {
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
            // The frame of a diagram hears nothing but what to draw.
            iframes: false,
        });
        return violations.flatMap(({ id, help, nodes }) =>
            nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 200)} ${node.failureSummary}`),
        );
    });
}

/** What is not in its place: what sticks out of the page, and what is scrolled sideways and should not be. */
export async function outside(page: Page): Promise<string[]> {
    return page.evaluate(() => {
        const width = document.documentElement.clientWidth;
        const name = (element: Element) => `${element.tagName} ${element.className}: ${element.textContent?.slice(0, 40)}`;
        const overflow = (element: Element) => getComputedStyle(element).overflowX;
        const found: string[] = [];
        for (const element of [document.documentElement, ...document.querySelectorAll('body *')]) {
            const scrolled = element.scrollWidth > element.clientWidth + 1;
            if (
                scrolled &&
                (element === document.documentElement || /auto|scroll/.test(overflow(element))) &&
                !element.matches('.table-scroll, pre, .lanes, .maths')
            ) {
                found.push(`scrolled: ${name(element)}`);
            }
            const { left, right, width: own, height } = element.getBoundingClientRect();
            if (own <= 1 || height <= 1 || (left >= -1 && right <= width + 1)) {
                continue;
            }
            // What is cut off or scrolled by what holds it does not stick out.
            let holder = element.parentElement;
            while (holder !== null && overflow(holder) === 'visible') {
                holder = holder.parentElement;
            }
            if (holder === null || holder === document.body || holder === document.documentElement) {
                found.push(`outside: ${name(element)}`);
            }
        }
        return found;
    });
}

/** A place of its own for a test: a new conversation. */
export async function open(page: Page, url: string): Promise<void> {
    await page.goto(url);
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
}

export async function ask(page: Page, text: string, mode = 'Instant'): Promise<void> {
    await page.getByText(mode, { exact: true }).last().click();
    await page.getByRole('textbox', { name: 'Message' }).fill(text);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
}

export const answers = (page: Page) => page.getByRole('article', { name: 'Polymnia' });
export const questions = (page: Page) => page.getByRole('article', { name: 'You' });

/** Has requests wait until they are let go. */
export async function hold(page: Page, address: string): Promise<() => void> {
    let letGo = () => {};
    const gone = new Promise<void>((resolve) => {
        letGo = resolve;
    });
    await page.route(address, async (route: Route) => {
        await gone;
        await route.continue();
    });
    return letGo;
}

/** Waits until nothing is written any more. */
export async function settled(page: Page): Promise<void> {
    await expect(answers(page).last()).toHaveAttribute('aria-busy', 'false');
}

export async function picture(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: `target/screenshots/${name}.png` });
}
