/** The findings of the research desk, for a terminal and as a document. */
import { defined } from '../../contracts/data/defined.js';
import type { Story } from '../../schemas/documents/story.js';
import { z } from 'zod';
import type { DocumentOf } from '../../schemas/catalog.js';
import { DemoDocument } from '../../schemas/documents/demo.js';
import { formatMarkdown } from '../terminal/markdown.js';
import type { LineStyle } from '../terminal/palette.js';
import type { Screen } from '../terminal/screen.js';
import { hang, wrap, wrapUnder } from '../terminal/text-width.js';
import { pluralize } from '../../client/text/plural.js';
import { escapeText } from '../terminal/escape-text.js';

const { plan, citations, counts, missing, review, delivery, rejected, undelivered } = DemoDocument.shape;
/** The result of the desk's runs, as far as it is shown. Runs of an older desk have fewer fields. */
const DeskResult = z.looseObject({
  question: z.string(),
  answer: z.string(),
  plan: plan.catch(null),
  citations,
  counts: counts.default([]),
  missing,
  review: review.default(null),
  delivery,
  rejected,
  undelivered,
});
type DeskResult = z.infer<typeof DeskResult>;

/** The one document of `demo --json`. */
export function toDemoDocument(
  story: Story,
  models: readonly string[],
  webUi: string | undefined,
): DocumentOf<'demo'> {
  const result = DeskResult.safeParse(story.result).data;
  const { workflowId, runId, counts, failure } = story;
  return {
    workflowId,
    runId,
    status: story.state,
    models: (story.models.length > 0 ? story.models : models).join(', '),
    ...(failure
      ? { error: { code: failure.code ?? 'UNEXPECTED', message: failure.message, facts: { workflowId } } }
      : {}),
    ...(story.pending.length > 0 ? { pending: story.pending } : {}),
    answer: result?.answer ?? null,
    citations: result?.citations ?? [],
    counts: result?.counts ?? [],
    missing: result?.missing ?? [],
    review: result?.review ?? null,
    plan: result?.plan ?? null,
    delivery: result?.delivery ?? null,
    ...defined({ rejected: result?.rejected, undelivered: result?.undelivered }),
    handoffs: counts.handoffs,
    modelCalls: counts.modelCalls,
    webUi: webUi ?? null,
  };
}

/** The answer with its citations, and the outcome of the mail. */
export function formatReport(story: Story, screen: Screen): string[] {
  const result = escapeText(DeskResult.safeParse(story.result).data);
  if (!result) return [JSON.stringify(story.result, null, 2)];
  const { palette } = screen;
  const style = { palette, width: Math.min(screen.width, 100) };
  return [
    '',
    ...(screen.printsToTerminal ? formatMarkdown(result.answer, style) : result.answer.split('\n')),
    '',
    ...formatSources(result, style),
    '',
    formatDelivery(result, screen),
    palette.quiet(
      `  ${pluralize(story.counts.modelCalls, 'model call')}, ${pluralize(story.counts.toolCalls, 'tool call')}, ${pluralize(story.counts.handoffs, 'handoff')}`,
    ),
  ];
}

function formatSources({ citations, counts, review }: DeskResult, style: LineStyle): string[] {
  if (citations.length + counts.length === 0) return [];
  return [
    style.palette.strong('Sources'),
    ...counts.flatMap((count) => formatCounts(count, style)),
    ...citations.flatMap((source) => formatCitation(source, style)),
    ...(review ? formatReview(review, style) : []),
  ];
}

function formatCounts(
  { id, says, files, packages }: DeskResult['counts'][number],
  { width, palette }: LineStyle,
): string[] {
  const over = `over ${pluralize(files, 'file')} of ${pluralize(packages, 'package')}, run twice`;
  return [
    `  ${palette.name(`count:${id}`)}`,
    ...wrapUnder('    ', `${says}, ${over}`, width).map(palette.quiet),
  ];
}

function formatReview(
  { checked, sentBack, withdrawn }: NonNullable<DeskResult['review']>,
  { width, palette }: LineStyle,
): string[] {
  const passed = `${pluralize(checked, 'statement')} read against what ${checked === 1 ? 'it cites' : 'they cite'}`;
  const back = sentBack.length > 0 ? `, ${sentBack.length} sent back to the writer` : '';
  return [
    '',
    `${palette.good('✓')} Review: ${passed}${back}`,
    ...withdrawn.flatMap((line) => wrapUnder(`  ${palette.wait('✗')} `, line, width)),
  ];
}

function formatCitation(
  { file, startLine, endLine, text }: DeskResult['citations'][number],
  { width, palette }: LineStyle,
): string[] {
  const excerpt = stripMarkup(text);
  const lines = wrap(excerpt, width - 4);
  const shown = lines.length > 2 ? [lines[0] ?? '', `${lines[1] ?? ''} …`] : lines;
  return [
    `  ${palette.name(`${file}:${startLine}-${endLine}`)}`,
    ...hang(shown, '    ', '    ').map(palette.quiet),
  ];
}

/** Reduces a comment to its text: no comment marks, and links as their words. */
function stripMarkup(text: string): string {
  return text
    .replace(/^[ \t]*(?:\/\*+|\*+\/?)/gm, '')
    .replace(/\[([^\]\n]+)\]\(\S+?\)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

function formatDelivery({ delivery, rejected, undelivered }: DeskResult, { palette }: Screen): string {
  if (rejected)
    return `${palette.wait('✗')} Nothing was sent: ${rejected.by} rejected it: ${rejected.reason}`;
  if (!delivery) return `${palette.wait('✗')} ${undelivered ?? 'Nothing was sent.'}`;
  const good = palette.good('✓');
  switch (delivery.kind) {
    case 'file':
      return `${good} The mail is a file: ${palette.strong(delivery.path)}`;
    case 'smtp':
      return `${good} The mail to ${palette.strong(delivery.to)} was accepted by ${delivery.server}: ${delivery.response}`;
    case 'confirmed':
      return `${good} The mail was sent, as ${delivery.by} confirmed.`;
  }
}
