import { answers, ask, barriers, expect, hold, open, questions, settled, strict, test } from './scenario.ts';

test('a new user runs each mode by one of the examples', async ({ page, server }) => {
    for (const mode of ['Instant', 'Thinking', 'Contemplating']) {
        await open(page, server.url);
        await page.getByRole('list', { name: 'Examples' }).getByRole('button', { name: mode }).click();
        await expect(questions(page)).toHaveCount(1);
        await settled(page);
        await expect(page).toHaveURL(/\/c\/conversation-/);
    }
    await expect(answers(page).last()).toContainText('31');
});

test('an answer comes word by word and stays when the page is loaded again', async ({ page, server }) => {
    await open(page, server.url);
    await ask(page, 'Say it slowly.');
    await expect(answers(page)).toContainText('One word');
    await expect(answers(page)).toHaveAttribute('aria-busy', 'true');
    await page.reload();
    await expect(answers(page)).toContainText('One word');
    await settled(page);
    const words = await answers(page).locator('.prose').innerText();
    expect(words.match(/One word after the other\./g)).toHaveLength(40);
});

test('a run goes on when its page is closed, and is there on return', async ({ page, server, context }) => {
    await open(page, server.url);
    await ask(page, 'Say it slowly.');
    await expect(answers(page)).toContainText('One word');
    const place = page.url();
    await page.close();
    const later = await context.newPage();
    const found = strict(later);
    await later.goto(place);
    await settled(later);
    expect((await answers(later).locator('.prose').innerText()).match(/One word after the other\./g)).toHaveLength(40);
    expect(found).toEqual([]);
});

test('thoughts are folded away, with their time', async ({ page, server }) => {
    await open(page, server.url);
    await ask(page, 'think of herons', 'Thinking');
    await settled(page);
    const answer = answers(page);
    await expect(answer.locator('.prose').last()).toHaveText('A heron is a wading bird.');
    await expect(answer.getByText('Herons wade')).toBeHidden();
    await answer.getByText(/^Thought for/).click();
    await expect(answer.getByText('Herons wade')).toBeVisible();
    await expect(answer.getByRole('button', { name: /^Thinking · .* · \d+ tokens$/ })).toBeVisible();
});

test('an answer that is stopped keeps what it has', async ({ page, server }) => {
    await open(page, server.url);
    await ask(page, 'Say it slowly.');
    await expect(answers(page)).toContainText('One word after');
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await settled(page);
    await expect(answers(page)).toContainText('One word after');
    await expect(answers(page)).toContainText('best answer so far');
    await page.reload();
    await expect(answers(page)).toContainText('One word after');
});

test('an answer is rated, with words, and the rating is taken back', async ({ page, server }) => {
    await open(page, server.url);
    await ask(page, 'first words');
    await settled(page);
    const bad = answers(page).getByRole('button', { name: 'Bad answer' });
    const good = answers(page).getByRole('button', { name: 'Good answer' });
    const why = answers(page).getByRole('button', { name: 'Why?' });
    const field = answers(page).getByRole('textbox', { name: 'Why?' });
    await expect(why).toHaveCount(0);
    await bad.click();
    await expect(bad).toHaveAttribute('aria-pressed', 'true');
    await field.fill('It repeats me.');
    expect(await barriers(page)).toEqual([]);
    await answers(page).getByRole('button', { name: 'Save' }).click();
    await expect(field).toBeHidden();
    await expect(why).toBeFocused();

    // What was kept is read, and corrected.
    await why.click();
    await expect(field).toHaveValue('It repeats me.');
    await field.fill('It only repeats me.');
    await field.press('Enter');
    await expect(field).toBeHidden();

    await page.reload();
    await expect(bad).toHaveAttribute('aria-pressed', 'true');
    await good.click();
    await expect(good).toHaveAttribute('aria-pressed', 'true');
    await expect(bad).toHaveAttribute('aria-pressed', 'false');
    await expect(field).toHaveValue('It only repeats me.');
    await good.click();
    await expect(good).toHaveAttribute('aria-pressed', 'false');
    await expect(why).toHaveCount(0);
    await page.reload();
    await expect(good).toHaveAttribute('aria-pressed', 'false');

    // Each version has its own.
    await bad.click();
    await expect(field).toBeVisible();
    await page.getByRole('button', { name: 'Answer once more' }).click();
    await expect(answers(page).getByRole('group', { name: 'Version 2 of 2' })).toBeVisible();
    await settled(page);
    await expect(bad).toHaveAttribute('aria-pressed', 'false');
    await answers(page).getByRole('button', { name: 'Previous version' }).click();
    await expect(bad).toHaveAttribute('aria-pressed', 'true');
});

test('what is asked anew and answered anew are versions that one goes back to', async ({ page, server }) => {
    await open(page, server.url);
    await ask(page, 'first words');
    await settled(page);
    await page.getByRole('button', { name: 'Answer once more' }).click();
    await expect(answers(page).getByRole('group', { name: 'Version 2 of 2' })).toBeVisible();
    await settled(page);

    await questions(page).hover();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('form', { name: 'Edit' }).getByRole('textbox').fill('other words');
    await page.getByRole('button', { name: 'Ask again' }).click();
    await expect(answers(page)).toContainText('You said: other words');
    await settled(page);
    await questions(page).hover();
    await questions(page).getByRole('button', { name: 'Previous version' }).click();
    await expect(questions(page)).toContainText('first words');
    await expect(answers(page)).toContainText('You said: first words');
    await expect(answers(page).getByRole('group', { name: 'Version 2 of 2' })).toBeVisible();
});

test('a draft is kept until it is sent', async ({ page, server }) => {
    await open(page, server.url);
    const field = page.getByRole('textbox', { name: 'Message' });
    await field.fill('half a thought');
    await page.reload();
    await expect(field).toHaveValue('half a thought');
    await field.press('Enter');
    await expect(questions(page)).toContainText('half a thought');
    await expect(field).toHaveValue('');
    await settled(page);
    await page.goto(server.url);
    await expect(field).toHaveValue('');
});

test('what is being sent is not sent twice, and leaves the box when it was taken', async ({ page, server }) => {
    await open(page, server.url);
    await ask(page, 'first words');
    await settled(page);
    const field = page.getByRole('textbox', { name: 'Message' });
    const send = page.getByRole('button', { name: 'Send', exact: true });
    const letGo = await hold(page, '**/messages');
    await ask(page, 'second words');
    await expect(send).toBeDisabled();
    await page.keyboard.press('Control+Shift+O');
    await expect(field).toHaveValue('');
    await page.goBack();
    await expect(field).toHaveValue('second words');
    await expect(send).toBeDisabled();
    await field.press('Enter');
    letGo();
    await expect(questions(page)).toHaveCount(2);
    await expect(field).toHaveValue('');
    await settled(page);
    await expect(questions(page)).toHaveCount(2);
});

test('who has gone to an incognito conversation is not called back by what they said before', async ({ page, server }) => {
    await open(page, server.url);
    const field = page.getByRole('textbox', { name: 'Message' });
    const letGo = await hold(page, '**/messages');
    await ask(page, 'said and left');
    await page.getByRole('button', { name: 'New incognito conversation' }).click();
    await field.fill('something else');
    letGo();
    await expect(page.getByRole('link', { name: 'said and left' })).toBeVisible();
    await expect(page).toHaveURL(`${server.url}/incognito`);
    await expect(field).toHaveValue('something else');
    await page.keyboard.press('Control+Shift+O');
    await expect(field).toHaveValue('');
});

test('a conversation that is deleted takes its draft along', async ({ page, server }) => {
    await open(page, server.url);
    await ask(page, 'to be deleted');
    await settled(page);
    await page.getByRole('textbox', { name: 'Message' }).fill('half a heron');
    const drafts = () => page.evaluate(() => JSON.stringify(localStorage));
    await expect.poll(drafts).toContain('half a heron');
    await page.getByRole('button', { name: 'More: to be deleted' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(page).toHaveURL(`${server.url}/`);
    await expect.poll(drafts).not.toContain('half a heron');
});

test('what was said is quoted into the message', async ({ page, server }) => {
    await open(page, server.url);
    await ask(page, 'two\nlines');
    await settled(page);
    await questions(page).hover();
    await page.getByRole('button', { name: 'Quote' }).click();
    const field = page.getByRole('textbox', { name: 'Message' });
    await expect(field).toHaveValue('> two\n> lines\n\n');
    await expect(field).toBeFocused();
    await field.clear();
});

test('an answer that breaks says so and is tried again', async ({ page, server }) => {
    await open(page, server.url);
    await ask(page, 'it breaks');
    const notice = answers(page).getByRole('alert');
    await expect(notice).toContainText('There is no answer.');
    await notice.getByRole('button', { name: 'Try again' }).click();
    await expect(answers(page).getByRole('group', { name: 'Version 2 of 2' })).toBeVisible();
});

test('two tabs agree', async ({ page, server, context }) => {
    await open(page, server.url);
    await ask(page, 'Say it slowly.');
    await expect(answers(page)).toContainText('One word');
    const other = await context.newPage();
    await other.goto(page.url());
    await expect(answers(other)).toContainText('One word');
    await settled(page);
    await settled(other);
    expect(await answers(other).locator('.prose').innerText()).toBe(await answers(page).locator('.prose').innerText());

    await ask(other, 'said in the other one');
    await expect(questions(page)).toHaveCount(2);
    await settled(page);
    await expect(answers(page).last()).toContainText('You said: said in the other one');
});

test('more conversations than a page are listed when they are wanted', async ({ page, server }) => {
    for (let number = 0; number < 65; number++) {
        await page.request.post(`${server.url}/api/conversations`, {
            data: { title: `number ${number}`, archived: true },
        });
    }
    await open(page, server.url);
    await page.getByRole('checkbox', { name: 'Archived' }).check();
    const first = page.getByRole('link', { name: 'number 0', exact: true });
    await expect(page.getByRole('link', { name: 'number 64' })).toBeVisible();
    await expect(first).toHaveCount(0);
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect(first).toHaveCount(1);
});

test('conversations are found, named, pinned, put away and deleted', async ({ page, server }) => {
    await open(page, server.url);
    await ask(page, 'the zebra question');
    await settled(page);
    const library = page.getByRole('navigation', { name: 'Conversations' });
    const menu = async (title: string, item: string) => {
        await library.getByRole('button', { name: `More: ${title}` }).click();
        await page.getByRole('menuitem', { name: item }).click();
    };

    await menu('the zebra question', 'Rename');
    await page.getByRole('textbox', { name: 'Its name' }).fill('Stripes');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(library.getByRole('link', { name: 'Stripes' })).toBeVisible();
    await expect(page).toHaveTitle('Stripes · Polymnia');

    await menu('Stripes', 'Pin');
    await expect(library.getByRole('region', { name: 'Pinned' }).getByRole('link', { name: 'Stripes' })).toBeVisible();

    await library.getByRole('searchbox').fill('zebra');
    await library.getByRole('link', { name: /Stripes.*zebra/ }).first().click();
    await expect(questions(page)).toContainText('the zebra question');
    await library.getByRole('searchbox').fill('');

    await menu('Stripes', 'Archive');
    await expect(library.getByRole('link', { name: 'Stripes' })).toHaveCount(0);
    await library.getByRole('checkbox', { name: 'Archived' }).check();
    await menu('Stripes', 'Delete');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(library.getByRole('link', { name: 'Stripes' })).toHaveCount(0);
    await expect(page).toHaveURL(`${server.url}/`);
});
