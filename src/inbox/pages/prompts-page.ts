/** The prompts of a run: the calls of models, and of one of them everything that was sent and answered. */
import { html } from 'hono/html';
import { describeSection, sumSections } from '../../client/text/prompt-text.js';
import type { ModelCall, Prompt } from '../../contracts/wire/prompts.js';
import type { RunPrompts } from '../../schemas/documents/prompts.js';
import { renderPage, type Frame, type Html } from './layout.js';
import { renderMoment } from './moment.js';
import { toPlainText } from './shown.js';

export function buildPromptsPath(workflowId: string, step?: string): string {
  const named = step === undefined ? '' : `&step=${encodeURIComponent(step)}`;
  return `/prompts?run=${encodeURIComponent(workflowId)}${named}`;
}

export function renderPromptsPage(told: RunPrompts, frame: Omit<Frame, 'title'>): Html {
  const { workflowId, calls, prompt } = told;
  const run = `/run?id=${encodeURIComponent(workflowId)}`;
  return renderPage(
    { ...frame, title: `Prompts of ${workflowId}` },
    html`<p class="crumbs"><a href="/">Waiting</a> / <a href="${run}" data-up>${workflowId}</a> / Prompts</p>
      <h1>What the models were sent</h1>
      ${prompt === undefined ? '' : renderPrompt(prompt)}
      <section>
        <h2>Model calls</h2>
        ${renderCalls(told.workflowId, calls)}
      </section>`,
  );
}

function renderCalls(workflowId: string, calls: readonly ModelCall[]): Html {
  return html`<ol>
    ${calls.map(
      ({ number, step, agent, model, at, inputTokens, outputTokens }) =>
        html`<li>
          <a href="${buildPromptsPath(workflowId, String(number))}">${toPlainText(agent)}</a>
          <code>${toPlainText(step)}</code>, ${toPlainText(model)}, ${renderMoment(at)}: ${inputTokens} tokens
          sent, ${outputTokens} answered
        </li>`,
    )}
  </ol>`;
}

function renderPrompt({ agent, step, sections, tokens, countedBy, answer }: Prompt): Html {
  return html`<section aria-labelledby="prompt-title">
    <h2 id="prompt-title">${toPlainText(agent)} <code>${toPlainText(step)}</code></h2>
    <ul>
      ${sumSections(sections).map(
        ({ section, count, tokens: size }) =>
          html`<li>${describeSection(section)}${count === 1 ? '' : ` × ${count}`}: ${size} tokens</li>`,
      )}
      <li><strong>${tokens} tokens in all</strong>, counted by ${countedBy}</li>
    </ul>
    ${sections.map(
      ({ section, tokens: size, text }) =>
        html`<details open>
          <summary>${describeSection(section)}, ${size} tokens</summary>
          <div class="prose code">${toPlainText(text)}</div>
        </details>`,
    )}
    <h3>Answer</h3>
    <div class="prose code">${toPlainText(answer)}</div>
  </section>`;
}
