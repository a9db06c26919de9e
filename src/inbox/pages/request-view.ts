/** The data of a request's page, and what its forms are bound to. */
import { html } from 'hono/html';
import type { Story, WaitingRequest } from '../../schemas/documents/story.js';
import type { Binding } from '../../client/deciding/binding.js';
import type { RunFacts } from '../../client/deciding/run-facts.js';
import type { Html } from './layout.js';

export interface RequestView {
  readonly request: WaitingRequest;
  readonly facts: RunFacts;
  readonly binding: Binding;
  /** Undefined when the story could not be read; deciding does not depend on it. */
  readonly story: Story | undefined;
  readonly csrf: string;
  /** The person who views the page. */
  readonly visitor: string;
  /** Whether this page has a key to sign with. */
  readonly signs: boolean;
  /** How to type `baton` where the page runs. */
  readonly command: string;
  /** A form that was refused, so that the page can show it as submitted. */
  readonly refused?: { readonly form: URLSearchParams; readonly problems: readonly string[] };
  readonly difference?: Html;
}

/** The hidden fields of a decision form: the option, and the displayed action. */
export function renderBinding({ csrf, request }: RequestView, option: string): Html {
  return html`<input type="hidden" name="csrf" value="${csrf}" />
    <input type="hidden" name="request" value="${request.id}" />
    <input type="hidden" name="option" value="${option}" />
    <input type="hidden" name="digest" value="${request.digest ?? ''}" />
    <input type="hidden" name="revision" value="${request.revision}" />`;
}
