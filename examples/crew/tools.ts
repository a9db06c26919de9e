/** The crew's search tool. CrewAI's example searches the web; this one searches a small library, so it needs no key. */
import { implement, stem, STOP_WORDS, tokenize } from '@batonhq/baton/worker';
import { LIBRARY } from './library.js';
import { search } from './workflows.js';

const stems = (text: string): string[] =>
  tokenize(text)
    .filter((word) => !STOP_WORDS.has(word))
    .map(stem);

const PASSAGES = 5;

export const tools = [
  implement(search, ({ search_query: query }) => {
    const wanted = new Set(stems(query));
    const found = LIBRARY.map((text) => ({
      text,
      hits: stems(text).filter((word) => wanted.has(word)).length,
    }))
      .filter(({ hits }) => hits > 0)
      .toSorted((a, b) => b.hits - a.hits)
      .slice(0, PASSAGES);
    return found.length === 0 ? 'Nothing was found.' : found.map(({ text }) => text).join('\n');
  }),
];
