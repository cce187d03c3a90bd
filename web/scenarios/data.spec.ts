import { alert, dialog, drafts, group, REFUSED, sections, settings, test } from './inSettings.ts';
import { ask, expect, open, settled } from './scenario.ts';

test('all is taken along, brought back, and erased', async ({ page, house, trouble }) => {
    trouble.allowed.push(REFUSED, /net::ERR/);
    const dan = await house.enter(page, 'Dan');
    await open(page, house.url);
    await ask(page, 'a question to keep');
    await settled(page);
    await settings(page, house.url, 'data');
    const leaving = page.waitForEvent('download');
    await dialog(page).getByRole('link', { name: 'Save as ZIP' }).click();
    const download = await leaving;
    expect(download.suggestedFilename()).toBe('polymnia.zip');

    const file = dialog(page).getByLabel('File', { exact: true });
    await file.setInputFiles({ name: 'other.json', mimeType: 'application/json', buffer: Buffer.from('{"birds": 3}') });
    await expect(alert(page)).toContainText('conversations.json');
    await file.setInputFiles({ name: 'broken.zip', mimeType: 'application/zip', buffer: Buffer.from('PK\u0003\u0004 and then nothing') });
    await expect(alert(page)).toContainText('The ZIP cannot be read');
    await file.setInputFiles(await download.path());
    const brought = group(page, 'Bring conversations along').getByRole('status');
    await expect(brought).toContainText('1 conversation, 2 messages');
    await expect(alert(page)).toHaveCount(0);
    await sections(page).getByRole('link', { name: 'Usage' }).click();
    await sections(page).getByRole('link', { name: 'Data' }).click();
    await expect(brought).toContainText('1 conversation, 2 messages');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('navigation', { name: 'Conversations' }).getByRole('link')).toHaveCount(2);
    await page.getByRole('textbox', { name: 'Message' }).fill('half a thought');
    await expect.poll(() => drafts(page)).toHaveLength(1);

    await settings(page, house.url, 'data');
    await expect(group(page, 'Erase me')).toContainText('without an invitation');
    await dialog(page).getByRole('button', { name: 'Erase me' }).click();
    const question = page.getByRole('dialog', { name: 'Erase all that is yours?' });
    const erase = question.getByRole('button', { name: 'Erase' });
    await expect(erase).toBeDisabled();
    await question.getByRole('textbox').fill('Ben');
    await expect(erase).toBeDisabled();
    await question.getByRole('textbox').fill('Dan');
    // It is done, and nobody hears of it.
    await page.route(
        `**/api/people/${dan}`,
        async (route) => {
            await route.fetch();
            await route.abort();
        },
        { times: 1 },
    );
    await erase.click();
    await expect(question.getByRole('alert')).toContainText('cannot be reached');
    await expect(question.getByRole('alert')).not.toContainText('trying');
    await erase.click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    expect(await drafts(page)).toEqual([]);
    await expect(house.ask('GET', `/api/people/${dan}`)).rejects.toThrow('404');
});

test('a file that is longer than the server takes is refused in words', async ({ page, house, trouble }) => {
    trouble.allowed.push(REFUSED, /net::ERR/);
    await house.enter(page, 'Lea');
    await settings(page, house.url, 'data');
    const buffer = Buffer.alloc(20_000_000, ' ');
    await dialog(page).getByLabel('File', { exact: true }).setInputFiles({ name: 'long.json', mimeType: 'application/json', buffer });
    await expect(alert(page)).toContainText(/longer than/);
    await expect(dialog(page).getByLabel('File', { exact: true })).toBeEnabled();
});
