import { dialog, group, opened, sections, settings, test } from './inSettings.ts';
import { ask, barriers, expect, open, picture, settled } from './scenario.ts';

test('who is alone has a look, models, usage and data', async ({ page, server }) => {
    await open(page, server.url);
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await expect(sections(page).getByRole('link')).toHaveText(['Appearance', 'Models', 'Usage', 'Data']);
    await expect(dialog(page).getByRole('button', { name: 'Sign out' })).toHaveCount(0);
    await sections(page).getByRole('link', { name: 'Data' }).click();
    await expect(group(page, 'Take all along')).toContainText('polymnia backup');
    await expect(dialog(page).getByRole('button', { name: 'Erase me' })).toHaveCount(0);
    // What is for others is not there for who asks by its address either.
    await settings(page, server.url, 'members');
    await expect(dialog(page).getByRole('combobox', { name: 'Appearance' })).toBeVisible();
});

test('text size and motion are kept', async ({ page, server }) => {
    const moves = () =>
        page.evaluate(() => {
            const element = document.createElement('p');
            element.className = 'pulse';
            document.body.append(element);
            const { animationName } = getComputedStyle(element);
            element.remove();
            return animationName !== 'none';
        });
    await settings(page, server.url, 'appearance');
    await expect(page.locator('html')).toHaveCSS('font-size', '16px');
    expect(await moves()).toBe(true);
    await dialog(page).getByRole('combobox', { name: 'Text size' }).selectOption('Large');
    await dialog(page).getByRole('combobox', { name: 'Motion' }).selectOption('Always reduced');
    await expect(page.locator('html')).toHaveCSS('font-size', '19px');
    await page.reload();
    await expect(page.locator('html')).toHaveCSS('font-size', '19px');
    expect(await moves()).toBe(false);
    await dialog(page).getByRole('combobox', { name: 'Text size' }).selectOption('Small');
    await expect(page.locator('html')).toHaveCSS('font-size', '14px');
});

test('sections have addresses, in front of a conversation', async ({ page, server }) => {
    await open(page, server.url);
    await ask(page, 'words behind settings');
    await settled(page);
    const place = page.url();
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await sections(page).getByRole('link', { name: 'Usage' }).click();
    await expect(page).toHaveURL(`${place}#settings/usage`);
    await expect(sections(page).getByRole('link', { name: 'Usage' })).toHaveAttribute('aria-current', 'page');
    await page.reload();
    await expect(dialog(page).getByRole('region', { name: 'Usage' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toHaveCount(0);
    await expect(page).toHaveURL(place);
    await expect(page.getByRole('article', { name: 'You' })).toContainText('words behind settings');
    await page.goBack();
    await expect(page).toHaveURL(place);
    await expect(dialog(page)).toHaveCount(0);
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await expect(dialog(page)).toBeVisible();
    await sections(page).getByRole('link', { name: 'Usage' }).click();
    await sections(page).getByRole('link', { name: 'Data' }).click();
    await expect(dialog(page).getByRole('region', { name: 'Data' })).toBeVisible();
    await page.goBack();
    await expect(dialog(page)).toHaveCount(0);
    await expect(page).toHaveURL(place);
});

test('settings are found and gone through without a mouse', async ({ page, server }) => {
    await open(page, server.url);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('settings: usage');
    await page.keyboard.press('Enter');
    await expect(dialog(page).getByRole('region', { name: 'Usage' })).toBeVisible();
    await sections(page).getByRole('link', { name: 'Usage' }).focus();
    await page.keyboard.press('Tab');
    await expect(sections(page).getByRole('link', { name: 'Data' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(dialog(page).getByRole('region', { name: 'Data' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toHaveCount(0);
});

const SIZES = { desktop: { width: 1280, height: 860 }, phone: { width: 360, height: 740 } };

for (const [size, viewport] of Object.entries(SIZES)) {
    for (const scheme of ['light', 'dark'] as const) {
        test(`settings keep nobody out, ${size}, ${scheme}`, async ({ page, house }) => {
            await page.setViewportSize(viewport);
            await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
            await house.enter(page, `Pia ${size} ${scheme}`, 'owner');
            await open(page, house.url);
            await ask(page, 'words to count');
            await settled(page);
            for (const section of ['Appearance', 'Models', 'Profile', 'Keys', 'Members', 'Usage', 'Data']) {
                await settings(page, house.url, section.toLowerCase());
                const panel = dialog(page).getByRole('region', { name: section });
                await expect(panel).toBeVisible();
                if (section === 'Members') {
                    await opened(page, 'Ada');
                    await expect(dialog(page).getByRole('button', { name: 'Erase Ada' })).toBeVisible();
                }
                if (section === 'Usage') {
                    await expect(group(page, 'By mode').getByRole('row').last()).toBeVisible();
                }
                expect(await barriers(page)).toEqual([]);
                expect(await panel.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
                expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
                await picture(page, `settings-${section.toLowerCase()}-${size}-${scheme}`);
            }
        });
    }
}
