import { en } from '../src/words/en.ts';
import { pseudo } from '../src/words/pseudo.ts';
import { answers, barriers, expect, outside, settled, test } from './scenario.ts';

const words = pseudo(en);

for (const width of [1280, 390, 360]) {
    test(`words from right to left have room, ${width} wide`, async ({ page, slow }) => {
        const button = (name: string) => page.getByRole('button', { name });
        const say = async (text: string, mode: string) => {
            await page.getByText(mode, { exact: true }).last().click();
            await page.getByRole('textbox', { name: words.message }).fill(text);
            await button(words.send).click();
        };
        const fits = async () => expect(await outside(page)).toEqual([]);
        await page.setViewportSize({ width, height: 800 });
        await page.addInitScript(() => localStorage.setItem('polymnia.words', 'pseudo'));
        await page.goto(slow.url);
        await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
        await expect(page.getByRole('heading', { name: words.welcome })).toBeVisible();
        await fits();
        expect(await barriers(page)).toEqual([]);

        // The list is at the side where one begins to read.
        if (width > 800) {
            const list = await page.getByRole('navigation').boundingBox();
            expect(Math.round((list?.x ?? 0) + (list?.width ?? 0))).toBe(width);
        }
        await page.getByText(words.contemplating, { exact: true }).last().click();
        await button(words.modeSettings).click();
        await fits();
        await button(words.modeSettings).click();
        await button(words.settings).click();
        const settings = page.getByRole('dialog', { name: words.settings });
        await expect(settings).toBeVisible();
        await fits();
        await settings.getByRole('link', { name: words.sections.models }).click();
        await expect(settings).toContainText(words.endpoints.none);
        await expect(settings.getByRole('list', { name: words.models.title }).getByRole('listitem')).not.toHaveCount(0);
        await fits();
        expect(await barriers(page)).toEqual([]);
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+k');
        await expect(page.getByRole('listbox')).toBeVisible();
        await fits();
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+/');
        await expect(page.getByRole('dialog', { name: words.shortcuts })).toBeVisible();
        await fits();
        await page.keyboard.press('Escape');

        await say('How many muffins are left?', words.contemplating);
        const run = page.getByRole('region', { name: words.runView });
        await expect(run.getByRole('article').first()).toContainText('54 in all');
        await fits();
        await expect(run.getByRole('heading', { name: /31/ })).toBeVisible();
        await fits();
        await settled(page);
        await answers(page).getByRole('button', { name: /agreed/ }).click();
        await run.getByText(words.ledger).click();
        await expect(run.getByRole('table')).toBeVisible();
        await fits();
        await run.getByRole('button', { name: words.openLane(1) }).click();
        await expect(page.getByRole('dialog').getByRole('combobox', { name: words.compareWith })).toBeVisible();
        await fits();
        expect(await barriers(page)).toEqual([]);
        await page.keyboard.press('Escape');

        await say('Some markdown, please.', words.instant);
        await expect(answers(page)).toHaveCount(2);
        await settled(page);
        await expect(answers(page).last().locator('.katex-display')).toBeVisible();
        await expect(answers(page).last().locator('pre')).toHaveCSS('direction', 'ltr');
        await fits();

        if (width < 800) {
            await button(words.showList).click();
        }
        const list = page.getByRole('navigation');
        await expect(list).toBeVisible();
        await list.getByRole('button', { name: words.menu }).first().click();
        await expect(page.getByRole('menuitem', { name: words.rename })).toBeVisible();
        await fits();
        await page.getByRole('menuitem', { name: words.delete }).click();
        await expect(page.getByRole('dialog')).toContainText(words.deleteWords);
        await fits();
    });
}
