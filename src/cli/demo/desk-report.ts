/** What the research desk has found, for a terminal and as a document. */
import { z } from 'zod';
import type { Story } from '../../client/story.js';
import type { DocumentOf } from '../../schemas/catalog.js';
import { DemoDelivery } from '../../schemas/documents/demo.js';
import { markdownLines } from '../markdown.js';
import type { Screen } from '../screen.js';
import { hang, wrap } from '../text-width.js';
import { plural } from '../plural.js';
import { printable } from '../printable.js';

const DeskResult = z.looseObject({
  question: z.string(),
  plan: z.unknown(),
  answer: z.string(),
  citations: z.array(
    z.object({ file: z.string(), startLine: z.number(), endLine: z.number(), text: z.string() }),
  ),
  missing: z.array(z.string()),
  delivery: DemoDelivery.nullable(),
  rejected: z.object({ by: z.string(), reason: z.string() }).optional(),
  undelivered: z.string().optional(),
});
type DeskResult = z.infer<typeof DeskResult>;

/** The one document of `demo --json`. */
export function deskDocument(
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
    missing: result?.missing ?? [],
    plan: result?.plan ?? null,
    delivery: result?.delivery ?? null,
    ...(result?.rejected ? { rejected: result.rejected } : {}),
    ...(result?.undelivered === undefined ? {} : { undelivered: result.undelivered }),
    handoffs: counts.handoffs,
    modelCalls: counts.modelCalls,
    webUi: webUi ?? null,
  };
}

/** The answer with its citations, and what became of the mail. */
export function reportLines(story: Story, screen: Screen): string[] {
  const result = printable(DeskResult.safeParse(story.result).data);
  if (!result) return [JSON.stringify(story.result, null, 2)];
  const { palette } = screen;
  const width = Math.min(screen.width, 100);
  return [
    '',
    ...(screen.printsToTerminal
      ? markdownLines(result.answer, { width, palette })
      : result.answer.split('\n')),
    '',
    ...(result.citations.length > 0
      ? [
          palette.strong('Sources'),
          ...result.citations.flatMap((source) => citationLines(source, width, screen)),
        ]
      : []),
    '',
    deliveryLine(result, screen),
    palette.quiet(
      `  ${plural(story.counts.modelCalls, 'model call')}, ${plural(story.counts.toolCalls, 'tool call')}, ${plural(story.counts.handoffs, 'handoff')}`,
    ),
  ];
}

function citationLines(
  { file, startLine, endLine, text }: DeskResult['citations'][number],
  width: number,
  { palette }: Screen,
): string[] {
  const excerpt = text.replace(/\s+/g, ' ').trim();
  const lines = wrap(excerpt, width - 4);
  const shown = lines.length > 2 ? [lines[0] ?? '', `${lines[1] ?? ''} …`] : lines;
  return [
    `  ${palette.name(`${file}:${startLine}-${endLine}`)}`,
    ...hang(shown, '    ', '    ').map(palette.quiet),
  ];
}

function deliveryLine({ delivery, rejected, undelivered }: DeskResult, { palette }: Screen): string {
  if (rejected)
    return `${palette.wait('✗')} Nothing was sent: ${rejected.by} rejected it: ${rejected.reason}`;
  if (!delivery) return `${palette.wait('✗')} ${undelivered ?? 'Nothing was sent.'}`;
  const good = palette.good('✓');
  switch (delivery.kind) {
    case 'file':
      return `${good} The mail is a file: ${palette.strong(delivery.path)}`;
    case 'smtp':
      return `${good} The mail to ${palette.strong(delivery.to)} was taken on by ${delivery.server}: ${delivery.response}`;
    case 'confirmed':
      return `${good} The mail was sent, as ${delivery.by} confirmed.`;
  }
}
