/** A model call as a page: the size of each part of the request, then the texts and the answer. */
import type { ModelCall, Prompt, PromptSection } from '../../contracts/wire/prompts.js';
import type { RunPrompts } from '../../schemas/documents/prompts.js';
import { formatClock } from '../../client/text/time.js';
import { describeSection, sumSections } from '../../client/text/prompt-text.js';
import { escapeText } from '../terminal/escape-text.js';
import type { LineStyle } from '../terminal/palette.js';
import { formatTable } from '../terminal/table.js';
import { wrap } from '../terminal/text-width.js';

export function renderPromptPage(told: RunPrompts, style: LineStyle): string[] {
  const { calls, prompt } = escapeText(told);
  return prompt === undefined ? renderCalls(calls, style) : renderPrompt(prompt, style);
}

function renderCalls(calls: readonly ModelCall[], style: LineStyle): string[] {
  const columns = [
    { title: '#' },
    { title: 'STEP', flexible: true },
    { title: 'AGENT' },
    { title: 'MODEL', optional: 1 },
    { title: 'AT', optional: 2 },
    { title: 'SENT' },
    { title: 'ANSWERED' },
  ];
  const rows = calls.map(({ number, step, agent, model, at, inputTokens, outputTokens }) => [
    String(number),
    step,
    agent,
    model,
    formatClock(at),
    String(inputTokens),
    String(outputTokens),
  ]);
  return formatTable(columns, rows, style);
}

function renderPrompt(prompt: Prompt, style: LineStyle): string[] {
  const { step, agent, model, at, tokens, countedBy, inputTokens, outputTokens, sections, answer } = prompt;
  const { palette } = style;
  const rows = sumSections(sections).map(({ section, count, tokens: size }) => [
    `${describeSection(section)}${count === 1 ? '' : ` × ${count}`}`,
    String(size).padStart(6),
  ]);
  return [
    `${palette.strong(agent)}  ${step}  ${palette.quiet(`${model}, ${formatClock(at)}`)}`,
    '',
    ...formatTable([{ title: 'PART', flexible: true }, { title: 'TOKENS' }], rows, style),
    '',
    palette.quiet(
      `${tokens} tokens in all, counted by ${countedBy}; the provider counted ${inputTokens} sent and ${outputTokens} answered`,
    ),
    ...sections.flatMap((each) => renderSection(each, style)),
    '',
    palette.good('── answer'),
    ...renderText(answer, style),
  ];
}

function renderSection({ section, tokens, text }: PromptSection, style: LineStyle): string[] {
  return [
    '',
    style.palette.name(`── ${describeSection(section)}, ${tokens} tokens`),
    ...renderText(text, style),
  ];
}

function renderText(text: string, { width }: LineStyle): string[] {
  return text.split('\n').flatMap((line) => (line === '' ? [''] : wrap(line, width)));
}
