/** The fields of a form built from a JSON Schema, and a JSON field for the whole value. */
import { html } from 'hono/html';
import type { Json } from '../../contracts/data/json.js';
import { toFieldName, toFieldText, type FormField } from '../deciding/json-form.js';
import type { Html } from './layout.js';
import { toVisibleJson } from '../../client/text/exact-text.js';
import { toPlainText } from './shown.js';

export function renderFormFields(
  fields: readonly FormField[],
  whole: Json | undefined,
  filled: URLSearchParams | undefined,
): Html {
  const only = fields.length === 1 && fields[0]?.kind === 'json';
  const body = fields.map((field) => renderFieldRow(field, filled));
  if (only || fields[0]?.path.length === 0) return html`<div class="fields">${body}</div>`;
  const byJson = filled?.get('as') === 'json';
  return html`<div class="fields">${body}</div>
    <details class="raw" ${byJson ? html`open` : ''}>
      <summary>As JSON</summary>
      <label class="check"
        ><input type="checkbox" name="as" value="json" data-as-json ${byJson ? html`checked` : ''} /> Take
        this instead of the fields</label
      >
      <textarea class="code" name="json" rows="8" spellcheck="false" aria-label="The whole as JSON" data-json>
${filled?.get('json') ?? (whole === undefined ? '' : toVisibleJson(whole))}</textarea>
    </details>`;
}

function renderFieldRow(field: FormField, filled: URLSearchParams | undefined): Html {
  const name = toFieldName(field);
  const label = field.path.join(' › ') || 'Answer';
  const hint = describeHint(field);
  const described = hint === '' ? '' : html`aria-describedby="${name}-hint"`;
  const control = renderControl(
    field,
    name,
    filled ? (filled.get(name) ?? '') : toFieldText(field),
    described,
  );
  if (field.kind === 'boolean') {
    return html`<div class="field">
      <label class="check">${control} ${toPlainText(label)}</label>${renderHint(name, hint)}
    </div>`;
  }
  return html`<div class="field">
    <label for="${name}">${toPlainText(label)}</label>${control}${renderHint(name, hint)}
  </div>`;
}

function describeHint({ kind, required, description }: FormField): string {
  const how = { text: '', number: 'a number', boolean: '', choice: '', texts: 'one in a line', json: 'JSON' }[
    kind
  ];
  return [description ?? '', how, required ? '' : 'may be left out'].filter((part) => part !== '').join('; ');
}

function renderHint(name: string, hint: string): Html {
  return hint === '' ? html`` : html`<p class="hint" id="${name}-hint">${toPlainText(hint)}</p>`;
}

function renderControl(
  { kind, choices = [], required }: FormField,
  name: string,
  text: string,
  described: Html | '',
): Html {
  switch (kind) {
    case 'boolean':
      return html`<input
        type="checkbox"
        id="${name}"
        name="${name}"
        value="true"
        ${text === 'true' ? html`checked` : ''}
        ${described}
      />`;
    case 'choice':
      return html`<select id="${name}" name="${name}" ${described}>
        ${required ? '' : html`<option value=""></option>`}
        ${choices.map((choice) => html`<option value="${choice}" ${choice === text ? html`selected` : ''}>${choice}</option>`)}
      </select>`;
    case 'number':
      return html`<input
        id="${name}"
        name="${name}"
        inputmode="decimal"
        autocomplete="off"
        value="${text}"
        ${described}
      />`;
    case 'text':
      return text.includes('\n') || text.length > 80
        ? html`<textarea id="${name}" name="${name}" rows="4" ${described}>${text}</textarea>`
        : html`<input id="${name}" name="${name}" autocomplete="off" value="${text}" ${described} />`;
    default:
      return html`<textarea
        class="${kind === 'json' ? 'code' : ''}"
        id="${name}"
        name="${name}"
        rows="5"
        spellcheck="false"
        ${described}
      >
${text}</textarea>`;
  }
}
