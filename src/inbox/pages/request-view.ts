/** What a request's page is made of. */
import type { Story, WaitingRequest } from '../../schemas/documents/story.js';
import type { Binding } from '../../client/deciding/binding.js';
import type { RunFacts } from '../../client/deciding/run-facts.js';
import type { Html } from './layout.js';

export interface RequestView {
  readonly request: WaitingRequest;
  readonly facts: RunFacts;
  readonly binding: Binding;
  /** Undefined when it could not be read; deciding does not depend on it. */
  readonly story: Story | undefined;
  readonly csrf: string;
  /** Who looks at the page. */
  readonly visitor: string;
  /** Whether this page has a key to sign with. */
  readonly signs: boolean;
  /** How `baton` is typed where the page runs. */
  readonly command: string;
  /** What somebody sent and could not be taken, to be shown as it was filled in. */
  readonly refused?: { readonly form: URLSearchParams; readonly problems: readonly string[] };
  readonly difference?: Html;
}
