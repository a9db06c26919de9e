/**
 * A mail server for trying out: takes every message on this machine, prints it, and delivers nothing.
 * `npm run -s catch-mail [-- PORT]`, then SMTP_URL=smtp://127.0.0.1:PORT.
 */
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

const port = Number(process.argv[2] ?? 1025);
let taken = 0;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  logger: false,
  onData: (stream, _session, callback) => {
    buffer(stream).then((message) => {
      taken += 1;
      process.stdout.write(`--- message ${taken}\n${message.toString()}\n`);
      callback(null, `message ${taken}`);
    }, callback);
  },
});
server.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
server.listen(port, '127.0.0.1', () => {
  process.stderr.write(`takes mail at smtp://127.0.0.1:${port}; Ctrl-C ends it\n`);
});
