/** The id of a request: `<workflow id>/<hash>`. */

/** Splits a request's id into the workflow that owns it and its hash; undefined if the id is invalid. */
export function parseRequestId(
  id: string,
): { readonly workflowId: string; readonly hash: string } | undefined {
  const slash = id.lastIndexOf('/');
  const hash = id.slice(slash + 1);
  return slash > 0 && /^[0-9a-f]{12,64}$/.test(hash) ? { workflowId: id.slice(0, slash), hash } : undefined;
}

/** The path of a request's page. */
export function buildRequestPath(id: string): string {
  return `/request?id=${encodeURIComponent(id)}`;
}
