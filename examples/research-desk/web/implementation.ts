/** The implementation of `fetch_url` on a worker. */
import { implement, type ToolImplementation } from '@batonhq/baton/worker';
import { fetchText } from './fetch-text.js';
import type { FetchPolicy } from './policy.js';
import { fetchUrl } from './tool.js';

/** A megabyte of text is a quarter of a million tokens, so a model must request that much explicitly. */
const USUAL_BYTES = 100_000;

export function fetchUrlTool(policy: Partial<FetchPolicy>): ToolImplementation {
  return implement(fetchUrl, ({ url, maxBytes = USUAL_BYTES }, { signal }) =>
    fetchText(url, { ...policy, maxBytes: Math.min(maxBytes, policy.maxBytes ?? maxBytes) }, signal),
  );
}
