import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { answers, ask, barriers, expect, open, questions, settled, test } from './scenario.ts';

const library = (page: Page) => page.getByRole('navigation', { name: 'Conversations' });

async function menu(page: Page, title: string, item: string): Promise<void> {
    await library(page).getByRole('button', { name: `More: ${title}`, exact: true }).click();
    await page.getByRole('menuitem', { name: item, exact: true }).click();
}

async function fold(page: Page, title: string, folder: string): Promise<void> {
    await menu(page, title, 'Put into a folder');
    await page.getByRole('combobox', { name: 'Folder' }).fill(folder);
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('conversations are put into folders and taken out of them', async ({ page, server }) => {
    for (const title of ['grey herons', 'little egrets']) {
        await page.request.post(`${server.url}/api/conversations`, { data: { title } });
    }
    await open(page, server.url);
    const folder = library(page).getByRole('region', { name: 'Waders' });
    const link = (title: string) => library(page).getByRole('link', { name: title });
    await fold(page, 'grey herons', 'Waders');
    const opener = folder.getByRole('button', { name: 'Waders' });
    await expect(opener).toHaveAttribute('aria-expanded', 'false');
    await expect(link('grey herons')).toHaveCount(0);
    await opener.press('Enter');
    await expect(folder.getByRole('link')).toHaveText(['grey herons']);
    await fold(page, 'little egrets', 'Waders');
    await expect(folder.getByRole('link')).toHaveCount(2);
    expect(await barriers(page)).toEqual([]);

    // Who is in it sees where that is.
    await folder.getByRole('link', { name: 'grey herons' }).click();
    await page.reload();
    await expect(opener).toHaveAttribute('aria-expanded', 'true');
    await expect(folder.getByRole('link', { name: 'grey herons' })).toHaveAttribute('aria-current', 'page');

    await fold(page, 'little egrets', '');
    await expect(folder.getByRole('link')).toHaveText(['grey herons']);
    await expect(link('little egrets')).toHaveCount(1);
    await fold(page, 'grey herons', '');
    await expect(folder).toHaveCount(0);
});

test('a folder has all that is in it, also what the list does not have yet', async ({ page, server }) => {
    await page.request.post(`${server.url}/api/conversations`, { data: { title: 'the oldest', folder: 'Attic', archived: true } });
    for (let number = 0; number < 60; number++) {
        await page.request.post(`${server.url}/api/conversations`, { data: { title: `attic ${number}`, archived: true } });
    }
    await page.request.post(`${server.url}/api/conversations`, { data: { title: 'the newest', folder: 'Attic', archived: true } });
    await open(page, server.url);
    await library(page).getByRole('checkbox', { name: 'Archived' }).check();
    const folder = library(page).getByRole('region', { name: 'Attic' });
    await folder.getByRole('button', { name: 'Attic' }).click();
    await expect(folder.getByRole('link')).toHaveText(['the newest', 'the oldest']);
});

/** Goes from the library to where conversations are imported. */
async function toImport(page: Page) {
    await library(page).getByRole('button', { name: 'Import' }).click();
    return page.getByRole('group', { name: 'Bring conversations along' });
}

test('conversations are imported, all of a file or nothing', async ({ page, server, trouble }) => {
    trouble.allowed.push(/400/);
    await open(page, server.url);
    const bringing = await toImport(page);
    await bringing.locator('input[type=file]').setInputFiles({
        name: 'conversations.json',
        mimeType: 'application/json',
        buffer: Buffer.from(
            JSON.stringify([
                {
                    name: 'brought along',
                    chat_messages: [
                        { uuid: '1', sender: 'human', text: 'What wades?' },
                        { uuid: '2', sender: 'assistant', text: 'A heron **wades**.' },
                        { uuid: '3', sender: 'human', text: '' },
                    ],
                },
            ]),
        ),
    });
    await expect(bringing.getByRole('status')).toHaveText(
        'Brought along: 1 conversation, 2 messages; 1 without text left out.',
    );
    await page.keyboard.press('Escape');
    await library(page).getByRole('link', { name: 'brought along' }).click();
    await expect(questions(page)).toContainText('What wades?');
    await expect(answers(page).locator('strong')).toHaveText('wades');
    expect(await barriers(page)).toEqual([]);

    await toImport(page);
    await bringing
        .locator('input[type=file]')
        .setInputFiles({ name: 'odd.json', mimeType: 'application/json', buffer: Buffer.from('{"odd": 1}') });
    await expect(bringing.getByRole('alert')).toContainText('conversations.json');
    await page.keyboard.press('Escape');
    await expect(library(page).getByRole('link', { name: 'brought along' })).toHaveCount(1);
});

test('a conversation is saved as Markdown, as JSON, and as a ZIP that can be imported again', async ({ page, server }) => {
    await open(page, server.url);
    await page
        .locator('.composer input[type=file]')
        .setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Herons stand still.') });
    await ask(page, 'to be saved');
    await settled(page);
    const saved = async (item: string) => {
        const saving = page.waitForEvent('download');
        await menu(page, 'to be saved', item);
        return readFile(await (await saving).path());
    };
    expect((await saved('Save as Markdown')).toString()).toContain('## You\n\nto be saved');
    const { messages } = JSON.parse((await saved('Save as JSON')).toString()) as { messages: { text: string }[] };
    expect(messages[0]?.text).toBe('to be saved');
    const zip = await saved('Save as ZIP, with files');

    await menu(page, 'to be saved', 'Delete');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(library(page).getByRole('link', { name: 'to be saved' })).toHaveCount(0);
    const bringing = await toImport(page);
    await bringing
        .locator('input[type=file]')
        .setInputFiles({ name: 'to be saved.zip', mimeType: 'application/zip', buffer: zip });
    await expect(bringing.getByRole('status')).toHaveText('Brought along: 1 conversation, 2 messages, 1 file.');
    await page.keyboard.press('Escape');
    await library(page).getByRole('link', { name: 'to be saved' }).click();
    await questions(page).getByRole('button', { name: 'Open notes.txt' }).click();
    await expect(page.getByRole('dialog')).toContainText('Herons stand still.');
});

test('of an incognito conversation nothing is left', async ({ page, server }) => {
    await open(page, server.url);
    await library(page).getByRole('button', { name: 'New incognito conversation' }).click();
    await expect(page).toHaveURL(`${server.url}/incognito`);
    await expect(page.getByRole('heading', { name: 'Nothing of this is kept' })).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
    await page.locator('.composer input[type=file]').setInputFiles({
        name: 'secret.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('a quagga in a file'),
    });
    await ask(page, 'the quagga question');
    await settled(page);
    await expect(questions(page)).toContainText('secret.txt');
    await expect(answers(page)).toContainText('You said: The file "secret.txt":');
    await ask(page, 'another quagga');
    await settled(page);
    await expect(answers(page).last()).toContainText('You said: another quagga');
    await answers(page).last().getByRole('button', { name: /^Instant · / }).click();
    await expect(answers(page).last().getByText('Ledger')).toBeVisible();
    expect(await barriers(page)).toEqual([]);

    await page.getByRole('textbox', { name: 'Message' }).fill('half a quagga');
    for (const kept of ['/api/conversations', '/api/search?q=quagga', '/v1/runs?limit=100']) {
        expect(await (await page.request.get(server.url + kept)).text()).not.toContain('quagga');
    }
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('quagga');
    await page.reload();
    await expect(questions(page)).toHaveCount(0);
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('');
});

test('an incognito run is seen as any other, and stopped', async ({ page, slow }) => {
    await page.goto(`${slow.url}/incognito`);
    await ask(page, 'How many muffins are left?', 'Contemplating');
    const run = page.getByRole('region', { name: 'What the agents do' });
    await expect(run.getByRole('heading', { name: /^31/ })).toBeVisible();
    await settled(page);
    await expect(answers(page).getByRole('button', { name: /agreed/ })).toBeVisible();

    await ask(page, 'Say it slowly.');
    await expect(answers(page).last()).toContainText('One word after');
    await page.keyboard.press('Control+.');
    await settled(page);
    await expect(answers(page).last()).toContainText('Stopped here.');
    await answers(page).last().getByRole('button', { name: 'Answer once more' }).click();
    await expect(questions(page)).toHaveCount(2);
    await expect(answers(page).last()).toContainText('One word after');
    // Who leaves it has left it.
    await page.keyboard.press('Control+Shift+O');
    await expect(page.getByRole('heading', { name: 'What would you like to know?' })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('heading', { name: 'Nothing of this is kept' })).toBeVisible();
    await expect(questions(page)).toHaveCount(0);
});

test('an incognito answer that breaks off says so and is asked for again', async ({ page, server, trouble }) => {
    trouble.allowed.push(/Failed to load resource|net::ERR/);
    await page.goto(`${server.url}/incognito`);
    await page.route('**/v1/chat/completions', (route) => route.abort());
    await ask(page, 'first words');
    await expect(answers(page).getByRole('alert')).toContainText('The connection broke');
    await page.unroute('**/v1/chat/completions');
    await answers(page).getByRole('button', { name: 'Try again' }).click();
    await expect(answers(page)).toContainText('You said: first words');
    await expect(questions(page)).toHaveCount(1);
});

test('an answer that was cut off goes on when it is asked to', async ({ page, server }) => {
    await open(page, server.url);
    await ask(page, 'Say it slowly.');
    await expect(answers(page)).toContainText('One word after');
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await settled(page);
    await answers(page).getByRole('button', { name: 'Go on' }).click();
    await expect(questions(page).last()).toContainText('Go on exactly where you stopped.');
    await settled(page);
    await expect(answers(page)).toHaveCount(2);
    await expect(page.getByRole('button', { name: 'Go on' })).toHaveCount(0);
});

test('a conversation of some hundred messages is read from its end, and nothing jumps on the way up', async ({ page, server }) => {
    const said = Array.from({ length: 300 }, (_, index) => ({
        id: `m${index}`,
        parent: index === 0 ? null : `m${index - 1}`,
        author: index % 2 === 0 ? 'user' : 'assistant',
        text: index % 2 === 0 ? `question ${index}` : `answer ${index}\n\n${'Herons wade. '.repeat((index * 37) % 200)}`,
        state: 'whole',
        created: 1_700_000_000 + index,
    }));
    const sent = await page.request.post(`${server.url}/api/import`, { data: { title: 'the long one', messages: said } });
    expect(sent.status()).toBe(201);
    await open(page, server.url);
    await library(page).getByRole('link', { name: 'the long one' }).click();
    await expect(answers(page).last()).toBeInViewport();
    await expect(questions(page)).toHaveCount(150);
    await expect(answers(page).last()).toBeInViewport();
    const first = questions(page).first();
    await expect(first).not.toBeInViewport();
    const laidOut = await first.evaluate((element) =>
        element.firstElementChild!.checkVisibility({ contentVisibilityAuto: true }),
    );
    expect(laidOut).toBe(false);

    // Scrolled up by so much, what is seen goes down by so much, whatever comes above it.
    const jumps = await page.locator('.talk-scroll').evaluate(async (scroll) => {
        const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        const found: number[] = [];
        for (let step = 0; step < 60; step++) {
            const { left, width, top, height } = scroll.getBoundingClientRect();
            const seen = document.elementFromPoint(left + width / 2, top + height / 2)?.closest('article');
            const before = seen?.getBoundingClientRect().top ?? 0;
            scroll.scrollBy({ top: -150, behavior: 'instant' });
            await frame();
            if (seen != null) {
                found.push(Math.round(seen.getBoundingClientRect().top - before - 150));
            }
        }
        return found;
    });
    expect(jumps.length).toBeGreaterThan(30);
    expect(jumps.filter((jump) => Math.abs(jump) > 2)).toEqual([]);

    await page.locator('.talk-scroll').evaluate((scroll) => scroll.scrollTo({ top: 0, behavior: 'instant' }));
    await expect(first).toBeInViewport();
    await expect(first).toContainText('question 0');
});
