import { answers, ask, barriers, expect, open, questions, settled, test } from './scenario.ts';

test('everything is done without a mouse', async ({ page, server }) => {
    await open(page, server.url);
    await page.keyboard.press('Control+k');
    const search = page.getByRole('combobox', { name: 'What would you like to do?' });
    await expect(search).toBeFocused();
    await page.keyboard.type('mode: inst');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('radio', { name: 'Instant' })).toBeChecked();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('go to the mess');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
    await page.keyboard.type('typed');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('only');
    await page.keyboard.press('Enter');
    await expect(questions(page)).toContainText('typed\nonly', { useInnerText: true });
    await settled(page);

    await page.keyboard.type('Say it slowly.');
    await page.keyboard.press('Enter');
    await expect(answers(page).last()).toContainText('One word');
    await page.keyboard.press('Control+.');
    await settled(page);
    await expect(answers(page).last()).toContainText('best answer so far');

    await page.keyboard.press('Control+/');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+b');
    await expect(page.getByRole('navigation')).toHaveCount(0);
    await page.keyboard.press('Control+Shift+F');
    await expect(page.getByRole('searchbox')).toBeFocused();

    const menu = page.getByRole('button', { name: 'More: typed' }).first();
    await menu.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('menuitem', { name: 'Pin' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(menu).toBeFocused();
    await page.keyboard.press('Control+Shift+O');
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
    await expect(page).toHaveURL(`${server.url}/`);
});

for (const scheme of ['light', 'dark'] as const) {
    test(`nothing keeps anybody out (${scheme})`, async ({ page, server }) => {
        await page.emulateMedia({ colorScheme: scheme });
        await open(page, server.url);
        expect(await barriers(page)).toEqual([]);
        await ask(page, 'Some markdown, please.');
        await settled(page);
        await expect(page.getByRole('status')).toHaveText('The answer is there.');
        await page.getByRole('button', { name: 'Agents and budget' }).click();
        expect(await barriers(page)).toEqual([]);
        await page.getByRole('button', { name: 'Settings', exact: true }).click();
        expect(await barriers(page)).toEqual([]);
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+k');
        expect(await barriers(page)).toEqual([]);
    });
}

test('the page speaks German, and remembers it', async ({ page, server }) => {
    await open(page, server.url);
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
    await page.getByRole('combobox', { name: 'Aussehen' }).selectOption('dark');
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Was möchtest du wissen?' })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test.describe('on a phone', () => {
    test.use({ viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true });

    test('one lane at a time, with the tally on top', async ({ page, slow }) => {
        await open(page, slow.url);
        await expect(page.getByRole('navigation')).toHaveCount(0);
        await ask(page, 'How many muffins are left?', 'Contemplating');
        const lanes = page.getByRole('region', { name: 'What the agents do' }).getByRole('article');
        await expect(lanes).toHaveCount(4);
        const shown = await lanes.evaluateAll((all) =>
            all.filter((lane) => {
                const { left, right } = lane.getBoundingClientRect();
                return left >= 0 && right <= window.innerWidth;
            }).length,
        );
        expect(shown).toBe(1);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
        expect(await barriers(page)).toEqual([]);
        await settled(page);
        await expect(answers(page).getByRole('button', { name: /agreed/ })).toBeVisible();

        await page.getByRole('button', { name: 'Show conversations' }).click();
        await page.getByRole('link', { name: 'How many muffins are left?' }).first().click();
        await expect(page.getByRole('navigation')).toHaveCount(0);
        await expect(questions(page)).toContainText('muffins');
    });
});
