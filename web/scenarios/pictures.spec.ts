import { answers, ask, expect, open, picture, settled, test } from './scenario.ts';

const SIZES = { desktop: { width: 1280, height: 860 }, phone: { width: 390, height: 780 } };

for (const [size, viewport] of Object.entries(SIZES)) {
    for (const scheme of ['light', 'dark'] as const) {
        test(`pictures of the main states, ${size}, ${scheme}`, async ({ page, slow }) => {
            const name = (state: string) => `${state}-${size}-${scheme}`;
            await page.setViewportSize(viewport);
            await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
            await open(page, slow.url);
            await picture(page, name('1-new'));
            await ask(page, 'A bakery sells muffins in boxes of 6 and boxes of 10. Anna buys 4 small boxes and 3 large boxes, gives away a third of all muffins and eats 5. How many muffins does she have left?', 'Contemplating');
            const run = page.getByRole('region', { name: 'What the agents do' });
            await expect(run.getByRole('heading', { name: /^21/ })).toBeVisible();
            await expect(run.getByRole('article').first()).toContainText('two thirds');
            await picture(page, name('2-run'));
            await settled(page);
            await answers(page).getByRole('button', { name: /agreed/ }).click();
            await run.getByText('Ledger').click();
            await expect(run.getByRole('row', { name: /^total/ })).toBeVisible();
            await picture(page, name('3-after'));
            await answers(page).getByRole('button', { name: /agreed/ }).click();
            await ask(page, 'Some markdown, please.');
            await settled(page);
            await expect(answers(page).last().locator('.katex-display')).toBeVisible();
            await picture(page, name('4-markdown'));
            await page.getByRole('button', { name: 'Commands' }).click();
            await picture(page, name('5-commands'));
        });
    }
}
