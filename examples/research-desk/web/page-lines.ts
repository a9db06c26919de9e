/** A fetched text by lines, for citations. HTML tags are removed; each line keeps its number. */
export function pageLines({
  contentType,
  text,
}: {
  readonly contentType: string;
  readonly text: string;
}): string[] {
  const plain = /\bhtml\b/i.test(contentType) ? withoutTags(text) : text;
  return plain.split(/\r\n|\n|\r/);
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  '#39': "'",
};

function withoutTags(html: string): string {
  const breaks = (text: string): string => '\n'.repeat(text.split('\n').length - 1);
  return html
    .replace(/<!--[\s\S]*?-->/g, breaks)
    .replace(/<(script|style|template|noscript)\b[\s\S]*?<\/\1\s*>/gi, breaks)
    .replace(/<h([1-6])\b[^>]*>/gi, (tag, level: string) => `${breaks(tag)}${'#'.repeat(Number(level))} `)
    .replace(/<li\b[^>]*>/gi, (tag) => `${breaks(tag)}- `)
    .replace(/<[a-z/!][^<>]*>/gi, (tag) => (tag.includes('\n') ? breaks(tag) : ''))
    .replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name: string) => ENTITIES[name] ?? '');
}
