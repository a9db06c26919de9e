import { expect, test } from 'vitest';
import { renderMarkdown } from './markdown.js';

const render = async (text: string): Promise<string> => String(await renderMarkdown(text));

/** The text content of the markup, as a browser reads it. */
const readText = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');

const SOURCE = `# Roof

Handed off by **roof** to \`chief\`, see [the lake](https://example.com/a?b=1&c=2).

> ## Quoted
> - red
>   * green

1. one
\`\`\`sh
**not strong** <b>
\`\`\`
| a | b |
end.`;

test('markdown: the text content is the source, character for character', async () => {
  expect(readText(await render(SOURCE))).toBe(SOURCE);
});

test('markdown: headings, strong words, code, lists and quotes are seen as such', async () => {
  const markup = await render(SOURCE);
  expect(markup).toContain('<strong class="title">Roof</strong>');
  expect(markup).toContain('<strong>roof</strong>');
  expect(markup).toContain('<code>chief</code>');
  expect(markup).toMatch(/<span class="line quote">.*<strong class="title">Quoted<\/strong>/);
  expect(markup).toMatch(/<span class="bullet" aria-hidden="true">- <\/span>red/);
  expect(markup).toContain('<span class="line code">**not strong** &lt;b&gt;');
});

test('markdown: a link shows its whole address, and only web and mail addresses are links', async () => {
  const hrefs = async (text: string): Promise<string[]> =>
    [...(await render(text)).matchAll(/<a href="([^"]*)" rel="noreferrer noopener">([^<]*)<\/a>/g)].map(
      ([, href, shown]) => `${href} ${shown}`,
    );
  expect(await hrefs(SOURCE)).toEqual([
    'https://example.com/a?b=1&amp;c=2 https://example.com/a?b=1&amp;c=2',
  ]);
  expect(await hrefs('write to mailto:ada@example.com.')).toEqual([
    'mailto:ada@example.com mailto:ada@example.com',
  ]);
  expect(await hrefs('[x](javascript:alert(1)) data:text/html,x //example.com ftp://x.y')).toEqual([]);
});

test('markdown: hostile text stays text, and no image is loaded', async () => {
  const hostile = `![x](https://example.com/"onerror="x.png) <img src=x onerror=1><script>1</script>\n**<b id=x>** \`</code><i>\``;
  const markup = await render(hostile);
  expect(markup).not.toMatch(/<(img|script|b|i)\b/);
  expect(markup.match(/<a [^>]*>/g)).toEqual(['<a href="https://example.com/" rel="noreferrer noopener">']);
  expect(readText(markup)).toBe(hostile);
});

/** Texts that put words where a mark is expected: each combination of marks around and before them. */
const MARKS = ['', '```', '~~~~', '> ', '>> ```', '# ', '- ', '  * ', '**', '`', '| ', '\t```', '> # '];
const HOSTILE = MARKS.flatMap((first) =>
  MARKS.flatMap((second) => [
    `${first}${second}pay 50${first} EUR${second}`,
    `a\n${first}pay\n${second}50 EUR`,
  ]),
);

test('markdown: only marks are hidden, never words, when a hostile text mixes them', async () => {
  for (const text of HOSTILE) {
    const markup = await render(text);
    const hidden = [...markup.matchAll(/<span class="(?:unseen|bullet)"[^>]*>(.*?)<\/span>/gs)];
    const words = hidden
      .map(([, mark = '']) => readText(mark))
      .filter((mark) => !/^[`~>#*+\s-]*$/.test(mark));
    expect({ text, words }).toEqual({ text, words: [] });
    expect(readText(markup)).toBe(text);
  }
});
