import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { answers, ask, barriers, expect, hold, open, questions, settled, test } from './scenario.ts';

const PNG = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
);
const HERON = { name: 'heron.png', mimeType: 'image/png', buffer: PNG };

function text(name: string, words: string) {
    return { name, mimeType: 'text/plain', buffer: Buffer.from(words) };
}

const choice = (page: Page) => page.locator('.composer input[type=file]');
const attached = (page: Page) => page.getByRole('list', { name: 'Attached' }).getByRole('listitem');
const field = (page: Page) => page.getByRole('textbox', { name: 'Message' });

/** Whether a picture is there, and not only its frame. */
async function expectSeen(picture: Locator): Promise<void> {
    await expect
        .poll(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0))
        .toBe(true);
}

/** Pastes as a browser does, which only a person can have it do with files. */
async function paste(page: Page, words: string, files: string[] = []): Promise<void> {
    await field(page).evaluate(
        (element, [pasted, names]) => {
            const data = new DataTransfer();
            if (pasted !== '') {
                data.setData('text/plain', pasted);
            }
            names.forEach((name) => data.items.add(new File([`words of ${name}`], name, { type: 'text/plain' })));
            element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        },
        [words, files] as const,
    );
}

test('pictures and texts go with a message, and are there to be opened and saved', async ({ page, server }) => {
    await open(page, server.url);
    await choice(page).setInputFiles([HERON, text('notes.txt', 'A heron is tall.'), text('old.txt', 'An old note.')]);
    await expect(attached(page)).toHaveCount(3);
    await expect(attached(page).nth(0)).toContainText('heron.png');
    await expect(attached(page).nth(0)).toContainText('Picture · 70 B');
    await expectSeen(attached(page).nth(0).locator('img'));
    await expect(page.getByText('Write what is to be done with it')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Remove old.txt' }).click();
    await expect(attached(page)).toHaveCount(2);
    await expect(field(page)).toBeFocused();

    await ask(page, 'What is this?');
    await expect(attached(page)).toHaveCount(0);
    await settled(page);
    // What the model was told first.
    await expect(answers(page)).toContainText('You said: The file "notes.txt":');
    await page.reload();
    const files = questions(page).getByRole('list', { name: 'Files' });
    await expectSeen(files.getByRole('img', { name: 'Open heron.png' }));
    await files.getByRole('button', { name: 'Open heron.png' }).click();
    await expectSeen(page.getByRole('dialog', { name: 'heron.png' }).getByRole('img', { name: 'heron.png' }));
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');

    await files.getByRole('button', { name: 'Open notes.txt' }).click();
    await expect(page.getByRole('dialog', { name: 'notes.txt' })).toContainText('A heron is tall.');
    expect(await barriers(page)).toEqual([]);
    const saving = page.waitForEvent('download');
    await page.getByRole('dialog').getByRole('link', { name: 'Save notes.txt' }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe('notes.txt');
    expect(await readFile(await saved.path(), 'utf8')).toBe('A heron is tall.');

    const dialog = page.getByRole('dialog', { name: 'notes.txt' });
    await dialog.getByRole('button', { name: 'Delete file' }).click();
    await expect(dialog).toContainText('It is removed from the server');
    await dialog.getByRole('button', { name: 'Delete file' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(files).toContainText('A file that was here has been deleted.');
    await expect(files.getByRole('img', { name: 'Open heron.png' })).toBeVisible();
});

test('a question that is edited keeps its files, and a page in a file is words', async ({ page, server }) => {
    await open(page, server.url);
    await choice(page).setInputFiles([text('page.html', '<script>window.stolen = true</script>')]);
    await ask(page, 'first words');
    await settled(page);
    await questions(page).hover();
    await questions(page).getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('form', { name: 'Edit' }).getByRole('textbox').fill('other words');
    await page.getByRole('button', { name: 'Ask again' }).click();
    await expect(questions(page)).toContainText('other words');
    await settled(page);
    await expect(answers(page)).toContainText('You said: The file "page.html":');
    await questions(page).getByRole('button', { name: 'Open page.html' }).click();
    await expect(page.getByRole('dialog')).toContainText('<script>window.stolen = true</script>');
    expect(await page.evaluate(() => 'stolen' in window)).toBe(false);
});

test('files are dropped and pasted', async ({ page, server }) => {
    await open(page, server.url);
    const dragged = await page.evaluateHandle(() => {
        const data = new DataTransfer();
        data.items.add(new File(['dropped words'], 'dropped.txt', { type: 'text/plain' }));
        return data;
    });
    await page.dispatchEvent('main', 'dragenter', { dataTransfer: dragged });
    await expect(page.getByText('Drop files here to attach them')).toBeVisible();
    await page.dispatchEvent('main', 'dragleave', { dataTransfer: dragged });
    await expect(page.getByText('Drop files here to attach them')).toHaveCount(0);
    await page.dispatchEvent('main', 'dragenter', { dataTransfer: dragged });
    await page.dispatchEvent('main', 'drop', { dataTransfer: dragged });
    await expect(page.getByText('Drop files here to attach them')).toHaveCount(0);
    await expect(attached(page)).toHaveCount(1);
    await paste(page, '', ['pasted.txt']);
    await expect(attached(page).nth(1)).toContainText('pasted.txt');

    // A dialog in front takes none for the message, and a field for files takes its own.
    await page.goto(`${server.url}/#settings/data`);
    const dialog = page.getByRole('dialog');
    const held = await page.evaluateHandle(() => {
        const data = new DataTransfer();
        data.items.add(new File(['words'], 'beside.txt', { type: 'text/plain' }));
        return data;
    });
    await dialog.dispatchEvent('drop', { dataTransfer: held });
    const isTaken = (element: Element, data: DataTransfer) =>
        !element.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true }));
    expect(await dialog.evaluate(isTaken, held)).toBe(true);
    expect(await dialog.locator('input[type=file]').evaluate(isTaken, held)).toBe(false);
    await page.keyboard.press('Escape');
    await expect(attached(page)).toHaveCount(2);

    // They belong to this draft.
    await page.getByRole('button', { name: 'New incognito conversation' }).click();
    await expect(attached(page)).toHaveCount(0);
    await page.keyboard.press('Control+Shift+O');
    await expect(attached(page)).toHaveCount(2);
});

test('a text that is too long for the box is offered as a file', async ({ page, server }) => {
    await open(page, server.url);
    const long = 'x'.repeat(20_001);
    await field(page).fill('before after');
    await field(page).evaluate((element: HTMLTextAreaElement) => element.setSelectionRange(7, 7));
    await paste(page, long);
    const offer = page.getByRole('group', { name: /^The text that you pasted has 20,001 characters/ });
    await expect(offer.getByRole('button', { name: 'Attach as a file' })).toBeFocused();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(offer).toHaveCount(0);
    await expect(field(page)).toBeFocused();
    await expect(field(page)).toHaveValue('before after');

    await paste(page, long);
    await page.keyboard.press('Enter');
    await expect(attached(page)).toContainText('pasted text.txt');
    await expect(field(page)).toHaveValue('before after');
    await paste(page, long);
    await offer.getByRole('button', { name: 'Put into the message' }).click();
    await expect(field(page)).toHaveValue(`before ${long}after`);
    await expect(offer).toHaveCount(0);
});

test('a pasted text that is no file either is not lost', async ({ page, server }) => {
    await open(page, server.url);
    const long = 'word '.repeat(60_000);
    await paste(page, long);
    const offer = page.getByRole('group', { name: /^The text that you pasted has 300,000 characters/ });
    await offer.getByRole('button', { name: 'Attach as a file' }).click();
    await expect(page.getByRole('alert')).toContainText('pasted text.txt was not attached');
    await offer.getByRole('button', { name: 'Put into the message' }).click();
    await expect(field(page)).toHaveValue(long);
});

test('what is attached stays while it is sent, and what comes meanwhile is for the next message', async ({ page, server }) => {
    await open(page, server.url);
    await choice(page).setInputFiles([text('one.txt', 'words of one'), text('two.txt', 'words of two')]);
    await expect(attached(page)).toHaveCount(2);
    const letGo = await hold(page, '**/files?name=two.txt');
    await ask(page, 'look at both');
    await expect(attached(page).nth(1)).toContainText('Being sent');
    for (const remove of await page.getByRole('button', { name: /^Remove (one|two)/ }).all()) {
        await expect(remove).toBeDisabled();
    }
    await choice(page).setInputFiles([text('late.txt', 'late words')]);
    await expect(attached(page)).toHaveCount(3);
    letGo();
    await expect(questions(page).getByRole('list', { name: 'Files' }).getByRole('listitem')).toHaveCount(2);
    await expect(page).toHaveURL(/\/c\/conversation-/);
    await expect(attached(page)).toHaveCount(1);
    await expect(attached(page)).toContainText('late.txt');
    await settled(page);
    await page.keyboard.press('Control+Shift+O');
    await expect(attached(page)).toHaveCount(0);
});

test('what models are not given is said before anything is sent', async ({ page, server }) => {
    const sent: string[] = [];
    page.on('request', (request) => {
        if (request.method() === 'POST') {
            sent.push(request.url());
        }
    });
    await open(page, server.url);
    await choice(page).setInputFiles([
        { name: 'book.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') },
        text('nothing.txt', ''),
        text('long.txt', 'word '.repeat(60_000)),
        text('good.txt', 'good'),
    ]);
    const refused = page.getByRole('alert');
    await expect(refused).toContainText('book.pdf was not attached: models are given pictures');
    await expect(refused).toContainText('nothing.txt was not attached: it is empty');
    await expect(refused).toContainText('long.txt was not attached: a text has 256 KB at the most');
    await expect(attached(page)).toHaveCount(1);
    await choice(page).setInputFiles(Array.from({ length: 10 }, (_, index) => text(`${index}.txt`, 'words')));
    await expect(refused).toHaveText('9.txt was not attached: a message has 10 files at the most.');
    await expect(attached(page)).toHaveCount(10);
    expect(sent).toEqual([]);
});

test('a file that does not arrive keeps all that was written, and is sent again', async ({ page, server, trouble }) => {
    trouble.allowed.push(/Failed to load resource|net::ERR/);
    await open(page, server.url);
    await choice(page).setInputFiles([text('one.txt', 'words of one'), HERON]);
    await page.route('**/files?name=heron.png', (route) => route.abort());
    await ask(page, 'look at these herons');
    const notice = page.getByRole('alert');
    await expect(notice).toContainText('a file did not get to the server');
    await expect(attached(page).nth(1)).toContainText('cannot be reached');
    await expect(field(page)).toHaveValue('look at these herons');
    await expect(page).toHaveURL(`${server.url}/`);

    await page.unroute('**/files?name=heron.png');
    await page.route('**/files?name=heron.png', (route) =>
        route.fulfill({ status: 413, json: { error: { message: 'One may have 5 bytes at the most.' } } }),
    );
    await notice.getByRole('button', { name: 'Try again' }).click();
    await expect(attached(page).nth(1)).toContainText('One may have 5 bytes at the most.');
    await page.unroute('**/files?name=heron.png');
    await notice.getByRole('button', { name: 'Try again' }).click();
    await expect(questions(page).getByRole('list', { name: 'Files' }).getByRole('listitem')).toHaveCount(2);
    await expect(notice).toHaveCount(0);
    await expect(attached(page)).toHaveCount(0);
    await settled(page);
    // What was begun for the tries before is not left behind.
    const { data } = (await (await page.request.get(`${server.url}/api/conversations`)).json()) as {
        data: { title: string }[];
    };
    expect(data.filter(({ title }) => title === '')).toEqual([]);
});

test.describe('on a phone', () => {
    test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

    test('files fit', async ({ page, server }) => {
        await open(page, server.url);
        await choice(page).setInputFiles([HERON, text('a name that is long enough not to fit on a phone.txt', 'words')]);
        await expect(attached(page)).toHaveCount(2);
        const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
        expect(await fits()).toBe(true);
        await ask(page, 'small');
        await expect(questions(page).getByRole('listitem')).toHaveCount(2);
        await settled(page);
        expect(await fits()).toBe(true);
        expect(await barriers(page)).toEqual([]);
    });
});
