import { answers, ask, barriers, expect, KEY, open, questions, Server, settled, strict, test } from './scenario.ts';

test('a conversation is shared by a link with whoever has it, until it is taken back', async ({ page, browser, trouble }) => {
    trouble.allowed.push(/401/);
    const server = await new Server(5, KEY).start();
    await page.goto(server.url);
    await page.getByRole('button', { name: 'Set up this server' }).click();
    await page.getByLabel('Key of the server').fill(KEY);
    await page.getByLabel('Your name').fill('Ada');
    await page.getByLabel(/^Password/).fill('a horse and a battery');
    await page.getByRole('button', { name: 'Begin' }).click();
    await page
        .locator('.composer input[type=file]')
        .setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('between us') });
    await ask(page, 'Some markdown, please.');
    await settled(page);

    const library = page.getByRole('navigation', { name: 'Conversations' });
    await library.getByRole('button', { name: /^More: / }).click();
    await page.getByRole('menuitem', { name: 'Share' }).click();
    const dialog = page.getByRole('dialog', { name: /^Share “/ });
    await expect(dialog).toContainText('Nobody else can read this conversation.');
    await dialog.getByRole('combobox', { name: 'It ends after' }).selectOption('7 days');
    await dialog.getByRole('button', { name: 'Make a link' }).click();
    const address = await dialog.getByRole('textbox', { name: 'Link to this conversation' }).inputValue();
    expect(address).toMatch(/\/shared#polymnia-[\w-]+$/);
    const links = dialog.getByRole('region', { name: 'Links' }).getByRole('listitem');
    await expect(links).toHaveCount(1);
    await expect(links).toContainText('ends on');
    await expect(dialog).not.toContainText('Nobody else');
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await ask(page, 'said later');
    await settled(page);

    // Somebody without an account, on a phone.
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 360, height: 740 } });
    const stranger = await context.newPage();
    const found = strict(stranger);
    const asked: string[] = [];
    stranger.on('request', (request) => asked.push(request.url()));
    await stranger.goto(address);
    await expect(stranger.getByRole('article', { name: 'Question' })).toContainText('Some markdown, please.');
    await expect(stranger.getByRole('article', { name: 'Question' })).toContainText('notes.txt');
    await expect(answers(stranger).getByRole('heading', { name: 'Herons' })).toBeVisible();
    await expect(answers(stranger).locator('.katex-display')).toBeVisible();
    await expect(stranger.getByText('said later')).toHaveCount(0);
    await expect(stranger.getByText('between us')).toHaveCount(0);
    await expect(stranger.getByRole('textbox')).toHaveCount(0);
    expect(await stranger.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    expect(await barriers(stranger)).toEqual([]);
    // No address that a server logs has the secret.
    expect(asked.filter((url) => url.includes(address.split('#')[1]!) && !url.includes('#'))).toEqual([]);
    expect(found).toEqual([]);

    // What is said later is in another link; the first one is taken back.
    await library.getByRole('button', { name: /^More: / }).click();
    await page.getByRole('menuitem', { name: 'Share' }).click();
    await dialog.getByRole('button', { name: 'Make a link' }).click();
    const later = await dialog.getByRole('textbox', { name: 'Link to this conversation' }).inputValue();
    await expect(links).toHaveCount(2);
    await links.last().getByRole('button', { name: /^Take back/ }).click();
    await expect(links).toHaveCount(1);
    await stranger.goto(later);
    await expect(stranger.getByText('said later', { exact: true })).toBeVisible();
    await stranger.goto(address);
    await expect(stranger.getByText('the link has ended, was taken back')).toBeVisible();
    expect(await barriers(stranger)).toEqual([]);
    await stranger.goto(`${server.url}/shared`);
    await expect(stranger.getByText('the link has ended, was taken back')).toBeVisible();
    await context.close();
    await server.close();
});

test('who shares is told that nothing was said yet', async ({ page, server, trouble }) => {
    trouble.allowed.push(/400/);
    await page.request.post(`${server.url}/api/conversations`, { data: { title: 'nothing in it' } });
    await open(page, server.url);
    await page.getByRole('button', { name: 'More: nothing in it' }).click();
    await page.getByRole('menuitem', { name: 'Share' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make a link' }).click();
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText('Nothing is said yet');
    await expect(questions(page)).toHaveCount(0);
});
