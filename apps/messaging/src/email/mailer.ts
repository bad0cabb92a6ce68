import { Injectable } from '@nestjs/common';
import type { Transporter } from 'nodemailer';
import { AppConfig } from '#config';
import { Unavailable } from '#kernel';
import { oneLine } from './one-line.js';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
}

/** How long one attempt may take in all; shorter than a lease and than a process's time to stop. */
const DEADLINE_MS = 15_000;
/** How long the server may stay silent at each step. */
const SILENCE_MS = 10_000;

/** Speaks SMTP, when the installation has a mail server. */
@Injectable()
export class Mailer {
  #transport: Promise<Transporter> | undefined;

  constructor(private readonly config: AppConfig) {}

  get isConfigured(): boolean {
    return this.config.smtpUrl !== null;
  }

  /**
   * Resolves once the server has taken the mail. A failure may come although it has: the mail is then sent
   * again, under the same Message-ID.
   */
  async send(mail: Mail): Promise<void> {
    const { smtpUrl } = this.config;
    if (smtpUrl === null) {
      throw new Unavailable('smtp.missing', 'No mail server is configured: set SMTP_URL.');
    }
    const transport = await (this.#transport ??= openTransport(smtpUrl));
    await transport.sendMail({
      from: this.config.mailFrom,
      // An object, not text: nothing in it is read as a second address.
      to: { name: '', address: mail.to },
      subject: oneLine(mail.subject),
      text: mail.text,
      messageId: mail.messageId,
      headers: { 'Auto-Submitted': 'auto-generated' },
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
  }
}

/** Loads the library with the first mail: an installation without a mail server saves its memory. */
async function openTransport(url: string): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    url,
    connectionTimeout: SILENCE_MS,
    greetingTimeout: SILENCE_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** Whether the server said that this recipient or mail can never be accepted (RFC 5321: 5yz). */
export function isRefusedForGood(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error) || !('responseCode' in error))
    return false;
  const isAboutThisMail = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
  return isAboutThisMail && typeof error.responseCode === 'number' && error.responseCode >= 500;
}
