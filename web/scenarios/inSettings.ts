import type { Locator, Page } from '@playwright/test';
import { House } from './house.ts';
import { expect, test as base } from './scenario.ts';

export const test = base.extend<object, { house: House }>({
    house: [
        async ({}, use) => {
            const house = await House.open();
            await use(house);
            await house.server.close();
        },
        { scope: 'worker' },
    ],
});

/** What a browser says of answers that these scenarios want to be refused. */
export const REFUSED = /status of 4\d\d/;

export const dialog = (page: Page) => page.getByRole('dialog', { name: 'Settings' });
export const sections = (page: Page) => page.getByRole('navigation', { name: 'Settings' });
export const group = (page: Page, name: string) => dialog(page).getByRole('group', { name, exact: true });
export const alert = (page: Page) => dialog(page).getByRole('alert');

export const saveRole = (row: Locator) =>
    row
        .locator('form')
        .filter({ has: row.page().getByRole('combobox', { name: 'Role' }) })
        .getByRole('button', { name: 'Save' })
        .click();

export async function settings(page: Page, url: string, section: string): Promise<void> {
    await page.goto(`${url}/#settings/${section}`);
    await expect(dialog(page)).toBeVisible();
}

/** What a browser keeps of what somebody had begun to write. */
export const drafts = (page: Page) =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('polymnia.draft')));

/** The row of somebody or something, opened. */
export async function opened(page: Page, name: string) {
    const row = dialog(page).getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) }).first();
    await row.getByText(name, { exact: true }).click();
    return row;
}
