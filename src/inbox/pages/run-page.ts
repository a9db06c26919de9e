/** A run's story: where it stands, who handed what to whom, what happened, how it ended. */
import type { Story } from '../../schemas/documents/story.js';
import { html } from 'hono/html';
import { unservedText } from '../../client/runs/unserved.js';
import { requestPath } from '../../contracts/requests/inbox-address.js';
import { costInWords } from '../../contracts/definitions/price.js';
import { factRow } from './fact-row.js';
import { page, type Frame, type Html } from './layout.js';
import { moment } from './moment.js';
import { picture } from './picture.js';
import { plainText, visibleJson } from './shown.js';
import { timelineList } from './timeline.js';

const STATES: Readonly<Record<Story['state'], readonly [tone: string, text: string]>> = {
  running: ['plain', 'running'],
  waiting: ['wait', 'waits for a person'],
  completed: ['good', 'completed'],
  failed: ['bad', 'failed'],
};

export function runPage(story: Story, webUi: string | undefined, frame: Omit<Frame, 'title'>): Html {
  const { workflowId, workflow, state, pending, timeline, owner } = story;
  const path = `/run?id=${encodeURIComponent(workflowId)}`;
  const live = story.endedAt === undefined ? { live: `/events?run=${encodeURIComponent(workflowId)}` } : {};
  const [tone, text] = STATES[state];
  return page(
    { ...frame, title: `${workflow} ${workflowId}`, ...live },
    html`<div data-refresh="${path}">
      <p class="crumbs"><a href="/" data-up>Waiting</a> / <code>${workflowId}</code></p>
      <h1>${workflow} <span class="badge ${tone}">${text}</span></h1>
      ${facts(story, webUi)} ${difficulty(story)}
      ${
        pending.length === 0
          ? ''
          : html`<ol class="requests">
              ${pending.map(
                (request) =>
                  html`<li>
                    <a class="request" href="${requestPath(request.id)}"
                      ><span class="question">${plainText(request.question)}</span></a
                    >
                  </li>`,
              )}
            </ol>`
      }
      <section aria-labelledby="picture-title">
        <h2 id="picture-title">Who handed what to whom</h2>
        ${picture(timeline, owner)}
      </section>
      <section aria-labelledby="story-title">
        <h2 id="story-title">What happened</h2>
        ${timelineList(timeline)}
      </section>
      ${outcome(story)}
    </div>`,
  );
}

function facts(story: Story, webUi: string | undefined): Html {
  const { owner, team, startedAt, endedAt, counts, costs = [], models, source, active } = story;
  const work = [
    `${counts.modelCalls} model calls`,
    `${counts.toolCalls} tool calls`,
    `${counts.handoffs} handoffs`,
    ...costs.map((cost) => costInWords(cost)),
  ].join(', ');
  const doing = active.map((step) => `${plainText(step.agent)}: ${plainText(step.doing)}`).join('; ');
  return html`<dl class="facts">
    ${factRow('Responsible', html`<strong>${plainText(owner)}</strong>${team === undefined ? '' : `, team ${team}`}`)}
    ${factRow('Begun', html`${moment(startedAt)}${endedAt === undefined ? '' : html`, ended ${moment(endedAt)}`}`)}
    ${factRow('At work', doing === '' ? undefined : doing)} ${factRow('Work', work)}
    ${factRow('Models', models.join(', ') || 'none yet')}
    ${factRow('Source', source === 'history' ? 'read from the history: no worker answers' : undefined)}
    ${factRow('Temporal', webUi === undefined ? undefined : html`<a href="${webUi}" rel="noreferrer">the run in the Web UI</a>`)}
  </dl>`;
}

function difficulty({ held, unserved = [] }: Story): Html {
  const alone = unserved.map((each) => html`<p class="notice wait">${plainText(unservedText(each))}</p>`);
  if (held === undefined) return html`${alone}`;
  return html`<p class="notice bad">
    <strong>${held.code}</strong>: the run is held, attempt ${held.attempt}: ${plainText(held.message)}
  </p>`;
}

function outcome({ result, failure }: Story): Html {
  if (failure)
    return html`<section>
      <h2>How it ended</h2>
      <p class="notice bad">
        ${plainText(failure.message)} ${failure.code ? html`<code>${failure.code}</code>` : ''}
      </p>
    </section>`;
  if (result === undefined) return html``;
  return html`<section>
    <h2>Result</h2>
    <div class="prose code">${typeof result === 'string' ? plainText(result) : visibleJson(result)}</div>
  </section>`;
}
