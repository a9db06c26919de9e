/** A run's story: its status, handoffs, events, and outcome. */
import type { Story } from '../../schemas/documents/story.js';
import { html } from 'hono/html';
import { nameState, findState } from '../../client/text/run-state.js';
import { describeHealth } from '../../client/text/health-text.js';
import { buildRequestPath } from '../../contracts/requests/request-id.js';
import { formatCost } from '../../contracts/definitions/price.js';
import { renderFactRow, renderPage, type Frame, type Html } from './layout.js';
import { renderMoment } from './moment.js';
import { renderPicture } from './picture.js';
import { toVisibleJson } from '../../client/text/exact-text.js';
import { renderMarkdownText, toPlainText } from './shown.js';
import { renderStory } from './timeline.js';

/** Further pages about the run, where they are known. */
interface Links {
  readonly webUi: string | undefined;
  readonly prompts: string | undefined;
}

export function renderRunPage(story: Story, { webUi, prompts }: Links, frame: Omit<Frame, 'title'>): Html {
  const { workflowId, workflow, pending, timeline, owner } = story;
  const path = `/run?id=${encodeURIComponent(workflowId)}`;
  const live = story.endedAt === undefined ? { live: `/events?run=${encodeURIComponent(workflowId)}` } : {};
  const { tone, word } = nameState(findState(story));
  return renderPage(
    { ...frame, title: `${workflow} ${workflowId}`, ...live },
    html`<div data-refresh="${path}">
      <p class="crumbs"><a href="/" data-up>Waiting</a> / <code>${workflowId}</code></p>
      <h1>${workflow} <span class="badge ${tone}">${word}</span></h1>
      ${renderFacts(story, webUi)} ${renderDifficulties(story)}
      ${
        pending.length === 0
          ? ''
          : html`<ol class="requests">
              ${pending.map(
                (request) =>
                  html`<li>
                    <a class="request" href="${buildRequestPath(request.id)}"
                      ><span class="question">${toPlainText(request.title ?? request.question)}</span></a
                    >
                  </li>`,
              )}
            </ol>`
      }
      <section aria-labelledby="picture-title">
        <h2 id="picture-title">Handoffs</h2>
        ${renderPicture(timeline, owner)}
      </section>
      <section aria-labelledby="story-title">
        <h2 id="story-title">What happened</h2>
        ${prompts === undefined ? '' : html`<p><a href="${prompts}">What the models were sent, and answered</a></p>`}
        ${renderStory(timeline)}
      </section>
      ${renderOutcome(story)}
    </div>`,
  );
}

function renderFacts(story: Story, webUi: string | undefined): Html {
  const { owner, team, startedAt, endedAt, counts, costs = [], models, source, active } = story;
  const work = [
    `${counts.modelCalls} model calls`,
    `${counts.toolCalls} tool calls`,
    `${counts.handoffs} handoffs`,
    ...costs.map((cost) => formatCost(cost)),
  ].join(', ');
  const doing = active.map((step) => `${toPlainText(step.agent)}: ${toPlainText(step.doing)}`).join('; ');
  return html`<dl class="facts">
    ${renderFactRow('Responsible', html`<strong>${toPlainText(owner)}</strong>${team === undefined ? '' : `, team ${team}`}`)}
    ${renderFactRow('Begun', html`${renderMoment(startedAt)}${endedAt === undefined ? '' : html`, ended ${renderMoment(endedAt)}`}`)}
    ${renderFactRow('At work', doing === '' ? undefined : doing)} ${renderFactRow('Work', work)}
    ${renderFactRow('Models', models.join(', ') || 'none yet')}
    ${renderFactRow('Source', source === 'history' ? 'reconstructed from the history: no worker responded' : undefined)}
    ${renderFactRow('Temporal', webUi === undefined ? undefined : html`<a href="${webUi}" rel="noreferrer">the run in the Web UI</a>`)}
  </dl>`;
}

function renderDifficulties(story: Story): Html {
  const tone = story.held ? 'bad' : 'wait';
  return html`${describeHealth(story, story.source).map((text) => html`<p class="notice ${tone}">${toPlainText(text)}</p>`)}`;
}

function renderOutcome({ result, failure }: Story): Html {
  if (failure)
    return html`<section>
      <h2>How it ended</h2>
      <p class="notice bad">
        ${toPlainText(failure.message)} ${failure.code ? html`<code>${failure.code}</code>` : ''}
      </p>
    </section>`;
  if (result === undefined) return html``;
  return html`<section>
    <h2>Result</h2>
    ${
      typeof result === 'string'
        ? html`<div class="prose">${renderMarkdownText(result)}</div>`
        : html`<div class="prose code">${toVisibleJson(result)}</div>`
    }
  </section>`;
}
