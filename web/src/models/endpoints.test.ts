import { expect, test } from 'vitest';
import { de } from '../words/de.ts';
import { en } from '../words/en.ts';
import { asBody, choices, told, type Heard } from './endpoints.ts';

const heard: Heard = {
    models: ['far', 'farther'],
    model: 'far',
    words: 'Hello!',
    context_length: 32_768,
    milliseconds: 812,
};

test('what is left open is not sent', () => {
    expect(asBody({ url: 'http://a', key: '', model: '' })).toEqual({ url: 'http://a' });
    expect(asBody({ url: 'http://a', key: 'k', model: 'm' })).toEqual({ url: 'http://a', key: 'k', model: 'm' });
});

test('a test is told in a line', () => {
    expect(told(heard, en)).toBe('far answered “Hello!” after 0.8 s; context 32,768 tokens');
    expect(told(heard, de)).toBe('far hat nach 0,8 s geantwortet: „Hello!“; Kontext 32.768 Tokens');
    expect(told({ ...heard, words: '' }, en)).toBe('far answered without a word after 0.8 s; context 32,768 tokens');
});

test('where several models are, one is to be chosen', () => {
    const several = { ...heard, model: '', words: '', context_length: 0, milliseconds: 0 };
    expect(told(several, en)).toBe('It answers, and has 2 models. Choose one of them.');
});

test('what was typed can be chosen, and nothing twice', () => {
    expect(choices(['far', 'farther', 'far'], '')).toEqual(['far', 'farther']);
    expect(choices(['far', 'farther'], 'far:latest')).toEqual(['far:latest', 'far', 'farther']);
    expect(choices(['far', 'farther'], 'farther')).toEqual(['far', 'farther']);
});
