/** Where the inbox page shows what: the same for the page itself and for those who send a link to it. */

/** The path of a request's page. */
export function buildRequestPath(id: string): string {
  return `/request?id=${encodeURIComponent(id)}`;
}
