import { SMTPServer } from 'smtp-server';

/**
 * An SMTP server in a process of its own, for tests. Says its port and then every message it takes, one JSON object a
 * line. Recipients at `full.example` get a passing refusal, those at `unknown.example` a final one.
 */
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

const server = new SMTPServer({
  logger: false,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onRcptTo(address, _session, callback) {
    const refuse = (responseCode: number, text: string) => callback(Object.assign(new Error(text), { responseCode }));
    if (address.address.endsWith('@full.example')) return refuse(452, 'mailbox full, try later');
    if (address.address.endsWith('@unknown.example')) return refuse(550, 'no such person');
    return callback();
  },
  onData(stream, session, callback) {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const to = session.envelope.rcptTo.map((recipient) => recipient.address);
      say({ to, raw: Buffer.concat(chunks).toString('utf8') });
      callback();
    });
  },
});
const listening = server.listen(0, '127.0.0.1', () => {
  const address = listening.address();
  say({ port: typeof address === 'object' && address ? address.port : 0 });
});
process.on('SIGTERM', () => server.close(() => process.exit(0)));
