/** Renders Markdown for a terminal: headings and strong words are emphasized, code keeps its lines, text is wrapped. */
import type { LineStyle, Palette } from './palette.js';
import { truncate, wrapUnder } from './text-width.js';

export function formatMarkdown(markdown: string, { width, palette }: LineStyle): string[] {
  let inCode = false;
  return markdown.split('\n').flatMap((line) => {
    const words = /^\s*(?:`{3,}|~{3,})(.*)$/.exec(line)?.[1];
    if (words !== undefined) {
      inCode = !inCode;
      // Only the name of a language may be left out.
      return /^[\w+#-]*\s*$/.test(words) ? [] : [palette.name(truncate(`    ${words}`, width))];
    }
    if (inCode) return [palette.name(truncate(`    ${line}`, width))];
    const heading = /^#{1,6} +(.*)$/.exec(line);
    if (heading) return [palette.strong(heading[1] ?? '')];
    const item = /^(\s*(?:[-*+]|\d+[.)]) +)(.*)$/.exec(line);
    const [lead, text] = item ? [(item[1] ?? '').replace(/[*+-]/, '•'), item[2] ?? ''] : ['', line];
    return wrapUnder(lead, text, width).map((part) => formatInline(part, palette));
  });
}

function formatInline(text: string, palette: Palette): string {
  return text
    .replace(/\*\*([^*]+)\*\*/g, (_, strong: string) => palette.strong(strong))
    .replace(/`([^`]+)`/g, (_, code: string) => palette.name(code))
    .replace(/\[(?:count:[\w-]+|[^\]\s]+:\d+(?:-\d+)?)\]/g, (mark) => palette.quiet(mark));
}
