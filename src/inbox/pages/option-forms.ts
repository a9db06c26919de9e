/** The ways to decide: a form for each option, each of which works without a script. */
import { html } from 'hono/html';
import { requiresReason } from '../../contracts/requests/needs-reason.js';
import { answerFields, editFields } from '../deciding/decision-form.js';
import { formFields } from './form-fields.js';
import type { Html } from './layout.js';
import type { RequestView } from './request-view.js';
import { plainText, visibleJson } from './shown.js';

type Option = RequestView['request']['options'][number];

export function optionForms(view: RequestView): Html {
  const { request, refused } = view;
  if (request.signed && !view.signs) return withoutKey(request.id, view.command);
  const tried = refused?.form.get('option');
  return html`<section class="decide" aria-labelledby="decide-title" data-decide>
    <h2 id="decide-title">Decide</h2>
    <p class="notice bad" data-blocked role="alert" hidden></p>
    ${listOffered(request).map((option, index) =>
      optionForm(view, option, tried === null || tried === undefined ? index === 0 : option.id === tried),
    )}
    ${signalSource(view)}
  </section>`;
}

/** For what a memo names by its id alone. */
const NAMES: Readonly<Record<string, string>> = {
  approve: 'Approve',
  reject: 'Reject',
  abort: 'Abort the run',
  answer: 'Answer',
  accept: 'Take it on',
  decline: 'Decline',
  clarify: 'Ask first',
  'ask-back': 'Ask back',
  retry: 'Try again',
};

/** What is known only in part can be neither edited nor given to somebody whom nobody names here. */
function listOffered({ options, whole }: RequestView['request']): readonly Option[] {
  return whole ? options : options.filter(({ id }) => id !== 'edit' && id !== 'redirect');
}

/** A claim would be refused. */
function withoutKey(id: string, command: string): Html {
  return html`<section class="decide" aria-labelledby="decide-title">
    <h2 id="decide-title">Decide</h2>
    <p class="notice wait">
      <strong>Only a signed decision counts here, and this page has no key.</strong> Start it with one,
      <code>${command} inbox serve --key FILE</code>, or decide <code>${id}</code> where your key is.
    </p>
  </section>`;
}

function optionForm(view: RequestView, option: Option, open: boolean): Html {
  const { id } = option;
  const { request, csrf, refused } = view;
  const label = option.label ?? NAMES[id] ?? id;
  const filled = refused?.form.get('option') === id ? refused.form : undefined;
  const queue = request.whole ? '' : html`<input type="hidden" name="queue" value="yes" />`;
  return html`<details
    class="option ${toneOf(option.means ?? id)}"
    data-option="${id}"
    ${open ? html`open` : ''}
  >
    <summary>
      <strong>${plainText(label)}</strong> <span>${plainText(option.consequence ?? '')}</span>
    </summary>
    <form method="post" action="/decide">
      <input type="hidden" name="csrf" value="${csrf}" />
      <input type="hidden" name="request" value="${request.id}" />
      <input type="hidden" name="option" value="${id}" />
      <input type="hidden" name="digest" value="${request.digest ?? ''}" />
      <input type="hidden" name="revision" value="${request.revision}" />
      ${queue} ${bodyOf(view, id, filled)} ${seenInPart(view, id)}
      <p class="buttons">
        <button class="primary" type="submit" name="act" value="decide">
          ${request.whole ? '' : 'Leave with the server: '}${plainText(label)}
        </button>
        ${id === 'edit' ? html`<button type="submit" name="act" value="compare" data-compare>Show the difference</button>` : ''}
      </p>
    </form>
  </details>`;
}

function toneOf(id: string): string {
  return id === 'approve' || id === 'accept' || id === 'answer' ? 'yes' : requiresReason(id) ? 'no' : 'other';
}

function bodyOf(view: RequestView, id: string, filled: URLSearchParams | undefined): Html {
  const { request, difference } = view;
  switch (id) {
    case 'edit':
      return html`${formFields(editFields(request), request.args, filled)}
        <div class="difference" data-difference aria-live="polite">${difference ?? ''}</div>
        ${reason(id, 'Note', false, filled)}`;
    case 'answer':
      return formFields(answerFields(request), undefined, filled);
    case 'redirect':
      return html`${receivers(request.redirectTo ?? [], filled)}${reason(id, 'Note', false, filled)}`;
    case 'clarify':
    case 'ask-back':
      return html`<label for="${id}-questions">Your questions, one in a line</label>
        <textarea id="${id}-questions" name="questions" rows="3" maxlength="20000" required>
${filled?.get('questions') ?? ''}</textarea>`;
    case 'abort':
      return html`${reason(id, 'Why', true, filled)}
        <label class="check"
          ><input type="checkbox" name="confirm" value="yes" required /> Yes, end the whole run</label
        >`;
    case 'retry':
      return reason(id, 'What is to be done differently', false, filled);
    default:
      return reason(id, requiresReason(id) ? 'Why' : 'Note', requiresReason(id), filled);
  }
}

function reason(id: string, label: string, required: boolean, filled: URLSearchParams | undefined): Html {
  const optional = required ? '' : html` <span class="hint">(may be left out)</span>`;
  return html`<label for="${id}-reason">${label}${optional}</label>
    <textarea id="${id}-reason" name="reason" rows="2" maxlength="4000" ${required ? html`required` : ''}>
${filled?.get('reason') ?? ''}</textarea>`;
}

function receivers(names: readonly string[], filled: URLSearchParams | undefined): Html {
  return html`<label for="redirect-to">Who is to have it</label>
    <select id="redirect-to" name="to" required>
      ${names.map((name) => html`<option value="${name}" ${filled?.get('to') === name ? html`selected` : ''}>${name}</option>`)}
    </select>`;
}

/** Letting something happen that one has seen a part of is to be done knowingly. */
function seenInPart({ binding }: RequestView, id: string): Html {
  if (binding !== 'unchecked' || requiresReason(id)) return html``;
  return html`<label class="check"
    ><input type="checkbox" name="part" value="yes" required /> I have seen a part only, and decide all the
    same</label
  >`;
}

/** For who decides in the Temporal Web UI. */
function signalSource({ request }: RequestView): Html {
  if (request.signed) return html``;
  const signal = {
    request: request.id,
    option: request.options[0]?.id ?? 'approve',
    ...(request.digest === undefined ? {} : { digest: request.digest }),
    by: '…',
  };
  return html`<details class="source">
    <summary>Deciding elsewhere</summary>
    <p>
      In the Temporal Web UI, “Send a Signal” named <code>decide</code> with this input; or
      <code>baton decide</code>.
    </p>
    <pre class="code">${visibleJson(signal)}</pre>
  </details>`;
}
