/** `baton inbox serve` and `baton inbox link`. */
import { findConfigFile, loadConfig } from '../../worker/load-config.js';
import { readCommandName } from '../terminal/command-name.js';
import { buildLink, openInbox, type InboxWish } from './open-inbox.js';
import { runInterruptibly } from '../terminal/interruption.js';
import type { Session } from '../session/session.js';

/** Serves the page until Ctrl-C, with a link that lets `subject` in. */
export async function serveInbox(session: Session, wish: InboxWish, subject: string): Promise<number> {
  const { screen } = session;
  const { notePalette: palette } = screen;
  return runInterruptibly(async (signal) => {
    const oidc = await loadIssuer();
    const inbox = await openInbox(session, oidc === undefined ? wish : { ...wish, oidc });
    const link = inbox.link(subject);
    screen.note(
      `${palette.good('●')} ${palette.strong('The inbox is open')} at ${inbox.url}`,
      '',
      `  ${palette.quiet(`for ${subject}, once, within ten minutes:`)}`,
      `  ${link}`,
      '',
      palette.quiet(`  Another: ${readCommandName()} inbox link --as NAME. Ctrl-C closes it; runs go on.`),
    );
    screen.document('inbox-page', { url: inbox.url, link, subject });
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await inbox.close();
    return 0;
  });
}

/** The issuer of this folder's configuration, if it has one. */
async function loadIssuer(): Promise<InboxWish['oidc']> {
  const file = findConfigFile('.');
  return file === undefined ? undefined : (await loadConfig(file)).inbox?.oidc;
}

/** Prints one more link. */
export function printLink({ screen }: Session, subject: string, url: string | undefined): number {
  const link = buildLink(subject, url);
  screen.print(link);
  screen.document('inbox-link', { link, subject });
  return 0;
}
