/** The decision forms: one for each option, and each works without a script. */
import { defined } from '../../contracts/data/defined.js';
import { getOptionWords } from '../../client/text/option-words.js';
import { html } from 'hono/html';
import { getOptionRow } from '../../contracts/requests/decision-options.js';
import { describeConsequence } from '../../client/text/request-text.js';
import { listFields } from '../deciding/json-form.js';
import { renderFormFields } from './form-fields.js';
import type { Html } from './layout.js';
import { renderBinding, type RequestView } from './request-view.js';
import { toVisibleJson } from '../../client/text/exact-text.js';
import { toPlainText } from './shown.js';

type Option = RequestView['request']['options'][number];

export function renderOptionForms(view: RequestView): Html {
  const { request, refused } = view;
  // The run would refuse an unsigned decision.
  if (request.signed && !view.signs)
    return renderBlocked(
      html`<strong>Only a signed decision counts here, and this page has no key.</strong> Start it with one,
        <code>${view.command} inbox serve --key FILE</code>, or decide <code>${request.id}</code> where your
        key is.`,
    );
  // Baton does not sign a request that nobody has seen whole.
  if (request.signed && !request.whole)
    return renderBlocked(
      html`<strong>What is shown only in part is not signed.</strong> Start a worker,
        <code>${view.command} worker</code>: then the whole request is here, and can be decided.`,
    );
  const tried = refused?.form.get('option');
  return html`<section class="decide" aria-labelledby="decide-title" data-decide>
    <h2 id="decide-title">Decide</h2>
    <p class="notice bad" data-blocked role="alert" hidden></p>
    ${listOffered(request).map((option, index) =>
      renderOptionForm(
        view,
        option,
        tried === null || tried === undefined ? index === 0 : option.id === tried,
      ),
    )}
    ${renderSignalSource(view)}
  </section>`;
}

/** A request that is only partly known cannot be edited, and cannot be redirected because its receivers are unknown. */
function listOffered({ options, whole }: RequestView['request']): readonly Option[] {
  if (whole) return options;
  return options.filter(({ id }) => !['args', 'to'].includes(getOptionRow(id).carries ?? ''));
}

function renderBlocked(why: Html): Html {
  return html`<section class="decide" aria-labelledby="decide-title">
    <h2 id="decide-title">Decide</h2>
    <p class="notice wait">${why}</p>
  </section>`;
}

function renderOptionForm(view: RequestView, option: Option, open: boolean): Html {
  const { id } = option;
  const { request, refused } = view;
  const { tone } = getOptionWords(option.means ?? id);
  const { label = id } = option;
  const filled = refused?.form.get('option') === id ? refused.form : undefined;
  return html`<details
    class="option ${tone}"
    data-option="${id}"
    data-keys="${findKeys(id)}"
    ${open ? html`open` : ''}
  >
    <summary>
      <strong>${toPlainText(label)}</strong> <span>${toPlainText(describeConsequence(option))}</span>
    </summary>
    <form method="post" action="/decide">
      ${renderBinding(view, id)} ${renderBody(view, id, filled)} ${renderLeftWithServer(view, id)}
      <p class="buttons">
        <button class="primary" type="submit" name="act" value="decide">
          ${request.whole ? '' : 'Leave with the server: '}${toPlainText(label)}
        </button>
        ${getOptionRow(id).carries === 'args' ? html`<button type="submit" name="act" value="compare" data-compare>Show the difference</button>` : ''}
      </p>
    </form>
  </details>`;
}

/** The keys that open the form: `a` approves, `r` rejects, `e` edits or answers. Every form has the mark `-`. */
function findKeys(id: string): string {
  const { effect, carries } = getOptionRow(id);
  const { tone } = getOptionWords(id);
  const answers = tone === 'yes' ? 'a' : tone === 'no' && effect !== 'end' ? 'r' : '';
  return `-${answers}${carries === 'args' || carries === 'answer' ? 'e' : ''}`;
}

function renderBody(view: RequestView, id: string, filled: URLSearchParams | undefined): Html {
  const { effect, reason: takes } = getOptionRow(id);
  const [label, required] = REASONS[takes ?? 'note'];
  return html`${renderCarried(view, id, filled)}
  ${takes === 'none' ? '' : renderReason(id, label, required, filled)}
  ${
    effect === 'end'
      ? html`<label class="check"
          ><input type="checkbox" name="confirm" value="yes" required /> Yes, end the whole run</label
        >`
      : ''
  }`;
}

const REASONS = {
  why: ['Why', true],
  note: ['Note', false],
  guidance: ['Advice for the next attempt', false],
  none: ['', false],
} as const;

function renderCarried(
  { request, difference }: RequestView,
  id: string,
  filled: URLSearchParams | undefined,
): Html | '' {
  switch (getOptionRow(id).carries) {
    case 'args':
      return html`${renderFormFields(listFields(request.argsSchema, request.args), request.args, filled)}
        <div class="difference" data-difference aria-live="polite">${difference ?? ''}</div>`;
    case 'answer':
      return renderFormFields(listFields(request.answerSchema), undefined, filled);
    case 'to':
      return renderReceivers(request.redirectTo ?? [], filled);
    case 'questions':
      return html`<label for="${id}-questions">Your questions, one in a line</label>
        <textarea id="${id}-questions" name="questions" rows="3" maxlength="20000" required>
${filled?.get('questions') ?? ''}</textarea>`;
    default:
      return '';
  }
}

function renderReason(
  id: string,
  label: string,
  required: boolean,
  filled: URLSearchParams | undefined,
): Html {
  const optional = required ? '' : html` <span class="hint">(may be left out)</span>`;
  return html`<label for="${id}-reason">${label}${optional}</label>
    <textarea id="${id}-reason" name="reason" rows="2" maxlength="4000" ${required ? html`required` : ''}>
${filled?.get('reason') ?? ''}</textarea>`;
}

function renderReceivers(names: readonly string[], filled: URLSearchParams | undefined): Html {
  return html`<label for="redirect-to">Who is to have it</label>
    <select id="redirect-to" name="to" required>
      ${names.map((name) => html`<option value="${name}" ${filled?.get('to') === name ? html`selected` : ''}>${name}</option>`)}
    </select>`;
}

/** Asks for a confirmation before a person approves a request that is only partly shown. */
function renderLeftWithServer({ request, binding }: RequestView, id: string): Html | '' {
  if (request.whole) return '';
  if (binding !== 'unchecked' || getOptionWords(id).tone === 'no')
    return html`<input type="hidden" name="queue" value="yes" />`;
  return html`<label class="check"
    ><input type="checkbox" name="queue" value="yes" required /> I have seen a part only, and decide all the
    same</label
  >`;
}

/** The signal's payload, for people who decide in the Temporal Web UI. */
function renderSignalSource({ request }: RequestView): Html {
  if (request.signed) return html``;
  const signal = {
    request: request.id,
    option: request.options[0]?.id ?? 'approve',
    ...defined({ digest: request.digest }),
    by: '…',
  };
  return html`<details class="source">
    <summary>Decide by CLI or API</summary>
    <p>
      In the Temporal Web UI, “Send a Signal” named <code>decide</code> with this input; or
      <code>baton decide</code>.
    </p>
    <pre class="code">${toVisibleJson(signal)}</pre>
  </details>`;
}
