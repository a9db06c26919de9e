/**
 * Renders Markdown line by line. Every character of the source stays in the page, marks included, so that the script reads
 * back exactly the text that the digest covers. Nothing becomes markup of the page, and nothing is loaded.
 */
import { html } from 'hono/html';
import type { Html } from './layout.js';

/** The text content of the result is the text itself. */
export function renderMarkdown(text: string): Html {
  const lines = text.split('\n');
  let inCode = false;
  const rendered = lines.map((line, at) => {
    const end = at === lines.length - 1 ? '' : '\n';
    const [, quotes = '', content = ''] = /^((?:> ?)*)(.*)$/s.exec(line) ?? [];
    const [, fence = '', behind = ''] = /^(\s*(?:`{3,}|~{3,}))(.*)$/s.exec(content) ?? [];
    const code = inCode || fence !== '';
    if (fence !== '') inCode = !inCode;
    const kind = `line${quotes === '' ? '' : ' quote'}${code ? ' code' : ''}`;
    // The words behind a fence stay visible: they are part of what is signed.
    const body = fence !== '' ? html`${hide(fence)}${behind}` : code ? content : renderBlock(content);
    return html`<span class="${kind}">${quotes === '' ? '' : hide(quotes)}${body}${end}</span>`;
  });
  return html`<span class="md" data-shown="text">${rendered}</span>`;
}

/** Marks stay in the text; the eye sees their effect instead. Only marks may be hidden, never a word. */
function hide(mark: string): Html {
  return html`<span class="unseen" aria-hidden="true">${mark}</span>`;
}

function renderBlock(line: string): Html {
  const [, heading, title = ''] = /^(#{1,6} +)(.*)$/.exec(line) ?? [];
  if (heading !== undefined)
    return html`${hide(heading)}<strong class="title">${renderInline(title)}</strong>`;
  const [, indent = '', bullet, item = ''] = /^(\s*)([-*+] +)(.*)$/.exec(line) ?? [];
  if (bullet !== undefined)
    return html`${indent}<span class="bullet" aria-hidden="true">${bullet}</span>${renderInline(item)}`;
  if (/^\s*\|/.test(line)) return html`<code>${line}</code>`;
  return html`${renderInline(line)}`;
}

/** Strong text, code, and addresses. Only these schemes become links, and a link shows its whole address. */
const INLINE =
  /\*\*([^*]+)\*\*|`([^`]+)`|((?:https?:\/\/|mailto:)[^\s<>()[\]"'`*|\\]*[^\s<>()[\]"'`*|\\.,;:!?])/g;

function renderInline(text: string): (Html | string)[] {
  let from = 0;
  const parts = [...text.matchAll(INLINE)].flatMap(({ index, 0: all, 1: strong, 2: code, 3: address }) => {
    const before = text.slice(from, index);
    from = index + all.length;
    if (strong !== undefined) return [before, html`${hide('**')}<strong>${strong}</strong>${hide('**')}`];
    if (code !== undefined) return [before, html`${hide('`')}<code>${code}</code>${hide('`')}`];
    return [before, html`<a href="${address}" rel="noreferrer noopener">${address}</a>`];
  });
  return [...parts, text.slice(from)];
}
