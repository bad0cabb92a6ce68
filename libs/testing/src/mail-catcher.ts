import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** One e-mail as its reader would see it. */
export interface CaughtMail {
  /** The envelope's recipients: who really gets it, whatever the headers say. */
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  /** Header names in lower case, in the order sent. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/** A mail server on loopback that keeps what it is given. Tests and the demo read their mail in it. */
export interface MailCatcher {
  /** For `SMTP_URL`. */
  readonly url: string;
  readonly port: number;
  readonly mails: readonly CaughtMail[];
  stop(): Promise<void>;
}

export interface MailCatcherOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Refuses this recipient for good (550), as a server does whose user is gone. */
  readonly refuses?: string;
}

export async function startMailCatcher(options: MailCatcherOptions = {}): Promise<MailCatcher> {
  const mails: CaughtMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, answer) {
      if (address !== options.refuses) return answer();
      answer(Object.assign(new Error('no such user'), { responseCode: 550 }));
    },
    onData(stream, session, answer) {
      catchMail(stream, session.envelope.rcptTo).then(
        (mail) => {
          mails.push(mail);
          return answer();
        },
        (error: Error) => answer(error),
      );
    },
  });
  // A client that is killed in mid-conversation is not the catcher's failure.
  server.on('error', () => {});
  const port = await listen(server, options.port ?? 0);
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    mails,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function catchMail(
  stream: Readable,
  recipients: readonly { readonly address: string }[],
): Promise<CaughtMail> {
  const mail = await PostalMime.parse(await buffer(stream));
  return {
    recipients: recipients.map(({ address }) => address),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    messageId: mail.messageId ?? '',
    headers: mail.headers.map(({ key, value }) => ({ name: key, value })),
  };
}

function listen(server: SMTPServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.server.address();
      if (address && typeof address === 'object') resolve(address.port);
      else reject(new Error('the mail catcher has no port'));
    });
  });
}
